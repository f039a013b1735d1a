// Importing a file: receive it into a stage, compare it with the register, pass the gates, apply it in one transaction.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Client } from "pg";
import { appendAudit } from "../audit/index.ts";
import { redactNumbers } from "../identity/index.ts";
import { connect, type Connection, type Database, databaseCode } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import {
  analyzeRegister,
  analyzeStage,
  applyStage,
  compareStage,
  createStage,
  dropStage,
  type PartyKeys,
  type Stage,
  stageOf,
} from "../registry/index.ts";
import { refuse, refuseCount, refuseMissing } from "./gate.ts";
import {
  findNewestSnapshot,
  findUnfinished,
  insertLoad,
  type LoadMode,
  setActivated,
  setFailed,
  setValidating,
} from "./queries.ts";
import { receiveFile } from "./receive.ts";
import type { LoadCounts } from "./schema.ts";

export type LoadPhase = "receiving" | "validating" | "applying" | "activated";
export type LoadProgress = { phase: LoadPhase; rows: number; bytes: number; bytesTotal: number };

export type ImportRequest = {
  /** The database; the import opens connections of its own. */
  url: string;
  keyRing: PartyKeys;
  actor: string;
  source: string;
  mode: LoadMode;
  file: string;
  /** Rows that the file must hold. A snapshot that names it may end whatever it lacks. */
  expected?: number;
  /** The moment for which the file speaks; 24 hours ago where it is not said. */
  asOf?: Date;
  /** Where the rejected rows go: JSON Lines of line, field, code and reason. */
  rejectedTo: string;
  /** Called at the start of each phase, and about every second while rows arrive. */
  progress?: (progress: LoadProgress) => void;
};

export type Load = {
  id: string;
  state: "activated";
  source: string;
  mode: LoadMode;
  counts: LoadCounts;
  timings: { receivedMs: number; appliedMs: number };
};

const DEFAULT_AGE_MS = 24 * 3_600_000;
const PROGRESS_MS = 1_000;
const SOURCE_FORM = /^[a-z][a-z0-9-]{0,39}$/;
/** First key of the advisory locks on sources; any constant that nothing else uses. */
const SOURCE_LOCK = 7_305_125;
/** From so many changes on the planner needs new statistics before autovacuum's turn. */
const ANALYZE_CHANGES_MIN = 10_000;

/**
 * Refusals (`load-refused`) leave the register as it was and the load `failed`. A load of the same source that is under
 * way is a `conflict`; one that was killed is swept up here.
 */
export async function importFile(request: ImportRequest): Promise<Load> {
  const { url, source } = request;
  if (!SOURCE_FORM.test(source)) refuse("a source is named in lower-case letters, digits and hyphens");
  const bytesTotal = await sizeOf(request.file);
  const client = new Client({ connectionString: url, application_name: "shixin feed copy", keepAlive: true });
  const connection = connect(url, {
    name: "feed import",
    max: 1,
    statementTimeoutMs: 0,
    settings: { idle_in_transaction_session_timeout: "0" },
  });
  // Without a listener a lost connection would end the process; the statement under way fails with it anyway.
  client.on("error", () => {});
  try {
    await client.connect();
    await lockSource(client, source);
    return await runLoad({ ...request, client, connection, bytesTotal, id: newUuid() });
  } finally {
    await Promise.all([client.end(), connection.end()]);
  }
}

type Run = ImportRequest & { client: Client; connection: Connection; bytesTotal: number; id: string };

async function runLoad(run: Run): Promise<Load> {
  const { connection, source, id } = run;
  const { db } = connection;
  const stage = stageOf(id);
  await sweepKilled(db, source);
  const asOf = run.asOf ?? new Date(Date.now() - DEFAULT_AGE_MS);
  await beginLoad(db, run, stage, asOf);
  try {
    return await receiveAndApply(run, stage, asOf);
  } catch (error) {
    await endFailed(db, id, failureOf(error)).catch(() => {
      // A lost database, say: the next load of this source sweeps up, and the first error is the one to tell.
    });
    throw error;
  }
}

