// Whether a name is listed, was once or never was cannot be told from the work that its search takes: it is the same.
import { afterAll, beforeAll, expect, test } from "vitest";
import postgres from "postgres";
import { createSearch, type Search } from "../../../src/portal/search/search.ts";
import { endByCourt } from "../../registry/ending.ts";
import { listingOf, startService, type TestService } from "../../service.ts";

let service: TestService;
let search: Search;
let statements: string[] = [];
let sql: postgres.Sql;

beforeAll(async () => {
  service = await startService({ sequencer: false });
  sql = postgres(service.databaseUrl, { max: 1, debug: (_, statement) => void statements.push(statement) });
  search = createSearch({ db: service.db, sql, ring: service.ring });
  await service.publish(listingOf({ name: "测试在列" }));
  const document = { kind: "resident_id" as const, number: "35021119000102008X" };
  const gone = listingOf({ name: "测试移出", document }, { caseNumber: "(2019)闽0203执90000002号" });
  const { id } = await service.publish(gone);
  await service.db.transaction((tx) => endByCourt(tx, id));
  // The first search also reads which pieces of names are frequent, for ten minutes.
  await search({ name: "测试热身", limit: 10 });
});
afterAll(async () => {
  await sql.end();
  await service.stop();
});

async function statementsOf(name: string) {
  statements = [];
  const { data } = await search({ name, limit: 10 });
  return { found: data.length, statements };
}

test("a name that is listed, one that is off the list and an unknown one are sought by the same one statement", async () => {
  const listed = await statementsOf("测试在列");
  expect([listed.found, listed.statements.length]).toEqual([1, 1]);
  for (const name of ["测试移出", "测试未知"])
    expect([name, await statementsOf(name)]).toEqual([name, { found: 0, statements: listed.statements }]);
  expect((await statementsOf("测试")).statements, "what is asked tells, not what is found").not.toEqual(
    listed.statements,
  );
});
