// Starts the service and stops it on SIGINT or SIGTERM: readiness first, then requests, then the database. With WORKERS it
// starts processes that each do what one does alone, keeps the database for them, and replaces them on SIGHUP.
import { join } from "node:path";
import { createApp } from "./app.ts";
import {
  catchUp,
  cosignerConnection,
  logIdentity,
  publishedMark,
  requirePublishedLog,
  startCosigner,
  startSequencerThread,
  witnessName,
} from "./audit/index.ts";
import { alignFeedbackTasks, createHotConnection } from "./checks/index.ts";
import { alignClocks } from "./courts/index.ts";
import { type Config, ConfigurationError, parseConfig } from "./config.ts";
import { startLoadWorker } from "./feeds/index.ts";
import { isWorker, keyRingPathOf, openRuntime, prepareDemonstration, type Runtime } from "./ops/index.ts";
import { startBackground, startWorkers, tellServing } from "./ops/index.ts";
import { connectSql } from "./platform/database.ts";
import { describeFailure } from "./platform/failure.ts";
import { createLog } from "./platform/log.ts";
import { shareMetrics } from "./platform/metrics.ts";
import { startServer } from "./platform/server.ts";
import { shanghaiDate } from "./platform/time.ts";
import { SEARCH_POOL } from "./portal/index.ts";
import { logUncaught } from "./platform/uncaught.ts";

/** A stop that hangs is no stop: after this the process ends all the same, and what was answered is on record. */
const STOP_MS_MAX = 25_000;

const print = (line: string) => process.stdout.write(`${line}\n`);
let stopping = false;

/** Starts everything, and returns what stops it. */
async function start(): Promise<() => Promise<void>> {
  const config = parseConfig(process.env);
  const runtime = await openRuntime({ ...config, name: "service", report: print });
  try {
    return await (config.workers > 1 && !isWorker ? lead : serve)(config, runtime);
  } catch (error) {
    await runtime.end();
    throw error;
  }
}

/** Keeps the database and the processes that serve from it. */
async function lead(config: Config, runtime: Runtime): Promise<() => Promise<void>> {
  const log = createLog();
  logUncaught(log);
  runtime.watch();
  const demonstration = config.production ? null : await prepareDemonstration(runtime, config.dataDirectory, print);
  const environment = { DATABASE_URL: runtime.url, KEY_RING: keyRingPathOf(config) };
  const workers = await startWorkers({ count: config.workers, environment, log });
  process.on("SIGHUP", () => void workers.replaceAll());
  print(`\nThe register serves ${workers.url} in ${config.workers} processes  (documentation: ${workers.url}/docs)`);
  demonstration?.introduce(workers.url, print);
  return async () => {
    await workers.stop();
    await runtime.end();
  };
}

async function serve(config: Config, runtime: Runtime): Promise<() => Promise<void>> {
  const log = createLog();
  logUncaught(log);
  const { witnesses, quorum } = config;
  const identity = logIdentity(config.logOrigin, runtime.ring.logKeys, runtime.ring.retiredLogKeys);
  const mark = publishedMark(config.dataDirectory);
  await requirePublishedLog({ sql: runtime.sql, identity, mark, witnesses });
  runtime.watch();
  await runtime.db.transaction(alignClocks);
  await runtime.db.transaction((tx) => alignFeedbackTasks(tx, shanghaiDate(new Date())));
  const demonstration = config.production ? null : await prepareDemonstration(runtime, config.dataDirectory, print);
  const hot = createHotConnection(runtime.url);
  const searching = connectSql(runtime.url, { name: "search", ...SEARCH_POOL });
  const bulk = { directory: join(config.dataDirectory, "bulk"), hot: createHotConnection(runtime.url) };
  const { db, url, ring } = runtime;
  const { dataDirectory } = config;
  const sequencer = startSequencerThread({ url, identity, quorum, dataDirectory }, log);
  const cosigner = startCosigner({ open: () => cosignerConnection(url), identity, witnesses, mark, log });
  const worker = startLoadWorker({ db, url, ring, dataDirectory, gates: config.feedGates, log });
  const opening = catchUp(runtime.sql).then(async () => {
    const { app, drain, metrics } = createApp({
      connection: runtime,
      hot,
      ring,
      log,
      identity,
      publicUrl: config.publicUrl,
      demonstration: demonstration !== null,
      witnesses: config.witnesses.map(witnessName),
      limits: config.limits,
      misuse: config.misuse,
      loads: { url, dataDirectory, worker },
      bulk,
      proxies: config.proxies,
      whoAskedDelays: config.whoAskedDelays,
      liaisonCourt: config.court,
      webhookTargets: config.webhookTargets,
      searching,
      siteFooter: config.siteFooter,
      backupMark: config.backupMark,
      stopping: () => stopping,
    });
    return { server: await startServer(app, config), drain, metrics };
  });
  const { server, drain, metrics } = await opening.catch(async (error: unknown) => {
    await Promise.all([worker.stop(), sequencer.stop(), cosigner.stop()]);
    throw error;
  });
  const background = startBackground({ url, ring, log, metrics, ...config });
  shareMetrics(metrics);
  tellServing(server.url);
  if (!isWorker) print(`\nThe register serves ${server.url}  (documentation: ${server.url}/docs)`);
  if (!isWorker) demonstration?.introduce(server.url, print);
  return async () => {
    await worker.stop();
    await server.stop();
    await drain();
    await background.stop();
    await hot.end();
    await searching.end({ timeout: 5 });
    await bulk.hot.end();
    await sequencer.stop();
    await cosigner.stop();
    await runtime.end();
  };
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : describeFailure(error)}\n`);
  process.exitCode = 1;
}

const started = start();
started.catch(fail);

/** A signal during the start waits for its end: what is half open could not be closed. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (!isWorker) print(`\n${signal}: finishing what was accepted …`);
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  const close = await started.catch(() => null);
  if (!close) return;
  await close();
  if (isWorker) process.disconnect();
  else print("Stopped.");
}
// A terminal that is closed says so to every process; the primary decides what follows.
if (isWorker) process.on("SIGHUP", () => {});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal).catch(fail));
