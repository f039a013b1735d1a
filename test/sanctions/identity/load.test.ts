// Findings beside loads: a roll-back undoes what the file did whatever a court found about it meanwhile, a later file finds
// the number where the finding put it, and nobody gives a number to a party while a load has read whose it is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile, rollbackLoad } from "../../../src/feeds/index.ts";
import { uuidOf } from "../../../src/platform/id.ts";
import { lockApplying } from "../../../src/registry/compare-queries.ts";
import { jsonLines, type PublishedRow, publishedRow } from "../../feeds/published-row.ts";
import { type Counter, maskedOf, newNumber, openCounter } from "./counter.ts";

let counter: Counter;
let folder: string;
beforeAll(async () => {
  counter = await openCounter();
  folder = mkdtempSync(join(tmpdir(), "shixin-findings-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await counter.close();
});

let rows = 0;
const rowOf = (number: string, over: PublishedRow = {}) =>
  publishedRow(++rows, { iname: "测试甲", cardNum: number, ...over });

async function load(...given: PublishedRow[]): Promise<string> {
  const file = join(folder, "list.jsonl");
  writeFileSync(file, jsonLines(given));
  const { id, state, counts } = await importFile({
    url: counter.service.databaseUrl,
    keyRing: counter.service.ring,
    actor: "operator:test",
    source: "national",
    mode: "delta",
    file,
    expected: given.length,
    gates: { churn: 1, growth: 100, masked: 1 },
    rejectedTo: join(folder, "rejected.jsonl"),
  });
  expect([state, counts.rejected]).toEqual(["activated", 0]);
  return uuidOf("lod", id) ?? "";
}

test("a roll-back ends what the file listed, and the finding stands", async () => {
  const number = newNumber();
  const id = await load(rowOf(number));
  const request = await counter.ask(await counter.check({ name: "测试乙", number }));
  await counter.answer(request.id, "different");
  const decision = { actor: "operator:second", reason: "测试" };
  await rollbackLoad({ url: counter.service.databaseUrl, id, ...decision });
  expect(await counter.check({ name: "测试甲", number })).toMatchObject({ outcome: "clear" });
  expect((await counter.asked(request.id)).body).toMatchObject({ finding: "different" });
});

test("a later file with the whole number lists the same party, and goes on doing so once the finding is taken back", async () => {
  const number = newNumber();
  await load(rowOf(maskedOf(number)));
  const checked = await counter.check({ name: "测试甲", number });
  const request = await counter.ask(checked);
  await counter.answer(request.id, "same");
  await load(rowOf(number));
  const grades = async () =>
    (await counter.check({ name: "测试甲", number })).matches.map(({ grade }) => grade).toSorted();
  expect(await grades()).toEqual(["exact", "exact"]);
  await counter.revoke(request.id);
  expect(await grades()).toEqual(["exact", "probable"]);
});

test("while a load has read whose each number is, the court is asked to come back", async () => {
  const { checked } = await counter.openMatch("probable");
  const request = await counter.ask(checked);
  const body = { finding: "same", reasons: "核对" };
  await counter.service.db.transaction(async (tx) => {
    await lockApplying(tx);
    const refused = await counter.tryAct(request.id, "answer", body);
    expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "30"]);
  });
  expect((await counter.asked(request.id)).body).toMatchObject({ state: "open" });
  expect((await counter.tryAct(request.id, "answer", body)).status).toBe(200);
});
