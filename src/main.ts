// Starts the service and stops it on SIGINT or SIGTERM: readiness first, then requests, then the database.
import { createApp } from "./app.ts";
import {
  catchUp,
  cosignerConnection,
  logIdentity,
  publishedMark,
  requirePublishedLog,
  sequencerConnection,
  startCosigner,
  startSequencer,
  witnessName,
} from "./audit/index.ts";
import { createHotConnection } from "./checks/index.ts";
import { alignClocks } from "./courts/index.ts";
import { type Config, ConfigurationError, parseConfig } from "./config.ts";
import { startLoadWorker } from "./feeds/index.ts";
import { openRuntime, prepareDemonstration, type Runtime } from "./ops/index.ts";
import { describeFailure } from "./platform/failure.ts";
import { createLog } from "./platform/log.ts";
import { startServer } from "./platform/server.ts";
import { startDayCloser } from "./statistics/index.ts";
import { systemNow } from "./platform/time.ts";
import { logUncaught } from "./platform/uncaught.ts";
import { startNotices } from "./subscriptions/notices/index.ts";
import { startWatches } from "./subscriptions/watches/index.ts";
import { startLifting } from "./sanctions/index.ts";

/** A stop that hangs is no stop: after this the process ends all the same, and what was answered is on record. */
const STOP_MS_MAX = 25_000;

const print = (line: string) => process.stdout.write(`${line}\n`);
let stopping = false;

/** Starts everything, and returns what stops it. */
async function start(): Promise<() => Promise<void>> {
  const config = parseConfig(process.env);
  const runtime = await openRuntime({ ...config, name: "service", report: print });
  try {
    return await serve(config, runtime);
  } catch (error) {
    await runtime.end();
    throw error;
  }
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
  const demonstration = config.production ? null : await prepareDemonstration(runtime, config.dataDirectory, print);
  const hot = createHotConnection(runtime.url);
  const { db, url, ring } = runtime;
  const { dataDirectory } = config;
  const sequencer = startSequencer({ open: () => sequencerConnection(url), identity, quorum, mark, log });
  const cosigner = startCosigner({ open: () => cosignerConnection(url), identity, witnesses, mark, log });
  const worker = startLoadWorker({ db, url, ring, dataDirectory, gates: config.feedGates, log });
  const dayCloser = startDayCloser({ db, log });
  const notices = startNotices({ db, log, settings: config.notices, now: systemNow });
  const watches = startWatches({ db, log, now: systemNow });
  const lifting = startLifting({ db, log });
  const opening = catchUp(runtime.sql).then(async () => {
    const { app, drain } = createApp({
      connection: runtime,
      hot,
      ring,
      log,
      identity,
      publicUrl: config.publicUrl,
      demonstration: demonstration !== null,
      witnesses: config.witnesses.map(witnessName),
      loads: { url, dataDirectory, worker },
      proxies: config.proxies,
      whoAskedDelays: config.whoAskedDelays,
      stopping: () => stopping,
    });
    return { server: await startServer(app, config), drain };
  });
  const { server, drain } = await opening.catch(async (error: unknown) => {
    await Promise.all([worker, lifting, notices, watches, dayCloser, sequencer, cosigner].map((each) => each.stop()));
    throw error;
  });
  print(`\nThe register serves ${server.url}  (documentation: ${server.url}/docs)`);
  demonstration?.introduce(server.url, print);
  return async () => {
    await Promise.all([worker.stop(), lifting.stop()]);
    await server.stop();
    await drain();
    await Promise.all([notices.stop(), watches.stop()]);
    await hot.end();
    await dayCloser.stop();
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
  print(`\n${signal}: finishing what was accepted …`);
  setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
  const close = await started.catch(() => null);
  if (!close) return;
  await close();
  print("Stopped.");
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal).catch(fail));
