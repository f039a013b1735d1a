// The fact that the group statement writes in SQL, byte for byte the canonical JSON that the stored row gives again.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson, commitmentOf, HASH_BYTES } from "../../src/audit/log/index.ts";
import { entryOfRow, factOf } from "../../src/checks/fact.ts";
import { findCheck, type StoredCheck } from "../../src/checks/queries.ts";
import { subjectCommitment } from "../../src/checks/reading/index.ts";
import { openParty } from "../../src/checks/record.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { insertSwitchedOn } from "../agencies/switched-on.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ sequencer: false });
  await service.publish(listingOf());
});
afterAll(() => service.stop());

/** The commitment that the statement wrote for a check, and the one that its row gives. */
async function commitmentsOf(id: string) {
  const row = await findCheck(service.db, service.agencyId, uuidOf("chk", id) ?? "");
  if (!row?.salt) throw new Error("the check is not on record");
  const [outbox] = await service.sql<{ commitments: Buffer }[]>`
    select commitments from log_outbox where id = ${row.logGroup}`;
  const at = (row.logPlace ?? 0) * HASH_BYTES;
  const written = outbox?.commitments.subarray(at, at + HASH_BYTES);
  const party = openParty(service.ring, row);
  const fact = factOf(row, party, row.salt);
  const again = commitmentOf(row.salt, fact).toString("hex");
  // The text that is put together is the canonical one.
  expect(entryOfRow(row, party, row.salt).toString("hex")).toBe(again);
  return { fact, salt: row.salt, written: written?.toString("hex"), again };
}

const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== "" && !/[\p{C}\p{Z}]/u.test(text) && text.isWellFormed());

test("whatever is asked, the row gives the commitment that was written", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(line, line, fc.option(line, { nil: undefined }), async (caseReference, operator, reference) => {
      const subject = { reference, formerNames: ["测试旧名"], role: "bidder" };
      const { status, body } = await service.post("/v1/checks", checkOf(subject, { caseReference, operator }));
      expect(status).toBe(200);
      const { written, again } = await commitmentsOf(body.id as string);
      expect(again).toBe(written);
    }),
    { numRuns: 40 },
  );
});

test("a listing's every text stands in the fact as JSON writes it", async () => {
  const names = ['甲"乙\\丙院', "院\u2028行\u0001\u007f\t末", "😀法院"];
  for (const [at, name] of names.entries()) {
    const number = ["350203190002010027", "350206190004100033", "350211190006180058"][at];
    const party = { name: "测试丙", document: { kind: "resident_id", number } };
    await service.publish(
      listingOf(party, {
        court: { name },
        grounds: ["G1", "G4"],
        term: { endsOn: "2099-01-01", runsFrom: "publication" },
      }),
    );
    const subject = { name: "测试丁", document: { type: "resident_id", number } };
    const { body } = await service.post("/v1/checks", checkOf(subject));
    expect(body.outcome).toBe("review");
    const { fact, written, again } = await commitmentsOf(body.id as string);
    expect(again).toBe(written);
    expect(fact.answer).toEqual([expect.objectContaining({ courtName: name, listingId: body.matches[0].listingId })]);
  }
});

test("the places of a batch are dense, whichever of its items could not be asked", async () => {
  const subjects = [checkOf().subject, { name: "测试乙" }, checkOf({ name: "测试乙" }).subject];
  const { body } = await service.post("/v1/checks/batch", { ...checkOf(), subject: undefined, subjects });
  const ids = (body.results as { id?: string }[]).flatMap(({ id }) => id ?? []);
  expect(ids).toHaveLength(2);
  for (const id of ids) {
    const { written, again } = await commitmentsOf(id);
    expect(again).toBe(written);
  }
});

test("a row from before measures keeps the fact that its leaf was made of", () => {
  const id = "019a0000-0000-7000-8000-000000000001";
  const match = {
    listingId: id,
    list: "dishonest" as const,
    grade: "conflict" as const,
    courtCode: "闽0203",
    courtName: "厦门市思明区人民法院",
    caseNumber: "(2019)闽0203执90000001号",
    grounds: ["G1"],
    publishedOn: "2026-03-04",
    termKind: "open" as const,
    termEndsOn: null,
    capacity: "debtor",
    underObjection: false,
  };
  const row: StoredCheck = {
    id,
    agencyId: "019a0000-0000-7000-8000-000000000002",
    keyId: "abcdefghij",
    checkedAt: new Date("2026-11-22T02:00:00.123Z"),
    purpose: PURPOSE,
    caseReference: 'XM-"1"',
    operator: "officer 0417",
    role: "bidder",
    lists: ["dishonest"],
    outcome: "review",
    action: null,
    measures: null,
    matches: [match],
    registerPosition: 7,
    matcherVersion: 1,
    documentKind: "resident_id",
    subjectIndex: Buffer.alloc(32),
    subjectSealed: Buffer.alloc(1),
    organisationName: null,
    reference: null,
    onBehalfOf: null,
    batchId: null,
    previousCheckId: null,
    salt: null,
    logGroup: 1,
    logPlace: 0,
    actedAt: null,
    actedReason: null,
  };
  const party = { names: ["测试乙"], number: "110101190001010014", country: null };
  const salt = Buffer.alloc(16, 1);
  // Computed by the version that wrote such rows.
  const entry = "8b992108c7d00243bd2e867f4d7f9c0d9f8e7db333957b63621bcc37360abae4";
  expect(entryOfRow(row, party, salt).toString("hex")).toBe(entry);
  expect(factOf(row, party, salt).v).toBe(1);
  expect(entryOfRow({ ...row, action: "none", measures: [] }, party, salt).toString("hex")).not.toBe(entry);
});

test("the fact binds what was to be done, and which measures were offered", async () => {
  const number = "350205190009300089";
  const subject = { name: "测试辰", document: { type: "resident_id", number } };
  await service.publish(listingOf({ name: "测试辰", document: { kind: "resident_id", number } }));
  await insertSwitchedOn(service, { title: '甲"\\\u2028' });
  await insertSwitchedOn(service, { code: "LOCAL-甲-1" });
  const { body } = await service.post("/v1/checks", checkOf(subject));
  const { fact, written, again } = await commitmentsOf(body.id as string);
  expect(again).toBe(written);
  expect(fact).toMatchObject({ action: "decide", measures: ["LOCAL-甲-1", "OP2016-01-07"], v: 2 });
  const clear = await service.post(
    "/v1/checks",
    checkOf({ name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } }),
  );
  expect((await commitmentsOf(clear.body.id as string)).fact).toMatchObject({ action: "none", measures: [], v: 2 });
});

test("the fact names no number and no name, and its asker can show whom it is about", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  const { fact, salt } = await commitmentsOf(body.id as string);
  expect(fact).toMatchObject({ id: body.id, kind: "check", outcome: "listed", purpose: PURPOSE });
  const text = canonicalJson(fact);
  expect(text).not.toContain("110101190001010014");
  expect(text).not.toContain("测试甲");
  const canonical = commitmentOf(salt, { kind: "resident_id", number: "1", country: null, names: ['甲"\u0001'] });
  expect(subjectCommitment(salt, "resident_id", { number: "1", country: null, names: ['甲"\u0001'] })).toBe(
    canonical.toString("hex"),
  );
  const party = { number: "110101190001010014", country: null, names: ["测试甲"] };
  expect(subjectCommitment(salt, "resident_id", party)).toBe(fact.subject);
  expect(subjectCommitment(salt, "resident_id", { ...party, names: ["测试乙"] })).not.toBe(fact.subject);
});
