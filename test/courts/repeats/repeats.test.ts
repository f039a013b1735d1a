// Writes under an Idempotency-Key: carried out once, answered the same to whoever may do them, kept for a day and unreadable
// without the key.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../../../src/app.ts";
import { eraseChecksById } from "../../../src/checks/index.ts";
import { sweepKeptAnswers } from "../../../src/courts/repeats/index.ts";
import { uuidOf } from "../../../src/platform/id.ts";
import { operationsOf } from "../../access/operation.ts";
import { type Courthouse, formOf, newCase, openCourthouse } from "../../registry/courthouse.ts";
import { checkOf } from "../../service.ts";
import { connectCourtSystem, signInAgencyStaff } from "../staff.ts";

let house: Courthouse;
beforeAll(async () => {
  house = await openCourthouse(new Date().toISOString());
});
afterAll(() => house.service.stop());

type Answer = { status: number; text: string; body: Record<string, unknown>; headers: Record<string, string> };
const write = async (key: string, path: string, body: object | undefined, headers: object, method = "post") => {
  const request = method === "post" ? house.service.request.post(path) : house.service.request.delete(path);
  const sent = request.set({ ...headers, "Idempotency-Key": key });
  return (await (body ? sent.send(body) : sent)) as Answer;
};
const isReplayed = ({ headers }: Answer) => headers["idempotency-replayed"] === "true";
const agencyHeaders = () => ({ Authorization: `Bearer ${house.service.key}` });
const watching = (caseReference: string) => ({
  purpose: "travel.ticketing",
  caseReference,
  operator: "officer 0417",
  expiresOn: `${new Date().getFullYear() + 1}-01-01`,
  subjects: [{ name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" }, reference: "A-1" }],
});
const watches = async () => {
  const [row] = await house.service.sql`select count(*)::int as n from watch`;
  return row?.["n"] as number;
};

describe("a write under a key", () => {
  test("of an agency is carried out once, and its repetition is the same bytes, marked", async () => {
    const key = randomUUID();
    const before = await watches();
    const first = await write(key, "/v1/watches", watching("XM-GZ-1"), agencyHeaders());
    const again = await write(`"${key}"`, "/v1/watches", watching("XM-GZ-1"), agencyHeaders());
    expect([first.status, isReplayed(first)]).toEqual([200, false]);
    expect([again.status, again.text, isReplayed(again)]).toEqual([200, first.text, true]);
    expect(again.headers["content-type"]).toBe(first.headers["content-type"]);
    expect(await watches()).toBe(before + 1);
    const id = (first.body["results"] as { id: string }[])[0]?.id;
    const other = randomUUID();
    const ended = await write(other, `/v1/watches/${id}`, undefined, agencyHeaders(), "delete");
    const twice = await write(other, `/v1/watches/${id}`, undefined, agencyHeaders(), "delete");
    expect([ended.status, twice.status, twice.text, isReplayed(twice)]).toEqual([200, 200, ended.text, true]);
  });

  test("of a court is one act, by its staff and by its system for a person", async () => {
    const { clerk, judge } = house;
    const system = await connectCourtSystem(house.service, clerk, ["listings:write"]);
    const other = { ...system, "On-Behalf-Of": judge.actor.id };
    for (const headers of [clerk.headers, system]) {
      const key = randomUUID();
      const form = formOf(newCase());
      const first = await write(key, "/v1/listings", form, headers);
      const again = await write(key, "/v1/listings", form, headers);
      expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
      expect(isReplayed(again)).toBe(true);
    }
    const key = randomUUID();
    const forms = [formOf(newCase()), formOf(newCase())];
    expect((await write(key, "/v1/listings", forms[0], system)).status).toBe(201);
    const forAnother = await write(key, "/v1/listings", forms[1], other);
    expect([forAnother.status, isReplayed(forAnother)]).toEqual([201, false]);
  });

  test("gives a secret again that it told once, and nobody reads it in the database", async () => {
    const headers = await signInAgencyStaff(house.service, "agency_liaison", house.service.agencyId);
    const path = `/v1/agencies/agy_${(await agencyId()).slice(4)}/keys`;
    const key = randomUUID();
    const body = { note: "业务系统", scopes: ["checks:read"] };
    const first = await write(key, path, body, headers);
    expect(first.status).toBe(201);
    expect((await write(key, path, body, headers)).text).toBe(first.text);
    const secret = /sx_live_[\w-]+/.exec(first.text)?.[0] ?? "none";
    const rows = await house.service.sql`select k::text as row from kept_answer k`;
    const bytes = rows.map(({ row }) => row as string).join("\n");
    expect(rows.length).toBeGreaterThan(0);
    for (const hidden of [secret, Buffer.from(secret).toString("hex"), key, "测试乙"])
      expect(bytes).not.toContain(hidden);
  });

  test("refuses another body, another object and another version under the same key", async () => {
    const key = randomUUID();
    await write(key, "/v1/watches", watching("XM-GZ-2"), agencyHeaders());
    const refused = await write(key, "/v1/watches", watching("XM-GZ-3"), agencyHeaders());
    expect([refused.status, refused.body["code"]]).toEqual([422, "idempotency-key-reuse"]);
    const { key: bearer } = await house.service.addAgency("另一单位", ["travel.ticketing"]);
    const elsewhere = await write(key, "/v1/watches", watching("XM-GZ-3"), { Authorization: `Bearer ${bearer}` });
    expect([elsewhere.status, isReplayed(elsewhere)]).toEqual([200, false]);
    const other = randomUUID();
    const end = (id: string) => write(other, `/v1/watches/${id}`, undefined, agencyHeaders(), "delete");
    const ids = (await house.service.get("/v1/watches")).body.data.map(({ id }: { id: string }) => id) as string[];
    expect((await end(ids[0] ?? "")).status).toBe(200);
    expect((await end("wat_00000000000000000000000000")).body["code"]).toBe("idempotency-key-reuse");
  });

  test("that was refused keeps nothing: the same key may be tried again", async () => {
    const key = randomUUID();
    const over = { ...watching("XM-GZ-4"), expiresOn: "2001-01-01" };
    expect((await write(key, "/v1/watches", over, agencyHeaders())).status).toBe(422);
    expect((await write(key, "/v1/watches", watching("XM-GZ-4"), agencyHeaders())).status).toBe(200);
    const malformed = await write("too short", "/v1/watches", watching("XM-GZ-4"), agencyHeaders());
    expect([malformed.status, malformed.body["code"]]).toEqual([400, "malformed-idempotency-key"]);
  });

  test("is answered again only to who may do it now", async () => {
    const { key: bearer, keyId } = await house.service.addAgency("将被吊销", ["travel.ticketing"]);
    const headers = { Authorization: `Bearer ${bearer}` };
    const key = randomUUID();
    await write(key, "/v1/watches", watching("XM-GZ-5"), headers);
    await house.service.sql`update api_key set scopes = array['checks:write'] where id = ${keyId}`;
    expect((await write(key, "/v1/watches", watching("XM-GZ-5"), headers)).status).toBe(403);
    await house.service.sql`update api_key set revoked_at = now() where id = ${keyId}`;
    expect((await write(key, "/v1/watches", watching("XM-GZ-5"), headers)).status).toBe(401);
    const staff = await house.staff("clerk");
    const form = formOf(newCase());
    expect((await write(key, "/v1/listings", form, staff.headers)).status).toBe(201);
    const { Cookie } = staff.headers as { Cookie: string };
    expect((await write(key, "/v1/listings", form, { Cookie })).body["code"]).toBe("cross-site");
  });
});

test("tries at once are one act: whoever is not first waits or gets its answer", async () => {
  const before = await watches();
  const key = randomUUID();
  const tries = await Promise.all(
    Array.from({ length: 9 }, () => write(key, "/v1/watches", watching("XM-GZ-6"), agencyHeaders())),
  );
  const good = tries.filter(({ status }) => status === 200);
  const waiting = tries.filter(({ status }) => status !== 200);
  expect(new Set(good.map(({ text }) => text)).size).toBe(1);
  expect(good.filter((answer) => !isReplayed(answer))).toHaveLength(1);
  expect(new Set(waiting.map(({ body }) => body["code"]))).toEqual(
    new Set(waiting.length > 0 ? ["request-in-progress"] : []),
  );
  for (const { headers } of waiting) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  expect(await watches()).toBe(before + 1);
});

describe("a key whose request was cut off", () => {
  /** As a process leaves it that is killed between claim and answer. */
  const cutOff = async (key: string, secondsAgo: number) => {
    const answer = await write(key, "/v1/watches", watching("XM-GZ-7"), agencyHeaders());
    expect(answer.status).toBe(200);
    await house.service.sql`
      update kept_answer set status = null, answer_sealed = null, claimed_at = now() - ${secondsAgo} * interval '1 second'
      where digest = (select digest from kept_answer order by claimed_at desc limit 1)`;
  };

  test("keeps others waiting for a minute, and is free again after it", async () => {
    const key = randomUUID();
    await cutOff(key, 30);
    const early = await write(key, "/v1/watches", watching("XM-GZ-7"), agencyHeaders());
    expect([early.status, early.body["code"]]).toEqual([409, "request-in-progress"]);
    await house.service.sql`update kept_answer set claimed_at = now() - interval '61 seconds' where status is null`;
    const late = await write(key, "/v1/watches", watching("XM-GZ-7"), agencyHeaders());
    expect([late.status, isReplayed(late)]).toEqual([200, false]);
    const again = await write(key, "/v1/watches", watching("XM-GZ-7"), agencyHeaders());
    expect([again.text, isReplayed(again)]).toEqual([late.text, true]);
  });
});

test("with an erased check the words of its agency's answers are gone, and nothing is carried out again", async () => {
  const key = randomUUID();
  await write(key, "/v1/watches", watching("XM-GZ-8"), agencyHeaders());
  const { body } = await house.service.post("/v1/checks", checkOf());
  const erasure = { actor: "operator:test", reason: "保存期限届满" };
  await house.service.db.transaction((tx) => eraseChecksById(tx, erasure, [uuidOf("chk", body.id) ?? ""]));
  const before = await watches();
  const again = await write(key, "/v1/watches", watching("XM-GZ-8"), agencyHeaders());
  expect([again.status, again.body["code"]]).toEqual([410, "erased"]);
  expect(await watches()).toBe(before);
});

test("a key is forgotten after a day", async () => {
  const key = randomUUID();
  await write(key, "/v1/watches", watching("XM-GZ-9"), agencyHeaders());
  const [kept] = await house.service.sql`select count(*)::int as n from kept_answer`;
  expect(await sweepKeptAnswers(house.service.db, new Date(Date.now() - 24 * 3_600_000))).toBe(0);
  expect(await sweepKeptAnswers(house.service.db, new Date(Date.now() + 1_000))).toBe(kept?.["n"]);
});

test("every operation that writes takes a key, but for those that ask, stream, or sign people in", () => {
  const parameters = (JSON.parse(describeApi()) as Described).paths;
  const isKeyed = ({ path, method }: { path: string; method: string }) =>
    parameters[path]?.[method.toLowerCase()]?.parameters?.some(({ name }) => name === "Idempotency-Key") ?? false;
  const operations = operationsOf(describeApi());
  const writes = operations.filter(({ method, security }) => method !== "GET" && security.length > 0);
  expect(writes.filter(isKeyed).length).toBeGreaterThan(80);
  expect(operations.filter((operation) => operation.method === "GET" && isKeyed(operation))).toEqual([]);
  expect(
    writes
      .filter((operation) => !isKeyed(operation))
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(
    [
      "addSecurityKey",
      "bulkCheck",
      "changePassword",
      "checkAsOf",
      "draftNotice",
      "endSession",
      "removeSecurityKey",
      "replaceRecoveryCodes",
      "replayCheck",
      "revealIdentity",
      "revealListing",
      "searchListings",
      "searchPublished",
      "tryDraft",
      "uploadLoad",
    ].toSorted(),
  );
});

type Described = { paths: Record<string, Record<string, { parameters?: { name: string }[] }>> };

async function agencyId(): Promise<string> {
  return (await house.service.get("/v1/agency")).body.id as string;
}
