// A database that was set back: the service refuses to run on it, by its own mark or by a witness; a state that holds what
// was published runs; and a log that is given up has a successor that says so.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatVerifierKey } from "../../src/audit/index.ts";
import { parseNote } from "../../src/audit/log/index.ts";
import { connect } from "../../src/platform/database.ts";
import { copyDatabase, createTestDatabase, type TestDatabase } from "../database.ts";
import { checkpointOf, createLogProcesses, ORIGIN, type Setting } from "./log-process.ts";
import { type RunningWitness, startWitness } from "./witness/running-witness.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-restore-"));
const databases: TestDatabase[] = [];
const { data, logKeys, start, run, grow, shixin } = createLogProcesses(folder);
let live: TestDatabase;
let backUp: TestDatabase;
let witness: RunningWitness;

beforeAll(async () => {
  mkdirSync(data);
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
      { abandoned: ORIGIN, publishedSize: 307, keptSize: 300, successor: "log.example/2" },
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
    expect(fact?.["fact"]).toMatchObject({
      kind: "log",
      act: "abandon",
      origin: ORIGIN,
      publishedSize: 307,
      keptSize: 300,
    });
    const fsck = await shixin(successor, "log", "fsck", "--json");
    expect([fsck.code, JSON.parse(fsck.out)]).toMatchObject([0, { size: 301, finding: null }]);
    expect((await shixin(successor, "log", "abandon", "--reason", "again")).code).toBe(5);
  },
);

test("without the mark the name is still known, and is given up in the same way", { timeout: 240_000 }, async () => {
  const dataDirectory = join(folder, "no-data");
  mkdirSync(dataDirectory);
  const restored = await copyDatabase(live.url);
  databases.push(restored);
  const renamed = { database: restored, dataDirectory, logOrigin: "log.example/3" };
  expect(await start(renamed)).toMatch(/the database is of the log log\.example, and LOG_ORIGIN names another/);
  expect((await shixin(renamed, "log", "abandon", "--reason", "another register")).code).toBe(0);
  expect(await run(renamed, (url) => checkpointOf(url, 308))).toMatch(/^log\.example\/3\n308\n/);
});

test("the log itself goes on where it was", { timeout: 120_000 }, async () => {
  const dataDirectory = join(folder, "live-data");
  cpSync(data, dataDirectory, { recursive: true });
  rmSync(join(dataDirectory, "log-checkpoint"));
  const note = await run({ database: live, dataDirectory }, (url) => checkpointOf(url, 307));
  expect(parseNote(note)?.text).toBe(parseNote(published)?.text);
});
