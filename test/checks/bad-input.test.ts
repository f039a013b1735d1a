// Bad input over HTTP: each is a problem with its code and place, repeats nothing, records nothing and tells the log nothing.
import { connect as connectSocket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newApiKey } from "../../src/agencies/api-key.ts";
import { checkOf, PURPOSE, startService, type TestService } from "../service.ts";
import { badBodies, badParties, type BadCase } from "./bad-input.ts";

let service: TestService;
let recordedBefore: number;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  recordedBefore = await records();
});

const records = () => service.sql`select count(*)::int as n from check_record`.then(([row]) => Number(row?.["n"]));
const envelope = { purpose: PURPOSE, caseReference: "XM-ZC-2026-00123", operator: "officer 0417" };

type Reply = { status: number; headers: Record<string, string>; text: string; body: Problem };
type Problem = {
  code: string;
  title: string;
  type: string;
  status: number;
  errors?: { pointer: string; code: string }[];
};

/** Texts of a request that must not come back: all of its values but those that every good request has. */
function valuesOf(value: unknown): string[] {
  const known = new Set(JSON.stringify(checkOf()).match(/"[^"]*"/g));
  const texts = (JSON.stringify(value) ?? "").match(/"(?:[^"\\]|\\.)*"|\d{6,}/g) ?? [];
  return texts
    .filter((found) => !known.has(found) && !allowed.has(found))
    .map((found) => found.replace(/^"|"$/g, ""))
    .filter((found) => found.length > 3);
}
/** Names of fields, which pointers hold. */
const allowed = new Set(
  [
    "remark",
    "issuer",
    "constructor",
    "prototype",
    "__proto__",
    "formerNames",
    "country",
    "onBehalfOf",
    "previousCheckId",
  ]
    .concat(["subjects", "reference", "role", "spouse", "self", "passport", "uscc", "organization_code"])
    .concat(["registration_number", "hk_macau_permit", "foreign_permanent_resident", "housing_fund.loan", "borrower"])
    .map((name) => `"${name}"`),
);

