// The controls of the replay: a service that answers wrongly, and a record that was tampered with, are both found out.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Agency } from "../../bench/replay/agencies.ts";
import { askAll } from "../../bench/replay/asking.ts";
import type { Request } from "../../bench/replay/plan.ts";
import type { Outcome, Question } from "../../bench/replay/questions.ts";
import { compareRecord } from "../../bench/replay/record.ts";
import { connectSql, type Sql } from "../../src/platform/database.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const agency: Agency = { key: "none", manner: "embedded", purpose: "housing_fund.loan", role: "self" };
const check: Question["check"] = { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" } };

describe("a service that gives one answer to everything", () => {
  test.each([
    ["listed", { hits: 3, reviews: 0, falseHits: 2, misses: 0, wrongReviews: 0 }],
    ["review", { hits: 0, reviews: 3, falseHits: 0, misses: 1, wrongReviews: 1 }],
    ["clear", { hits: 0, reviews: 0, falseHits: 0, misses: 1, wrongReviews: 1 }],
  ] as const)("is found out when it always says %s", async (outcome, expected) => {
    const { tally } = await askServiceThat((response) =>
      response.end(JSON.stringify({ id: publicId("chk", newUuid()), outcome })),
    );
    expect(tally).toEqual({ checks: 3, ...expected });
  });

  test("ends the replay when it refuses", async () => {
    const refused = askServiceThat((response) => {
      response.statusCode = 503;
      response.end("{}");
    });
    await expect(refused).rejects.toThrow("answered 503");
  });
});

describe("a record that differs from the answers", () => {
  let database: TestDatabase;
  let sql: Sql;
  beforeAll(async () => {
    database = await createTestDatabase();
    sql = connectSql(database.url, { name: "test" });
  });
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });

  test("is found out row by row", async () => {
    const [kept, changed, foreign, lost] = [newUuid(), newUuid(), newUuid(), newUuid()];
    for (const id of [kept, changed, foreign]) await record(id);
    const outcomes = new Map<string, Outcome>([
      [kept, "clear"],
      [changed, "listed"],
      [lost, "clear"],
    ]);
    expect(await compareRecord(sql, outcomes)).toEqual({ rows: 3, different: 1, unanswered: 1, unrecorded: 1 });
  });

  test("is found out when a check is in it twice", async () => {
    await sql`truncate check_record`;
    const id = newUuid();
    for (let times = 0; times < 2; times++) await record(id);
    const outcomes = new Map<string, Outcome>([[id, "clear"]]);
    expect(await compareRecord(sql, outcomes)).toEqual({ rows: 2, different: 0, unanswered: 1, unrecorded: 0 });
  });

  /** A clear check of an agency of its own. */
  async function record(id: string): Promise<void> {
    await sql`
      insert into check_record (id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome,
        register_position, matcher_version, document_kind, subject_index, subject_sealed)
      values (${id}, gen_random_uuid(), 'none', now(), 'housing_fund.loan', 'XM-1', 'system', 'self', '{dishonest}',
        'clear', 0, 1, 'resident_id', '', '')`;
  }
});

function* requests(): Generator<Request> {
  for (const outcome of ["listed", "review", "clear"] as const) yield { agency, questions: [{ check, outcome }] };
}

async function askServiceThat(answers: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answers(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await askAll(requests(), { host: "127.0.0.1", port, checks: 3 });
  } finally {
    server.close();
  }
}
