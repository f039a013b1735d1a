// The command line as scripts use it: one JSON document on standard output, and an exit code that says what to do.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isApiKey } from "../src/agencies/api-key.ts";
import { createCallers } from "../src/agencies/index.ts";
import { connect, type Connection } from "../src/platform/database.ts";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shixin-cli-"));
const keyRing = join(folder, "key-ring.json");
const number = "110101190001010014";
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { name: "test" });
  createKeyRing(keyRing);
});
afterAll(async () => {
  await connection.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Outcome = { code: number; out: string; err: string };

function run(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const { PATH, SystemRoot } = process.env;
  const env = {
    PATH,
    SystemRoot,
    DATABASE_URL: database.url,
    KEY_RING: keyRing,
    DATA_DIR: join(folder, "data"),
    NODE_COMPILE_CACHE: join(folder, "compiled"), // A third less work for each command.
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "src", "cli.ts"), ...args], { env, cwd: folder }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

/** The one JSON document that a command prints. */
async function runJson(...args: string[]) {
  const { code, out, err } = await run([...args, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.endsWith("\n")).toBe(true);
  return JSON.parse(out);
}

const importing = (file: string, ...more: string[]) =>
  run(["feed", "import", join(folder, file), "--source", "national", "--mode", "snapshot", "--json", ...more]);

describe("an agency and its keys", () => {
  const find = (key: string) =>
    createCallers({ db: connection.db, ring: readKeyRing(keyRing) }).findFresh(`Bearer ${key}`);

  test("are created, issued, rolled and revoked, each by a named actor", async () => {
    const purposes = "procurement.supplier_qualification,office.lease";
    const { agency, key } = await runJson(
      "agency",
      "create",
      "--name",
      "测试单位",
      "--purposes",
      purposes,
      "--actor",
      "li",
    );
    expect(agency).toEqual({ id: expect.stringMatching(/^agy_/), name: "测试单位", purposes: purposes.split(",") });
    expect(isApiKey(key)).toBe(true);
    expect((await find(key)).purposes).toHaveLength(2);

    const issued = await runJson("key", "issue", "--agency", agency.id);
    const rolled = await runJson("key", "roll", issued.id, "--overlap-minutes", "5");
    expect((await find(rolled.key)).agencyId).toBe((await find(issued.key)).agencyId);

    const revoked = await runJson("key", "revoke", rolled.id, "--reason", "lost");
    expect(revoked).toEqual({ id: rolled.id, revokedAt: expect.any(String) });
    await expect(find(rolled.key)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await run(["key", "revoke", rolled.id, "--reason", "lost"])).code).toBe(5);

    const [row] = await connection.sql`select actor from audit_entry where action = 'agency.create'`;
    expect(row).toEqual({ actor: "operator:li" });
  });
});

describe("a list", () => {
  test("is invented, imported, counted and shown", async () => {
    const out = join(folder, "list.jsonl");
    const truth = join(folder, "truth.jsonl");
    const synth = ["synth", "--rows", "200", "--seed", "7", "--kind", "national", "--out", out, "--truth", truth];
    expect(await runJson(...synth, "--flaws", "0.2")).toMatchObject({ rows: 200 });
    const lines = readFileSync(truth, "utf8").trim().split("\n");
    expect(lines).toHaveLength(200);
    const accepted = lines.filter((line) => JSON.parse(line).accepted).length;

    const short = await importing("list.jsonl", "--expect", "199");
    expect(short).toMatchObject({ code: 5, out: "" });
    expect(short.err).toContain("the file holds 200 rows, not the 199 expected");

    const partial = await importing("list.jsonl", "--expect", "200");
    const load = JSON.parse(partial.out);
    expect(partial.code).toBe(3);
    const [, rejected = ""] = /^The rejected rows are in (.+)\.$/m.exec(partial.err) ?? [];
    expect(readFileSync(rejected, "utf8").trim().split("\n")).toHaveLength(200 - accepted);
    expect(load).toMatchObject({
      id: expect.stringMatching(/^lod_/),
      state: "activated",
      counts: { read: 200, accepted, rejected: 200 - accepted },
    });

    const { loads } = await runJson("feed", "list", "--limit", "5");
    expect(loads.map(({ state }: { state: string }) => state)).toEqual(["activated", "failed"]);
    expect(await runJson("feed", "show", load.id)).toMatchObject({ id: load.id, counts: load.counts });
  });
});

describe("a failure", () => {
  test.each([
    ["a bad option", ["synth", "--rows", number, "--out", "x"], 2],
    ["an unknown command", [number], 2],
    ["an unknown purpose", ["agency", "create", "--name", number, "--purposes", "curiosity.neighbour"], 2],
    ["an agency that is not there", ["key", "issue", "--agency", number], 4],
    ["a file that is not there", ["feed", "import", "nothing", "--source", "national", "--mode", "delta"], 5],
  ])("by %s has its exit code, and text without the value", async (_, args, code) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ code, out: "" });
    expect(outcome.err.length).toBeGreaterThan(5);
    expect(outcome.err).not.toContain(number);
  });

  test("of the configuration, the database or the key ring is told apart", async () => {
    writeFileSync(join(folder, "broken.json"), "{}");
    const [configuration, away, ring] = await Promise.all([
      run(["feed", "list"], { PORT: "none", DATABASE_URL: "mysql://x" }),
      run(["feed", "list"], { DATABASE_URL: "postgres://127.0.0.1:1/none" }),
      run(["feed", "list"], { KEY_RING: join(folder, "broken.json") }),
    ]);
    expect(configuration.code).toBe(2);
    expect(configuration.err).toMatch(/PORT: [^]*DATABASE_URL: /);
    expect(away).toMatchObject({ code: 75, err: expect.stringContaining("ECONNREFUSED") });
    expect(ring).toMatchObject({ code: 7, err: expect.stringContaining("broken.json is not a key ring") });
  });
});

test("the schema is migrated, and the API described without a database", async () => {
  const [migrated, described] = await Promise.all([
    run(["migrate"]),
    run(["openapi"], { DATABASE_URL: "", KEY_RING: "" }),
  ]);
  expect(migrated).toEqual({ code: 0, out: "The schema is current.\n", err: "" });
  expect(JSON.parse(described.out)).toMatchObject({ openapi: "3.1.0" });
});
