// Importing a file: receive it into a stage, compare it with the register, pass the gates, apply it in one transaction.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { redactNumbers } from "../identity/index.ts";
import { databaseCode, isUnavailable, type Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import {
  analyzeStage,
  compareStage,
  countLive,
  createStage,
  type Difference,
  dropStage,
  type PartyKeys,
  type StagedLoad,
  stageOf,
} from "../registry/index.ts";
import { threadsFor } from "./block-pool.ts";
import { noCounts } from "./counts.ts";
import { activateLoad, holdLoad, refreshStatistics, requireMoved } from "./activate.ts";
import { defaultThresholds, findingsOf, type GateSettings, refuse, refuseCount } from "./gate.ts";
import type { KnownRows } from "./known-rows.ts";
import { readKnownRows } from "./known-rows-queries.ts";
import type { Manifest } from "./manifest.ts";
import { refuseOutOfOrder } from "./order.ts";
import {
  findLastActivated,
  findLoad,
  findWaiting,
  insertLoad,
  type LoadRow,
  moveLoad,
  restartLoad,
  setProgress,
} from "./queries.ts";
import type { ReadingOptions } from "./reader.ts";
import { receiveFile } from "./receive.ts";
import type { GateFinding, LoadCounts, LoadMode } from "./schema.ts";
import { failLoad, type FeedSession, takeSource, withFeedSession } from "./session.ts";
import { ensureSource, requireSourceName } from "./source.ts";
import { listOutranked, type SourceRow } from "./source-queries.ts";
import { type Load, viewLoad } from "./view.ts";

export type LoadPhase = "receiving" | "validating" | "comparing" | "applying" | "activated" | "held" | "ready";
export type LoadProgress = { phase: LoadPhase; rows: number; bytes: number; bytesTotal: number };

export type ImportRequest = {
  /** The database; the import opens connections of its own. */
  url: string;
  keyRing: PartyKeys;
  actor: string;
  source: string;
  mode: LoadMode;
  file: string;
  /** Rows that the file must hold, over the manifest's. A snapshot that names them may end what it lacks. */
  expected?: number;
  /** The moment for which the file speaks, over the manifest's; 24 hours ago where nobody says it. */
  asOf?: Date;
  manifest?: Manifest;
  /** Thresholds that differ from the defaults; those of the source go before them. */
  gates?: GateSettings;
  /** The form of the file, where it is not to be sniffed. */
  reading?: ReadingOptions;
  /** Where the rejected rows go, which may depend on the load's id: JSON Lines of line, field, code and reason. */
  rejectedTo: string | ((loadId: string) => string);
  /** Called at the start of each phase, and about every second while rows arrive. */
  progress?: (progress: LoadProgress) => void;
};

/** The file of an upload that is complete; all else stands in its load. */
export type UploadRequest = Pick<ImportRequest, "url" | "keyRing" | "gates" | "file" | "rejectedTo"> & {
  id: string;
  /** Ends its connections: the load stays as it is, and its import begins again with the next request. */
  signal?: AbortSignal;
};

export const DEFAULT_AGE_MS = 24 * 3_600_000;
/** SQLSTATE disk_full: trying again by itself would fill the disk again. */
const DISK_FULL = "53100";
const ATTEMPTS_MAX = 5;
const PROGRESS_MS = 1_000;

/**
 * Refusals (`load-refused`) leave the register as it was and the load `failed`. A load of the same source that is under
 * way or waits for a person is a `conflict`; one that was killed is swept up here.
 */
export async function importFile(request: ImportRequest): Promise<Load> {
  const { url, source } = request;
  requireSourceName(source);
  const bytesTotal = await sizeOf(request.file);
  return withFeedSession(url, async (session) => {
    await takeSource(session, source);
    const run = { ...request, session, bytesTotal, threads: threadsFor(bytesTotal) };
    return viewLoad(await runLoad(run, await session.db.transaction((tx) => beginLoad(tx, run))));
  });
}

/** A load whose import lost the database, or was ended by its signal, keeps its file and waits for the next request. */
export async function importUpload({ id, signal, ...request }: UploadRequest): Promise<Load> {
  const bytesTotal = await sizeOf(request.file);
  const work = async (session: FeedSession): Promise<Load> => {
    const known = await findLoad(session.db, id);
    if (!known) throw new AppError("not-found");
    await takeSource(session, known.source);
    const begun = await session.db.transaction((tx) => beginAgain(tx, id));
    const { source, mode, actor, uploadSha256 } = begun.row;
    const manifest = uploadSha256 === null ? {} : { sha256: uploadSha256.toString("hex") };
    const mayResume = (error: unknown) => session.isLost() || isUnavailable(error);
    return viewLoad(
      await runLoad({ ...request, session, bytesTotal, source, mode, actor, manifest, mayResume }, begun),
    );
  };
  return withFeedSession(request.url, work, signal);
}

type Run = ImportRequest & {
  session: FeedSession;
  bytesTotal: number;
  /** Absent in a process that serves checks. */
  threads?: number;
  mayResume?: (error: unknown) => boolean;
};
type Begun = { row: LoadRow; source: SourceRow };

async function runLoad(run: Run, begun: Begun): Promise<LoadRow> {
  const { db } = run.session;
  try {
    return await receiveAndApply(run, begun);
  } catch (error) {
    if (run.mayResume?.(error) && databaseCode(error) !== DISK_FULL) throw error;
    await failLoad(db, begun.row.id, failureOf(error)).catch(() => {
      // A lost database, say: the next load of this source sweeps up, and the first error is the one to tell.
    });
    throw error;
  }
}

async function beginLoad(tx: Transaction, run: Run): Promise<Begun> {
  const { mode, actor, manifest } = run;
  const source = await ensureSource(tx, run.source);
  await refuseWhileWaiting(tx, run.source);
  const row = {
    id: newUuid(),
    source: run.source,
    mode,
    state: "receiving" as const,
    fileName: redactNumbers(manifest?.name ?? basename(run.file)),
    expectedRows: run.expected ?? manifest?.rows ?? null,
    asOf: run.asOf ?? manifest?.asOf ?? new Date(Date.now() - DEFAULT_AGE_MS),
    sequence: manifest?.sequence ?? null,
    baseState: manifest?.baseState ?? null,
    actor,
  };
  await refuseOutOfOrder(tx, row);
  const inserted = await insertLoad(tx, row);
  await createStage(tx, stageOf(row.id));
  return { row: inserted, source };
}

/** The file of an upload is read from its beginning, however far an earlier import came. */
async function beginAgain(tx: Transaction, id: string): Promise<Begun> {
  const current = await findLoad(tx, id);
  if (current?.state !== "receiving" && current?.state !== "validating") {
    throw new AppError("conflict", { note: `a load that is ${current?.state} is not imported again` });
  }
  await dropStage(tx, stageOf(id));
  await createStage(tx, stageOf(id));
  const source = await ensureSource(tx, current.source);
  return { row: requireMoved(await restartLoad(tx, id)), source };
}

async function refuseWhileWaiting(tx: Transaction, source: string): Promise<void> {
  const waiting = await findWaiting(tx, source);
  if (!waiting) return;
  const id = publicId("lod", waiting.id);
  if (waiting.state === "receiving" || waiting.state === "validating") {
    throw new AppError("conflict", { note: `${id} of ${source} is being uploaded: wait for its end` });
  }
  const note = `${id} of ${source} is ${waiting.state}: feed release ${id}, or feed discard ${id} --reason TEXT, comes first`;
  throw new AppError("conflict", { note });
}

async function receiveAndApply(run: Run, { row, source }: Begun): Promise<LoadRow> {
  const { client, db } = run.session;
  const { id, mode, asOf } = row;
  const stage = stageOf(id);
  const rejectedTo = typeof run.rejectedTo === "string" ? run.rejectedTo : run.rejectedTo(id);
  const report = reporterOf(run, id);
  const startedAt = performance.now();
  if (row.importAttempts > ATTEMPTS_MAX)
    refuse(`its import has ended early ${ATTEMPTS_MAX} times: load the file again`);
  // An upload takes its time: what was in order at its beginning may be so no more.
  await refuseOutOfOrder(db, row);
  report("receiving");
  const known = mode === "snapshot" ? await readKnown(run) : null;
  const received = await receiveFile(client, stage, run.keyRing, { ...run, rejectedTo, known, onRows: report.rows });
  const receivedAt = performance.now();
  report("validating");
  const counts: LoadCounts = { ...noCounts, ...received.counts };
  await db.transaction(async (tx) => {
    requireMoved(await moveLoad(tx, id, "validating", { fileSha256: received.sha256, counts }));
  });
  refuseOtherFile(received.sha256, run.manifest);
  refuseCount(counts, row.expectedRows);
  await analyzeStage(db, stage);

  report("comparing");
  const ended = await db.transaction(async (tx) => {
    const outranked = await listOutranked(tx, source.precedence);
    const staged: StagedLoad = { stage, source: row.source, loadId: id, mode, asOf, outranked };
    const difference = await compareStage(tx, staged);
    const timings = {
      receivedMs: Math.round(receivedAt - startedAt),
      comparedMs: Math.round(performance.now() - receivedAt),
      appliedMs: 0,
    };
    const compared = { staged, difference, counts, timings };
    const gates = await findGates(tx, row, difference, counts, { ...run.gates, ...source.gates });
    if (gates.length > 0 || source.activation === "manual") return holdLoad(tx, compared, gates, run.actor);
    report("applying");
    return activateLoad(tx, compared, { actor: run.actor, action: "feed.activate" });
  });
  report(ended.state === "activated" || ended.state === "ready" ? ended.state : "held");
  await refreshStatistics(db, ended);
  return ended;
}

/** Most rows of a source's next snapshot are as they were: they are told by their fingerprints. Null at a first load. */
async function readKnown({ session: { client, db }, source }: Run): Promise<KnownRows | null> {
  const rows = (await findLastActivated(db, source))?.liveRows ?? 0;
  return rows > 0 ? readKnownRows(client, source, rows) : null;
}

/** Of the live rows the last activation has recorded how many they are: counting them again would read the whole list. */
async function findGates(
  tx: Transaction,
  { source, mode, expectedRows }: LoadRow,
  { effects, ...difference }: Difference,
  { read, accepted, rejected, rejectedByCode }: LoadCounts,
  settings: GateSettings,
): Promise<GateFinding[]> {
  const live = (await findLastActivated(tx, source))?.liveRows ?? (await countLive(tx, source));
  const minors = (rejectedByCode["minor"] ?? 0) + (rejectedByCode["minor_unclear"] ?? 0);
  const isCounted = expectedRows !== null;
  const facts = { mode, isCounted, read, accepted, rejected, minors, live, ...effects, ...difference };
  return findingsOf(facts, { ...defaultThresholds, ...settings });
}

function refuseOtherFile(sha256: Buffer, manifest?: Manifest): void {
  if (manifest?.sha256 !== undefined && manifest.sha256.toLowerCase() !== sha256.toString("hex")) {
    refuse("the file is not the one of the manifest: its SHA-256 differs");
  }
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

function reporterOf({ progress, bytesTotal, session: { db } }: Run, id: string) {
  const startedAt = performance.now();
  let last = { read: 0, rejected: 0, bytes: 0, at: -Infinity };

  function report(phase: LoadPhase): void {
    const { read, rejected, bytes } = last;
    progress?.({ phase, rows: read, bytes, bytesTotal });
    if (phase !== "receiving" && phase !== "validating" && phase !== "comparing") return;
    const reached = { phase, read, rejected, bytes, bytesTotal, elapsedMs: Math.round(performance.now() - startedAt) };
    // The import's own statements tell what is wrong with the database.
    db.transaction((tx) => setProgress(tx, id, reached)).catch(() => {});
  }
  return Object.assign(report, {
    rows: ({ read, rejected }: { read: number; rejected: number }, bytes: number) => {
      const at = performance.now();
      const isDue = at - last.at >= PROGRESS_MS;
      last = { read, rejected, bytes, at: isDue ? at : last.at };
      if (isDue) report("receiving");
    },
  });
}
