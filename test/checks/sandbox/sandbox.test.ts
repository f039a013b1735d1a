// Keys of the sandbox: the documented people, the shape of any answer, and nothing of the register touched or shown.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueKey, rollKey } from "../../../src/agencies/index.ts";
import { samplePeople } from "../../../src/checks/sandbox/people.ts";
import { checkOf, listingOf, startService, type TestService } from "../../service.ts";

let service: TestService;
let sandboxKey: string;
let keyId: string;
beforeAll(async () => {
  service = await startService();
  const { agencyId, ring } = service;
  const issued = await service.db.transaction((tx) => issueKey(tx, ring, "operator:test", { agencyId, sandbox: true }));
  sandboxKey = issued.key;
  keyId = issued.row.id;
});
afterAll(() => service.stop());

const ask = (name: string, number: string, rest: object = {}, type = "resident_id") =>
  service.post(
    "/v1/checks",
    checkOf({ name, document: { type, number } }, { purpose: "travel.ticketing", ...rest }),
    sandboxKey,
  );

async function traces(): Promise<Record<string, unknown>> {
  const [row] = await service.sql`
    select (select count(*)::int from check_record) as checks, (select count(*)::int from hit) as hits,
      (select count(*)::int from feedback_task) as tasks, (select count(*)::int from log_outbox) as logged,
      (select count(*)::int from check_allowance) as allowances`;
  return { ...row };
}

test("answers about each documented person, and leaves no trace", async () => {
  const before = await traces();
  const seen: Record<string, string> = {};
  for (const { name, document } of samplePeople("2026-11-22")) {
    const { body, status } = await ask(name, document.number, {}, document.kind);
    expect(status).toBe(200);
    expect(body.sandbox).toBe(true);
    seen[name] =
      `${body.outcome} ${body.action} ${body.matches.map(({ grade }: { grade: string }) => grade).join("+")}`;
  }
  expect(seen).toEqual({
    测试甲: "listed decide exact",
    测试丙: "listed decide exact",
    测试丁: "review verify_identity probable",
    测试戊: "listed decide exact",
    "厦门测试建设有限公司（演示）": "listed decide exact",
    测试己: "listed decide exact",
    测试庚: "listed none exact",
    测试辛: "clear none ",
    测试壬: "clear none ",
    测试癸: "listed decide exact",
    测试子: "listed decide exact+exact",
  });
  expect((await ask("另一人", "350206190004100033")).body).toMatchObject({
    outcome: "review",
    action: "verify_identity",
  });
  expect(await traces()).toEqual(before);
});

test("the people are those that the README documents", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  for (const { name, document } of samplePeople("2026-11-22")) {
    expect(readme).toContain(name);
    expect(readme).toContain(document.number);
  }
});

test("knows nobody who is listed in the register, and has the shape of a live answer", async () => {
  const document = { kind: "resident_id" as const, number: "35021119000102008X" };
  await service.publish(listingOf({ name: "测试乙", document }));
  expect((await ask("测试乙", document.number)).body.outcome).toBe("clear");
  const { body: live } = await service.post(
    "/v1/checks",
    checkOf({ name: "测试乙", document: { type: document.kind, number: document.number } }),
  );
  expect(live.outcome).toBe("listed");
  expect(live).not.toHaveProperty("sandbox");
  const { sandbox: _, ...shape } = (await ask("测试甲", "110101190001010014")).body;
  expect(Object.keys(shape)).toEqual(Object.keys(live));
  expect(Object.keys(shape.matches[0])).toEqual(Object.keys(live.matches[0]));
});

test("batches say so once, item by item as live ones, faults included", async () => {
  const subjects = [
    { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" }, reference: "A" },
    { name: "测试甲", document: { type: "resident_id", number: "110101190001010013" } },
  ];
  const { body } = await service.post("/v1/checks/batch", { ...checkOf(), subject: undefined, subjects }, sandboxKey);
  expect(body).toMatchObject({
    sandbox: true,
    results: [{ status: "checked", outcome: "listed" }, { status: "invalid" }],
  });
});

test("opens nothing else, asks only for the agency's purposes, and ends with its revocation", async () => {
  for (const path of ["/v1/checks", "/v1/usage", "/v1/events", "/v1/measures", "/v1/misuse-alerts"])
    expect((await service.get(path, sandboxKey)).body.code).toBe("scope");
  expect((await ask("测试甲", "110101190001010014", { purpose: "housing_fund.loan" })).body.code).toBe(
    "purpose-not-permitted",
  );
  const { headers } = await ask("测试甲", "110101190001010014");
  expect(headers["ratelimit-policy"]).toMatch(/^"sandbox";q=2000;w=60$/);
  const { ring } = service;
  const rolled = await service.db.transaction((tx) => rollKey(tx, ring, "operator:test", keyId, 0));
  expect(rolled.key).toMatch(/^sx_test_/);
  expect((await ask("测试甲", "110101190001010014")).status).toBe(401);
});