function faultsOf(problem: Problem): string[] {
  return (problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

async function expectRefused(reply: Reply, sent: unknown, { status, code, faults }: Omit<BadCase, "title" | "value">) {
  expect([reply.status, reply.body.code, faultsOf(reply.body)]).toEqual([status, code, faults]);
  expect(reply.headers["content-type"]).toBe("application/problem+json");
  expect(reply.body.status).toBe(status);
  const told = reply.text + JSON.stringify(reply.headers);
  for (const value of valuesOf(sent)) {
    expect(told).not.toContain(value);
    expect(service.logged()).not.toContain(value);
  }
  expect(service.logged()).not.toMatch(/\d{15}/);
  expect(await records()).toBe(recordedBefore);
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  service.request
    .post(path)
    .set({ Authorization: `Bearer ${service.key}`, "Content-Type": "application/json", ...headers })
    .send(typeof body === "string" ? body : JSON.stringify(body))
    .then((reply) => reply as unknown as Reply);

const under = (place: string, faults: string[]) => faults.map((fault) => `#${place}${fault}`);

describe("a party", () => {
  test.each(badParties)("that is $title is refused alone", async ({ value, faults, ...expected }) => {
    const body = { ...envelope, subject: value };
    await expectRefused(await post("/v1/checks", body), body, { ...expected, faults: under("/subject", faults) });
  });

  test.each(badParties)("that is $title leaves the rest of its batch answered", async ({ value, code, faults }) => {
    const { subject } = checkOf();
    const reply = await post("/v1/checks/batch", { ...envelope, subjects: [subject, value, subject] });
    expect(reply.status).toBe(200);
    const { results } = reply.body as unknown as { results: { status: string; problem: Problem }[] };
    expect(results.map(({ status }) => status)).toEqual(["checked", "invalid", "checked"]);
    const problem = results[1]?.problem;
    expect(problem && [problem.code, faultsOf(problem)]).toEqual([code, under("/subjects/1", faults)]);
    for (const text of valuesOf(value)) {
      expect(reply.text).not.toContain(text);
      expect(service.logged()).not.toContain(text);
    }
    expect(await records()).toBe(recordedBefore + 2);
  });
});

describe("a body", () => {
  test.each(badBodies)("that is or has $title is refused", async ({ value, faults, ...expected }) => {
    const reply = await post("/v1/checks", value === null ? "null" : JSON.stringify(value));
    await expectRefused(reply, value, { ...expected, faults: under("", faults) });
  });

  test.each([
    ["no parties", [], "too_few"],
    ["1,001 parties", Array.from({ length: 1001 }, () => 1), "too_many"],
    ["parties that are no list", { a: 1 }, "wrong_type"],
  ])("of a batch that has %s is refused", async (_, subjects, code) => {
    const reply = await post("/v1/checks/batch", { ...envelope, subjects });
    await expectRefused(reply, {}, { status: 422, code: "validation", faults: [`#/subjects ${code}`] });
  });

  test("of a batch with 1,000 bad parties is answered item by item and recorded not at all", async () => {
    const subjects = Array.from({ length: 1000 }, () => ({ name: "秘密姓名" }));
    const reply = await post("/v1/checks/batch", { ...envelope, subjects });
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain("秘密姓名");
    expect(await records()).toBe(recordedBefore);
  });

  test("in English is refused in English, and in Chinese by default", async () => {
    const body = { ...envelope, subject: { name: "秘密姓名" } };
    const chinese = await post("/v1/checks", body);
    const english = await post("/v1/checks", body, { "Accept-Language": "en-GB, en;q=0.9, zh;q=0.1" });
    expect([chinese.headers["content-language"], english.headers["content-language"]]).toEqual(["zh-CN", "en"]);
    expect([chinese.body.title, english.body.title]).toEqual([
      "仅凭姓名（名称）不能核查",
      "A name alone cannot be checked",
    ]);
    const batch = { ...envelope, subjects: [{ name: "秘密姓名" }] };
    const inBatch = await post("/v1/checks/batch", batch, { "Accept-Language": "en" });
    expect(inBatch.text).toContain("A name alone cannot be checked");
  });
});

describe.each(["/v1/checks", "/v1/checks/batch"])("what surrounds a body to %s", (path) => {
  const good = JSON.stringify(checkOf());
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;

  test.each([
    ["text", good, { "Content-Type": "text/plain" }, 415, "unsupported-media-type"],
    ["a form", "a=1", { "Content-Type": "application/x-www-form-urlencoded" }, 415, "unsupported-media-type"],
    ["another JSON type", good, { "Content-Type": "application/jsonp" }, 415, "unsupported-media-type"],
    ["another charset", good, { "Content-Type": "application/json; charset=gb18030" }, 415, "unsupported-media-type"],
    [
      "two charsets",
      good,
      { "Content-Type": "application/json; charset=utf-8; charset=gbk" },
      415,
      "unsupported-media-type",
    ],
    ["broken JSON", good.slice(0, -1), {}, 400, "malformed-json"],
    ["two JSON values", good + good, {}, 400, "malformed-json"],
    ["a number without quotes", '{"number": 35021319000717578X}', {}, 400, "malformed-json"],
    ["nothing", "", {}, 400, "malformed-json"],
    ["a byte order mark and no more", "\ufeff", {}, 400, "malformed-json"],
    ["JSON of great depth", deep, {}, 422, "validation"],
  ])("%s is refused", async (_, body, headers, status, code) => {
    const reply = await post(path, body, headers);
    const faults = status === 422 ? ["# wrong_type"] : [];
    await expectRefused(reply, {}, { status, code, faults });
    expect(reply.text).not.toContain("3502");
  });

  test("a good body in UTF-8, said in any case, is not refused for it", async () => {
    const reply = await post(path, "{}", { "Content-Type": 'Application/JSON; Charset="UTF-8"' });
    expect(reply.body.code).toBe("validation");
  });
});

describe("a text", () => {
  test("of bytes that are no UTF-8 never becomes another name", async () => {
    const [before, after] = JSON.stringify(checkOf({ name: "甲|" })).split("|");
    const name = Buffer.from([0xb2, 0xe2, 0xca, 0xd4]); // 测试 in GB 18030
    const body = Buffer.concat([Buffer.from(before ?? ""), name, Buffer.from(after ?? "")]);
    const headers = { Authorization: `Bearer ${service.key}`, "Content-Type": "application/json" };
    const reply = await fetch(`${service.url}/v1/checks`, { method: "POST", headers, body });
    const problem = (await reply.json()) as Problem;
    expect(reply.status).toBe(422);
    expect(faultsOf(problem)).toEqual(["#/subject/name replacement_character"]);
    expect(await records()).toBe(recordedBefore);
  });

  test("with two fields of one name counts by the last one", async () => {
    const twice = JSON.stringify(checkOf()).replace("{", '{"purpose":"curiosity",');
    expect((await post("/v1/checks", twice)).status).toBe(200);
    const last = JSON.stringify(checkOf()).replace(/}$/, ',"purpose":"curiosity"}');
    expect(faultsOf((await post("/v1/checks", last)).body)).toContain("#/purpose not_allowed");
  });
});

describe("the length of a body", () => {
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.key}\r\nContent-Type: application/json\r\n`;

  async function raw(bytes: string): Promise<string> {
    const { hostname, port } = new URL(service.url);
    const socket = connectSocket(Number(port), hostname);
    socket.on("error", () => {});
    socket.write(bytes);
    // A connection that is kept open would never end.
    socket.once("data", () => setTimeout(() => socket.end(), 200));
    return text(socket).catch(() => "");
  }

  test.each([
    ["/v1/checks", 16 * 1024 + 1],
    ["/v1/checks/batch", 2 * 1024 * 1024 + 1],
  ])("of %s is bounded before it is read", async (path, length) => {
    const answer = await raw(`${head(path)}Content-Length: ${length}\r\n\r\n{"name":"秘密姓名`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"content-too-large"');
    expect(answer).toMatch(/connection: close/i);
    expect(await records()).toBe(recordedBefore);
  });

  test.each(["/v1/checks", "/v1/checks/batch"])("of %s must be said: no chunks", async (path) => {
    const body = JSON.stringify(checkOf());
    const size = Buffer.byteLength(body).toString(16);
    const answer = await raw(`${head(path)}Transfer-Encoding: chunked\r\n\r\n${size}\r\n${body}\r\n0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 411 /);
    expect(answer).toContain('"code":"length-required"');
    expect(await records()).toBe(recordedBefore);
  });

  test.each([
    ["twice", "Content-Length: 5\r\nContent-Length: 6\r\n"],
    ["beside chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"],
    ["below zero", "Content-Length: -5\r\n"],
    ["in letters", "Content-Length: five\r\n"],
  ])("said %s is refused by the server itself", async (_, lines) => {
    const answer = await raw(`${head("/v1/checks")}${lines}\r\n0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(await records()).toBe(recordedBefore);
  });

  test("of a head is bounded too", async () => {
    expect(await raw(`${head("/v1/checks")}X-Long: ${"x".repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("a caller", () => {
  const ask = (authorization: string | undefined, body: unknown = checkOf(), path = "/v1/checks") =>
    service.request
      .post(path)
      .set(authorization === undefined ? {} : { Authorization: authorization })
      .send(body as object)
      .then((reply) => reply as unknown as Reply);
  const refused = { status: 401, code: "unauthenticated", faults: [] };
  const newKey = () => service.addAgency(`单位 ${Math.random()}`, [PURPOSE]);

  test.each([
    ["no credential", () => undefined],
    ["an empty one", () => ""],
    ["another scheme", () => `Basic ${btoa(`user:${service.key}`)}`],
    ["no key behind Bearer", () => "Bearer "],
    ["a mistyped key", () => `Bearer ${service.key.slice(0, -1)}${service.key.endsWith("A") ? "B" : "A"}`],
    ["a key and more", () => `Bearer ${service.key} x`],
    ["a key of nobody", () => `Bearer ${newApiKey().key}`],
  ])("with %s is refused", async (_, authorization) => {
    for (const path of ["/v1/checks", "/v1/checks/batch"]) {
      const reply = await ask(authorization(), checkOf(), path);
      await expectRefused(reply, {}, refused);
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer/);
    }
    expect(service.logged()).not.toContain("sx_live_");
  });

  test.each([
    ["key is revoked", "update api_key set revoked_at = now() where id = $1"],
    ["key has expired", "update api_key set expires_at = now() - interval '1 second' where id = $1"],
    ["key is not yet valid", "update api_key set not_before = now() + interval '1 hour' where id = $1"],
    [
      "agency is suspended",
      "update agency set state = 'suspended' where id = (select agency_id from api_key where id = $1)",
    ],
    [
      "agreement is over",
      "update agency set agreement_from = current_date - 9, agreement_until = current_date - 1 where id = (select agency_id from api_key where id = $1)",
    ],
    [
      "agreement has not begun",
      "update agency set agreement_from = current_date + 1 where id = (select agency_id from api_key where id = $1)",
    ],
  ])("whose %s is refused, though remembered", async (_, change) => {
    const { key, keyId } = await newKey();
    expect((await ask(`Bearer ${key}`)).status).toBe(200);
    await service.sql.unsafe(change, [keyId]);
    recordedBefore = await records();
    await expectRefused(await ask(`Bearer ${key}`), {}, refused);
    const batch = { ...envelope, subjects: [checkOf().subject, checkOf().subject] };
    await expectRefused(await ask(`Bearer ${key}`, batch, "/v1/checks/batch"), {}, refused);
  });

  test.each([
    [
      "has ended",
      "update agency_purpose set valid_from = current_date - 9, valid_until = current_date - 1 where agency_id = $1",
    ],
    ["has not begun", "update agency_purpose set valid_from = current_date + 1 where agency_id = $1"],
    ["was withdrawn", "delete from agency_purpose where agency_id = $1"],
  ])("whose purpose %s is refused, though remembered", async (_, change) => {
    const { key, agencyId } = await newKey();
    expect((await ask(`Bearer ${key}`)).status).toBe(200);
    await service.sql.unsafe(change, [agencyId]);
    recordedBefore = await records();
    const forbidden = { status: 403, code: "purpose-not-permitted", faults: ["#/purpose not_allowed"] };
    await expectRefused(await ask(`Bearer ${key}`), {}, forbidden);
  });

  test("without the scope is refused", async () => {
    const { key, keyId } = await newKey();
    await service.sql`update api_key set scopes = array['checks:read'] where id = ${keyId}`;
    await expectRefused(await ask(`Bearer ${key}`), {}, { status: 403, code: "scope", faults: [] });
  });

  test("whose key is revoked learns nothing else about a bad body", async () => {
    const { key, keyId } = await newKey();
    expect((await ask(`Bearer ${key}`)).status).toBe(200);
    await service.sql`update api_key set revoked_at = now() where id = ${keyId}`;
    recordedBefore = await records();
    await expectRefused(await ask(`Bearer ${key}`, { purpose: 1 }), {}, refused);
    const allBad = { ...envelope, subjects: [{ name: "秘密姓名" }] };
    await expectRefused(await ask(`Bearer ${key}`, allBad, "/v1/checks/batch"), {}, refused);
  });
});
