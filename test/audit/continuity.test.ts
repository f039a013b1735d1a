// A database that was set back: the service refuses to run on it, by its own mark or by a witness; a state that holds what
// was published runs; and a log that is given up has a successor that says so.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appendFacts, formatVerifierKey, logIdentity, knownKeysOf, type VerifierKey } from "../../src/audit/index.ts";
import { parseCheckpoint, parseNote } from "../../src/audit/log/index.ts";
import { connect } from "../../src/platform/database.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { copyDatabase, createTestDatabase, type TestDatabase } from "../database.ts";
import { type RunningWitness, startWitness } from "./witness/running-witness.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-restore-"));
const path = (file: string) => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));
const ringPath = join(folder, "key-ring.json");
const origin = "log.example";
const databases: TestDatabase[] = [];
const data = join(folder, "data");
let live: TestDatabase;
let backUp: TestDatabase;
let witness: RunningWitness;

type Setting = { database: TestDatabase; dataDirectory?: string; logOrigin?: string; witnesses?: string };
function environmentOf({ database, dataDirectory = data, logOrigin = origin, witnesses = "" }: Setting) {
  const { PATH, SystemRoot } = process.env;
  return {
    PATH,
    SystemRoot,
    NODE_ENV: "production",
    NODE_COMPILE_CACHE: join(folder, "compiled"),
    PORT: "0",
    DATABASE_URL: database.url,
    KEY_RING: ringPath,
    DATA_DIR: dataDirectory,
    LOG_ORIGIN: logOrigin,
    LOG_WITNESSES: witnesses,
  };
}

type Service = { url: string; child: ChildProcess };

/** A service that runs; what it says on standard error where it does not. */
async function start(setting: Setting): Promise<Service | string> {
  const child = spawn(process.execPath, [path("main.ts")], {
    env: environmentOf(setting),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  const ended = once(child, "close").then(() => err);
  const serving = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, url] = /The register serves (\S+)/.exec(line) ?? [];
      if (url) return { url, child };
    }
    return ended;
  })();
  return serving;
}

async function run<T>(setting: Setting, work: (url: string) => Promise<T>): Promise<T> {
  const service = await start(setting);
  if (typeof service === "string") throw new Error(service);
  try {
    return await work(service.url);
  } finally {
    const closed = once(service.child, "close");
    service.child.kill("SIGTERM");
    await closed;
  }
}

/** Adds facts, and waits for the checkpoint that covers them. */
const grow = (setting: Setting, count: number, size: number) =>
  run(setting, async (url) => {
    const { db, end } = connect(setting.database.url, { name: "test" });
    const facts = Array.from({ length: count }, (_, number) => ({ subject: "lod_1", fact: { kind: "test", number } }));
    await db.transaction((tx) => appendFacts(tx, facts));
    await end();
    return checkpointOf(url, size);
  });

