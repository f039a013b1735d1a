// Erased checks: nothing personal is left, the agency's record still counts them, and the log is whole and says so.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkLog, factSource, type FsckReport, verifierKeysOf } from "../../src/audit/index.ts";
import { parseVerifierKey } from "../../src/audit/log/index.ts";
import { checkSource, eraseChecksBefore, eraseChecksById } from "../../src/checks/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { openReceipt } from "../receipts.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const erasure = { actor: "operator:test", reason: "保存期限届满" };
const number = "110101190001010014";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
});
afterAll(() => service.stop());

let check: { id: string; receipt: string };
beforeEach(async () => {
  const { body } = await service.post("/v1/checks", checkOf({ reference: "A-1" }));
  if (body.outcome !== "listed") throw new Error("the check did not find the listing");
  check = body;
});

const erase = (ids: string[]) =>
  service.db.transaction((tx) =>
    eraseChecksById(
      tx,
      erasure,
      ids.map((id) => uuidOf("chk", id) ?? ""),
    ),
  );

/** With everything that is committed in the log. */
async function fsck(): Promise<FsckReport> {
  for (;;) {
    const [state] = await service.sql`
      select (select count(*) from log_outbox) as waiting, (select size from log_state) as size,
        (select max(size) from log_checkpoint) as published`;
    if (state?.["waiting"] === 0 && state["size"] === state["published"]) break;
  }
  const { sql, ring, identity } = service;
  const keys = verifierKeysOf(identity).flatMap((text) => parseVerifierKey(text) ?? []);
  return checkLog({ sql, sources: { check: checkSource(sql, ring), fact: factSource(sql) }, keys });
}

describe("an erased check", () => {
  test("stays on record without its party, its matter and its officer", async () => {
    expect(await erase([check.id])).toBe(1);
    const { status, body } = await service.get(`/v1/checks/${check.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: check.id,
      outcome: "listed",
      subject: null,
      caseReference: "",
      operator: "",
      matches: [],
    });
    const [row] = await service.sql`select * from check_record where id = ${uuidOf("chk", check.id)}`;
    expect(row).toMatchObject({ salt: null, subject_sealed: Buffer.alloc(0), subject_index: Buffer.alloc(0) });
    expect(JSON.stringify(row)).not.toMatch(/A-1|XM-ZC|officer|90000001/);
    expect((await service.get("/v1/checks")).body.data[0]).toMatchObject({ id: check.id, subject: null });
  });

  test("has no receipt any more and is not asked again, and one that is out still holds", async () => {
    const ask = () => service.get(check.receipt);
    await openReceipt(service, ask);
    const { text } = await ask();
    await erase([check.id]);
    expect(await ask()).toMatchObject({ status: 410, body: { code: "erased" } });
    expect((await service.post(`/v1/checks/${check.id}/replay`, { operator: "officer 1" })).status).toBe(410);
    await openReceipt(service, () => Promise.resolve({ status: 200, text, headers: {} }));
  });

  test("is counted by fsck as erased, and the erasure is an entry", async () => {
    const before = await fsck();
    expect(before.finding).toBeNull();
    await erase([check.id]);
    const after = await fsck();
    expect(after).toMatchObject({ size: before.size + 1, erased: before.erased + 1, finding: null });
    const { body: silenced } = await service.post("/v1/checks", checkOf());
    const id = uuidOf("chk", silenced.id);
    const [row] = await service.sql`select salt from check_record where id = ${id}`;
    await service.sql`update check_record set salt = null where id = ${id}`;
    expect((await fsck()).finding?.fault).toContain("the erasure of");
    await service.sql`update check_record set salt = ${row?.["salt"]} where id = ${id}`;
    expect((await fsck()).finding).toBeNull();
  });
});

test("every act is audited; twice is once; a check that is none stops all", async () => {
  const { body: other } = await service.post("/v1/checks", checkOf());
  await expect(erase([check.id, "chk_00000000000000000000000000"])).rejects.toMatchObject({ code: "not-found" });
  expect((await service.get(`/v1/checks/${check.id}`)).body.subject).not.toBeNull();
  const outcomes = await Promise.all([erase([check.id, other.id]), erase([other.id, check.id])]);
  expect(outcomes.toSorted()).toEqual([0, 2]);
  const [entry] = await service.sql`
    select actor, action, reason, detail from audit_entry where action = 'check.erase' order by id desc limit 1`;
  expect(entry).toEqual({ ...erasure, action: "check.erase", detail: { rows: 2, entries: 2 } });
});

test("past its retention every agency's record is erased, a stretch at a time, and newer checks are not", async () => {
  const subjects = Array.from({ length: 600 }, () => checkOf().subject);
  const batch = { purpose: "office.lease", caseReference: "1", operator: "1", subjects };
  for (let round = 0; round < 10; round++) expect((await service.post("/v1/checks/batch", batch)).status).toBe(200);
  const agency = await service.addAgency("另一单位", ["office.lease"]);
  await service.post("/v1/checks/batch", { ...batch, subjects: subjects.slice(0, 3) }, agency.key);
  const now = new Date();
  const { body: newer } = await service.post("/v1/checks", checkOf());
  const [old] = await service.sql`
    select count(*)::int as rows from check_record where octet_length(subject_sealed) > 0 and checked_at < ${now.toISOString()}::timestamptz`;
  const seen: number[] = [];
  const erased = await eraseChecksBefore(service.db, erasure, now, (rows) => seen.push(rows));
  expect(erased).toBe(old?.["rows"]);
  expect(erased).toBeGreaterThanOrEqual(6_003);
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(await eraseChecksBefore(service.db, erasure, now)).toBe(0);
  expect((await service.get(`/v1/checks/${newer.id}`)).body.subject.document.masked).toContain("*");
  const left = await service.sql`select id from check_record where subject_index <> '' or case_reference <> ''`;
  expect(left).toHaveLength(1);
});

test("the command erases on order, and asks what", async () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const env = { ...process.env, DATABASE_URL: service.databaseUrl, KEY_RING: service.ringPath };
      execFile(process.execPath, [cli, "record", "erase", ...args, "--reason", "当事人申请"], { env }, (error, out) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out }),
      );
    });
  expect(await run("--check", check.id, "--json")).toEqual({ code: 0, out: '{"erased":1}\n' });
  expect((await run()).code).toBe(2);
  expect((await run("--check", check.id, "--before", "2020-01-01")).code).toBe(2);
  expect(await run("--before", "2020-01-01")).toEqual({ code: 0, out: "0 checks are erased.\n" });
  expect(
    JSON.stringify(await service.sql`select * from check_record where id = ${uuidOf("chk", check.id)}`),
  ).not.toContain(number);
});
