// Batches over HTTP: order, invalid items, consortia, bounds.
import { afterAll, beforeAll, expect, test } from "vitest";
import { listingOf, PURPOSE, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
});
afterAll(() => service.stop());

const LISTED = { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" } };
const CLEAR = { name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } };

const ask = (subjects: object[]) =>
  service.post("/v1/checks/batch", {
    purpose: PURPOSE,
    caseReference: "XM-ZC-2026-00123",
    operator: "officer 0417",
    subjects,
  });

async function recordedOf(batchId: string): Promise<number> {
  const [newest] = await service.sql`
    select count(*)::int as n from check_record
    where batch_id = (select batch_id from check_record where batch_id is not null order by id desc limit 1)`;
  expect(batchId).toMatch(/^bat_[0-9a-z]{26}$/);
  return newest?.["n"] as number;
}

test("a batch answers each party in order and records each", async () => {
  const { status, body } = await ask([
    { ...CLEAR, reference: "1" },
    { ...LISTED, reference: "2" },
    { ...LISTED, name: "测试乙", reference: "3" },
  ]);
  expect(status).toBe(200);
  expect(
    body.results.map(({ reference, outcome }: { reference: string; outcome: string }) => [reference, outcome]),
  ).toEqual([
    ["1", "clear"],
    ["2", "listed"],
    ["3", "review"],
  ]);
  expect(body.groupResult).toBeNull();
  expect(await recordedOf(body.id)).toBe(3);
});

test("one bad item is an invalid item with its problem, and the rest are answered", async () => {
  const { status, body } = await ask([
    { ...LISTED, reference: "1" },
    { name: "测试乙", document: { type: "resident_id", number: "110101190001010015" } },
    { ...CLEAR, role: "guarantor" },
    { name: "测试乙" },
    { ...CLEAR, onBehalfOf: "9" },
    { ...CLEAR, onBehalfOf: "1" },
  ]);
  expect(status).toBe(200);
  const seen = body.results.map(
    (result: {
      status: string;
      outcome?: string;
      problem?: { code: string; errors?: { pointer: string; code: string }[] };
    }) =>
      result.status === "checked"
        ? result.outcome
        : [result.problem?.code, result.problem?.errors?.[0]?.pointer, result.problem?.errors?.[0]?.code],
  );
  expect(seen).toEqual([
    "listed",
    ["validation", "#/subjects/1/document/number", "bad_checksum"],
    ["role-not-permitted", "#/subjects/2/role", "not_allowed"],
    ["name-only", "#/subjects/3/document/number", "required"],
    ["validation", "#/subjects/4/onBehalfOf", "unknown_reference"],
    "clear",
  ]);
  expect(await recordedOf(body.id)).toBe(2);
});

test("one listed member taints a consortium, and a member that could not be asked leaves it incomplete", async () => {
  const bidder = { ...CLEAR, role: "bidder", reference: "lead" };
  const member = (subject: object) => ({ ...subject, role: "consortium_member", onBehalfOf: "lead" });
  const outcomeOf = async (subjects: object[]) => (await ask(subjects)).body.groupResult;
  expect(await outcomeOf([bidder, member(CLEAR)])).toEqual({ rule: "any_member", outcome: "clear" });
  expect(await outcomeOf([bidder, member(LISTED)])).toEqual({ rule: "any_member", outcome: "listed" });
  expect(await outcomeOf([bidder, member({ ...LISTED, name: "测试乙" })])).toMatchObject({ outcome: "review" });
  expect(await outcomeOf([bidder, member(CLEAR), { name: "测试乙" }])).toMatchObject({ outcome: "incomplete" });
  expect(await outcomeOf([bidder, { ...LISTED, role: "legal_representative" }, member(CLEAR)])).toMatchObject({
    outcome: "clear",
  });
});

test("a batch takes a thousand parties and no more", async () => {
  const { body } = await ask(Array.from({ length: 1000 }, () => CLEAR));
  expect(body.results).toHaveLength(1000);
  expect(await recordedOf(body.id)).toBe(1000);
  const refused = await ask(Array.from({ length: 1001 }, () => CLEAR));
  expect(refused.status).toBe(422);
  expect(refused.body.errors).toMatchObject([{ pointer: "#/subjects", code: "too_many" }]);
  expect((await ask([])).body.errors).toMatchObject([{ pointer: "#/subjects", code: "too_few" }]);
});

test("a thousand listed parties at once are answered like one", async () => {
  const { body } = await ask(Array.from({ length: 1000 }, (_, n) => ({ ...LISTED, reference: String(n) })));
  expect(new Set(body.results.map(({ outcome }: { outcome: string }) => outcome))).toEqual(new Set(["listed"]));
  expect(new Set(body.results.map(({ id }: { id: string }) => id)).size).toBe(1000);
});
