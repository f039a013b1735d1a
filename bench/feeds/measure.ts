// A year's loads in small: a first load beside COPY of the same rows, the same file again, a delta, and a second source
// while checks go on; every import is a process of its own.
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createAgency, issueKey } from "../../src/agencies/index.ts";
import { writeSynthetic } from "../../src/feeds/synthetic/index.ts";
import { connect } from "../../src/platform/database.ts";
import { confirmKeyRing } from "../../src/platform/key-confirmation.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { startService } from "../replay/service-process.ts";
import { createCheckLoad, p99Of } from "./check-load.ts";
import { writeDelta } from "./delta-file.ts";
import { type Import, type Imported, importInProcess, type Settings } from "./import-process.ts";
import { copyPlainly } from "./plain-copy.ts";

const PURPOSE = "procurement.supplier_qualification";
const DELTA_ROWS_MAX = 20_000;
/** So much of the list a delta may be that no gate speaks. */
const DELTA_SHARE = 1 / 25;
/** So much of the list the second source has: the peak memory of both loads tells whether it grows with the file. */
const SECOND_SHARE = 1 / 5;

export type FeedOptions = {
  /** A migrated, empty database. */
  databaseUrl: string;
  /** For files; the caller removes it. */
  directory: string;
  rows: number;
  checksPerSecond: number;
  quietMs: number;
  report?: (line: string) => void;
};

export type FeedFigures = {
  copySeconds: number;
  first: Imported;
  again: Imported;
  delta: Imported;
  second: Imported;
  quietP99Ms: number;
  loadedP99Ms: number;
};

export async function measureFeeds(options: FeedOptions): Promise<FeedFigures> {
  const { databaseUrl, directory, rows, report = () => {} } = options;
  const settings: Settings = { databaseUrl, keyRingPath: join(directory, "key-ring.json"), dataDirectory: directory };
  const list = join(directory, "list.jsonl");
  report(`Inventing a list of ${rows.toLocaleString("en")} rows …`);
  await writeSynthetic({ out: list, rows, seed: 1, kind: "national" });
  const key = await prepareKeys(settings);

  const run = async (name: string, load: Import): Promise<Imported> => {
    report(`${name} …`);
    const imported = await importInProcess(settings, load);
    const { seconds, timings, counts } = imported;
    report(`${name}: ${seconds.toFixed(1)} s ${JSON.stringify({ ...timings, ...counts })}`);
    return imported;
  };
  const national = { source: "national", file: list, mode: "snapshot", expected: rows } as const;
  const first = await run("First load", national);
  report("COPY of the same rows …");
  const copySeconds = await copyPlainly(databaseUrl, directory);
  const again = await run("The same snapshot again", national);
  const deltaFile = join(directory, "delta.jsonl");
  await writeDelta(deltaFile, list, rows, Math.min(DELTA_ROWS_MAX, Math.floor(rows * DELTA_SHARE)));
  const delta = await run("Delta", { source: "national", file: deltaFile, mode: "delta" });

  const secondList = join(directory, "second.jsonl");
  await writeSynthetic({ out: secondList, rows: Math.floor(rows * SECOND_SHARE), seed: 3, kind: "national" });
  const beside = await measureChecks(options, settings, key, () =>
    run("Second source, beside checks", { source: "second", file: secondList, mode: "snapshot" }),
  );
  return { copySeconds, first, again, delta, ...beside };
}

/** The key of an agency that may ask. */
async function prepareKeys({ databaseUrl, keyRingPath }: Settings): Promise<string> {
  createKeyRing(keyRingPath);
  const ring = readKeyRing(keyRingPath);
  const { db, end } = connect(databaseUrl, { name: "bench" });
  try {
    await confirmKeyRing(db, ring);
    return await db.transaction(async (tx) => {
      const agency = await createAgency(tx, "operator:bench", { name: "基准测试", purposes: [PURPOSE] });
      return (await issueKey(tx, ring, "operator:bench", { agencyId: agency.id })).key;
    });
  } finally {
    await end();
  }
}

async function untilLogHasAll(databaseUrl: string): Promise<void> {
  const { sql, end } = connect(databaseUrl, { name: "bench" });
  try {
    for (;;) {
      const [{ waits }] = await sql<[{ waits: boolean }]>`select exists (select from log_outbox) as waits`;
      if (!waits) return;
      await delay(500);
    }
  } finally {
    await end();
  }
}

/** The same rate of checks with nothing else to do, for as long as `load` takes, and with nothing else to do again. */
async function measureChecks(
  { checksPerSecond: perSecond, quietMs }: FeedOptions,
  settings: Settings,
  key: string,
  load: () => Promise<Imported>,
): Promise<Pick<FeedFigures, "second" | "quietP99Ms" | "loadedP99Ms">> {
  const service = await startService(settings);
  const checks = createCheckLoad({ ...service, key, purpose: PURPOSE, perSecond });
  try {
    // The leaves of the loads before would make the quiet time a busy one.
    await untilLogHasAll(settings.databaseUrl);
    // Warms up both sides.
    await checks.timesWhile(delay(quietMs / 4));
    const before = await checks.timesWhile(delay(quietMs));
    const loading = load();
    const beside = await checks.timesWhile(loading);
    await untilLogHasAll(settings.databaseUrl);
    const after = await checks.timesWhile(delay(quietMs));
    return { second: await loading, quietP99Ms: p99Of([...before, ...after]), loadedP99Ms: p99Of(beside) };
  } finally {
    checks.close();
    await service.stop();
  }
}
