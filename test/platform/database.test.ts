// What a database error means to a caller, told by errors of a real server, and what of it may be logged.
import { DrizzleQueryError, sql as drizzleSql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  brokenConstraint,
  connect,
  type Connection,
  connectSql,
  databaseCode,
  isUnavailable,
} from "../../src/platform/database.ts";
import { asAppError, loggableError } from "../../src/platform/problem.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const canary = "110101190001010014";
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { name: "test", statementTimeoutMs: 200 });
  await connection.sql`create table planted (number text constraint canary_number primary key)`;
  await connection.sql`insert into planted values (${canary})`;
});
afterAll(async () => {
  await connection.end();
  await database.drop();
});

const errorOf = (work: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(work).then(
    () => Promise.reject(new Error("nothing was thrown")),
    (error: unknown) => error,
  );
const thrownBy = (work: () => unknown): Promise<unknown> => errorOf(Promise.resolve().then(work));
const duplicate = () => errorOf(connection.sql`insert into planted values (${canary})`);
const drizzleDuplicate = () => errorOf(connection.db.execute(drizzleSql`insert into planted values (${canary})`));

describe("the database cannot answer now", () => {
  test("when a statement takes too long", async () => {
    const error = await errorOf(connection.sql`select pg_sleep(5)`);
    expect([databaseCode(error), isUnavailable(error)]).toEqual(["57014", true]);
  });

  test("when nobody listens, through drizzle too", async () => {
    const nowhere = connect("postgres://postgres@127.0.0.1:1/none", { name: "test" });
    const error = await errorOf(nowhere.db.execute(drizzleSql`select 1`));
    await nowhere.end();
    expect([databaseCode(error), isUnavailable(error)]).toEqual(["ECONNREFUSED", true]);
    expect(asAppError(error)).toMatchObject({ code: "register-unavailable", detail: { retryAfterSeconds: 2 } });
  });

  test("when the session is cut", async () => {
    const sql = connectSql(database.url, { name: "victim", max: 1 });
    const [row] = await sql`select pg_backend_pid() as pid`;
    const cut = errorOf(sql`select pg_sleep(5)`);
    const operator = new Client({ connectionString: inject("postgresUrl") });
    await operator.connect();
    await operator.query("select pg_terminate_backend($1)", [row?.["pid"]]);
    await operator.end();
    expect(isUnavailable(await cut)).toBe(true);
    await sql.end({ timeout: 0 });
  });

  test("when the session of a transaction is cut, for every statement after it too", async () => {
    // The driver hears of the end in one of several orders: each must come to an answer.
    for (let turn = 0; turn < 30; turn++) {
      const sql = connectSql(database.url, { name: "victim", max: 1 });
      const reserved = await sql.reserve();
      const [row] = await reserved`select pg_backend_pid() as pid`;
      await connection.sql`select pg_terminate_backend(${row?.["pid"]})`;
      expect(isUnavailable(await errorOf(reserved`select pg_sleep(5)`))).toBe(true);
      expect(isUnavailable(await errorOf(reserved`select 1`))).toBe(true);
      reserved.release();
      await sql.end({ timeout: 0 });
    }
  });

  test("when it may only be read", async () => {
    const error = await errorOf(
      connection.db.transaction((tx) => tx.execute(drizzleSql`insert into planted values ('x')`), {
        accessMode: "read only",
      }),
    );
    expect([databaseCode(error), isUnavailable(error)]).toEqual(["25006", true]);
  });
});

describe("a broken constraint", () => {
  test("is named, plain and through drizzle, and is no reason to try again", async () => {
    for (const error of [await duplicate(), await drizzleDuplicate()]) {
      expect(databaseCode(error)).toBe("23505");
      expect(brokenConstraint(error)).toBe("canary_number");
      expect(isUnavailable(error)).toBe(false);
      expect(asAppError(error).code).toBe("internal");
    }
  });

  test("of anything else is none", () => {
    for (const error of [new Error("plain"), "text", null, undefined]) {
      expect([databaseCode(error), brokenConstraint(error), isUnavailable(error)]).toEqual([null, null, false]);
    }
  });
});

describe("what is logged of an error", () => {
  const throwText = () => {
    throw canary as unknown;
  };
  const throwChanged = () => {
    const error = new Error(hostile);
    if (!error.stack?.includes(canary)) throw new TypeError("the stack has no message");
    throw Object.assign(error, { message: "cut" });
  };
  const hostile = `x"\n    at ${canary} (src/main.ts:1:1)\n`;

  test("names code, constraint and place, of drizzle's error and of its cause", async () => {
    const error = await drizzleDuplicate();
    expect(error).toBeInstanceOf(DrizzleQueryError);
    const logged = loggableError(error);
    expect(logged).toMatchObject({
      code: "23505",
      cause: { code: "23505", constraint: "canary_number", table: "planted" },
    });
    expect(JSON.stringify(logged)).toContain("database.test.ts");
  });

  test.each([
    ["a unique violation", duplicate],
    ["a unique violation through drizzle", drizzleDuplicate],
    ["a date that does not parse", () => errorOf(connection.sql`select ${hostile}::text::date`)],
    ["JSON that does not parse", () => thrownBy(() => JSON.parse(`x\n at ${canary}`))],
    ["an error whose message was changed", () => thrownBy(throwChanged)],
    ["a thrown text", () => thrownBy(throwText)],
    ["an error within an error", () => errorOf(Promise.reject(new Error("outer", { cause: new TypeError(hostile) })))],
  ])("has no value of %s", async (_, make) => {
    const error = await make();
    const told = error instanceof Error ? `${error.stack}${JSON.stringify(error)}${String(error.cause)}` : error;
    expect(told).toContain("1101");
    expect(JSON.stringify(loggableError(error))).not.toContain("1101");
  });
});