async function checkpointOf(url: string, size: number): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/log/checkpoint`);
    const note = await response.text();
    if (response.ok && parseCheckpoint(parseNote(note)?.text ?? "")?.size === size) return note;
  }
}

function shixin(setting: Setting, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path("cli.ts"), ...args], { env: environmentOf(setting) }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  mkdirSync(data);
  createKeyRing(ringPath);
  const logKeys: VerifierKey[] = knownKeysOf(logIdentity(origin, readKeyRing(ringPath).logKeys));
  witness = await startWitness(logKeys);
  live = await createTestDatabase();
  await grow({ database: live }, 300, 300);
  backUp = await copyDatabase(live.url);
  databases.push(live, backUp);
}, 120_000);
afterAll(async () => {
  await witness.stop();
  for (const database of databases) await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const witnesses = () => `${formatVerifierKey(witness.key)} ${witness.url}`;
let published: string;

test("a restore that holds what was published runs, with the very root", { timeout: 120_000 }, async () => {
  const restored = await copyDatabase(backUp.url);
  databases.push(restored);
  const note = await run({ database: restored }, (url) => checkpointOf(url, 300));
  expect(note).toBe(await run({ database: live }, (url) => checkpointOf(url, 300)));
});

test("the log goes on, and is witnessed", { timeout: 120_000 }, async () => {
  const setting = { database: live, witnesses: witnesses() };
  published = await grow(setting, 7, 307);
  const isWitnessed = async (url: string) => {
    for (;;) {
      const note = await (await fetch(`${url}/log/checkpoint`)).text();
      if (note.includes("— witness.example ")) return true;
    }
  };
  expect(await run(setting, isWitnessed)).toBe(true);
});

test("the back-up from before is refused in a sentence that says what to do", { timeout: 120_000 }, async () => {
  const refused = await start({ database: backUp });
  expect(refused).toMatch(
    /does not continue what was published.*307 entries.*restore a later state.*shixin log abandon/,
  );
  const { code, err } = await shixin({ database: backUp }, "log", "abandon", "--reason", "entries are lost");
  expect([code, err]).toEqual([5, expect.stringContaining("LOG_ORIGIN still names log.example")]);
});

test("where the mark was restored with it, a witness knows", { timeout: 120_000 }, async () => {
  const dataDirectory = join(folder, "restored-data");
  mkdirSync(dataDirectory);
  const refused = await start({ database: backUp, dataDirectory, witnesses: witnesses() });
  expect(refused).toMatch(/the witness witness\.example has cosigned a checkpoint of 307 entries/);
});

test("another log's database is refused as well", { timeout: 120_000 }, async () => {
  const empty = await createTestDatabase();
  databases.push(empty);
  expect(await start({ database: empty })).toMatch(/307 entries, which the database does not continue/);
  expect(await start({ database: live, logOrigin: "other.example" })).toMatch(/a log keeps its name/);
});

test(
  "a log that is given up is succeeded by one of another name, on record in both trails",
  { timeout: 240_000 },
  async () => {
    const successor: Setting = { database: backUp, logOrigin: "log.example/2" };
    const given = await shixin(successor, "log", "abandon", "--reason", "entries are lost", "--actor", "li", "--json");
    expect([given.code, JSON.parse(given.out)]).toMatchObject([
      0,
      { abandoned: origin, publishedSize: 307, keptSize: 300, successor: "log.example/2" },
    ]);
    expect(readdirSync(data).filter((name) => name.startsWith("log-checkpoint"))).toEqual([
      "log-checkpoint.307.abandoned",
    ]);
    const note = await run(successor, (url) => checkpointOf(url, 301));
    expect(note).toMatch(/^log\.example\/2\n301\n/);
    const { sql, end } = connect(backUp.url, { name: "test" });
    const [entry] = await sql`select actor, reason, detail from audit_entry where action = 'log.abandon'`;
    const [fact] = await sql`select fact from log_fact order by log_group desc limit 1`;
    await end();
    expect(entry).toMatchObject({ actor: "operator:li", reason: "entries are lost", detail: { publishedSize: 307 } });
    expect(fact?.["fact"]).toMatchObject({ kind: "log", act: "abandon", origin, publishedSize: 307, keptSize: 300 });
    const fsck = await shixin(successor, "log", "fsck", "--json");
    expect([fsck.code, JSON.parse(fsck.out)]).toMatchObject([0, { size: 301, finding: null }]);
    expect((await shixin(successor, "log", "abandon", "--reason", "again")).code).toBe(5);
  },
);

test("the log itself goes on where it was", { timeout: 120_000 }, async () => {
  const dataDirectory = join(folder, "live-data");
  cpSync(data, dataDirectory, { recursive: true });
  rmSync(join(dataDirectory, "log-checkpoint"));
  const note = await run({ database: live, dataDirectory }, (url) => checkpointOf(url, 307));
  expect(parseNote(note)?.text).toBe(parseNote(published)?.text);
});