async function receiveAndApply(run: Run, stage: Stage, asOf: Date): Promise<Load> {
  const { client, connection, keyRing, source, mode, expected, actor, id } = run;
  const { db } = connection;
  const report = reporterOf(run);
  const startedAt = performance.now();
  report("receiving");
  const { counts, sha256 } = await receiveFile(client, stage, keyRing, { ...run, onRows: report.rows });
  const receivedAt = performance.now();
  const received: LoadCounts = { ...counts, unchanged: 0, new: 0, changed: 0, ended: 0, superseded: 0 };
  report("validating");
  await db.transaction((tx) => setValidating(tx, id, sha256, received));
  refuseCount(counts, expected);
  await analyzeStage(db, stage);

  const activated = await db.transaction(async (tx) => {
    const load = { stage, source, loadId: id, mode, asOf };
    const difference = await compareStage(tx, load);
    refuseMissing(difference, counts, expected);
    report("applying");
    const all: LoadCounts = { ...received, ...(await applyStage(tx, load, difference)) };
    await dropStage(tx, stage);
    await setActivated(tx, id, all);
    const detail = { source, mode, new: all.new, changed: all.changed, ended: all.ended };
    await appendAudit(tx, { actor, action: "feed.activate", subject: publicId("lod", id), detail });
    return all;
  });
  report("activated");
  if (activated.new + activated.changed + activated.ended >= ANALYZE_CHANGES_MIN) {
    await analyzeRegister(db);
  }
  const timings = {
    receivedMs: Math.round(receivedAt - startedAt),
    appliedMs: Math.round(performance.now() - receivedAt),
  };
  return { id: publicId("lod", id), state: "activated", source, mode, counts: activated, timings };
}

/** Held by the session until it ends, however it ends. */
async function lockSource(client: Client, source: string): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1, hashtext($2)) as locked", [
    SOURCE_LOCK,
    source,
  ]);
  if (!rows[0]?.locked) throw new AppError("conflict", { note: `a load of ${source} is under way: wait for its end` });
}

/** The stage goes first: dropping it waits for the end of whatever a killed process left running on the server. */
async function sweepKilled(db: Database, source: string): Promise<void> {
  for (const id of await findUnfinished(db, source)) await endFailed(db, id, "the importing process ended early");
}

async function endFailed(db: Database, id: string, failure: string): Promise<void> {
  await db.transaction(async (tx) => {
    await dropStage(tx, stageOf(id));
    await setFailed(tx, id, failure);
  });
}

async function beginLoad(db: Database, run: Run, stage: Stage, asOf: Date): Promise<void> {
  const { id, source, mode, actor, file, expected = null } = run;
  await db.transaction(async (tx) => {
    const newest = mode === "snapshot" ? await findNewestSnapshot(tx, source) : null;
    if (newest && newest.asOf > asOf) {
      refuse(`a snapshot of ${source} as of ${newest.asOf.toISOString()} is active, and this one is older`);
    }
    const fileName = redactNumbers(basename(file));
    await insertLoad(tx, { id, source, mode, state: "receiving", fileName, expectedRows: expected, asOf, actor });
    await createStage(tx, stage);
  });
}

/** A failure by its note or code alone: messages of the database may repeat values. */
function failureOf(error: unknown): string {
  if (error instanceof AppError) return error.detail.note ?? error.code;
  return `unexpected: ${databaseCode(error) ?? (error instanceof Error ? error.name : typeof error)}`;
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return refuse(`${basename(file)} is not a file that can be read`);
  return found.size;
}

function reporterOf({ progress, bytesTotal }: Run) {
  let last = { rows: 0, bytes: 0, at: -Infinity };
  const report = (phase: LoadPhase) => progress?.({ phase, rows: last.rows, bytes: last.bytes, bytesTotal });
  return Object.assign(report, {
    rows: ({ read }: { read: number }, bytes: number) => {
      const at = performance.now();
      const isDue = at - last.at >= PROGRESS_MS;
      last = { rows: read, bytes, at: isDue ? at : last.at };
      if (isDue) report("receiving");
    },
  });
}
