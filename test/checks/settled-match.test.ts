// What a court found of a match is looked for where number and name leave it open, and nowhere else: the check that is
// clear, which nearly every check is, pays nothing for it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCallers } from "../../src/agencies/index.ts";
import { askingOf, makeReady } from "../../src/checks/check.ts";
import { parseCheck } from "../../src/checks/request.ts";
import { askRegister, statementSession } from "../../src/checks/statement.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import { connectSql, type Sql } from "../../src/platform/database.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

let service: TestService;
let sql: Sql;
const numbers = Array.from({ length: 1000 }, (_, i) => residentIdOf(`110101190002${String(10_000 + i)}`));

beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
  await service.publish(
    listingOf({ document: { masked: "1101011900****0022" } }, { caseNumber: "(2019)闽0203执90000002号" }),
  );
  sql = connectSql(service.databaseUrl, { name: "checks", max: 1, settings: statementSession });
});
afterAll(async () => {
  await sql.end();
  await service.stop();
});

/** Asks about the parties in one group; outcomes, and how often a finding was looked for. */
async function ask(parties: { name: string; number: string }[]): Promise<{ outcomes: unknown[]; looks: number }> {
  const caller = await createCallers(service).findFresh(`Bearer ${service.key}`);
  const asked = parties.map(({ name, number }) => {
    const { party, ...question } = parseCheck(checkOf({ name, document: { type: "resident_id", number } }));
    const asking = askingOf(caller, question, null);
    return makeReady(service.ring, asking, party);
  });
  return sql.begin(async (tx) => {
    const recorded = await askRegister(tx as unknown as Sql, asked);
    const [row] = await tx`
      select seq_scan + idx_scan as looks from pg_stat_xact_user_tables where relname = 'identity_finding'`;
    return { outcomes: recorded.map((one) => one?.outcome), looks: Number(row?.["looks"]) };
  });
}

const listed = "110101190001010014";
const masked = residentIdOf("11010119000101002");

test("a thousand that are clear look for none", async () => {
  const { outcomes, looks } = await ask(numbers.map((number) => ({ name: "测试丁", number })));
  expect([new Set(outcomes), looks]).toEqual([new Set(["clear"]), 0]);
});

test("one that is exact looks for none", async () => {
  expect(await ask([{ name: "测试甲", number: listed }])).toEqual({ outcomes: ["listed"], looks: 0 });
});

test("one that is open looks once, among however many that are clear", async () => {
  const clear = numbers.map((number) => ({ name: "测试丁", number }));
  const { outcomes, looks } = await ask([...clear, { name: "测试乙", number: listed }]);
  expect([outcomes.at(-1), looks]).toEqual(["review", 1]);
  expect((await ask([{ name: "测试甲", number: masked }])).outcomes).toEqual(["review"]);
});
