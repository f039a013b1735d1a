// Starts the service and stops it on SIGINT or SIGTERM: readiness first, then requests, then the database.
import { createApp } from "./app.ts";
import { createHotConnection } from "./checks/index.ts";
import { parseConfig } from "./config.ts";
import { openRuntime, prepareDemonstration } from "./ops/index.ts";
import { createLog } from "./platform/log.ts";
import { startServer } from "./platform/server.ts";

/** A stop that hangs is no stop: after this the process ends all the same, and what was answered is on record. */
const STOP_MS_MAX = 25_000;

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const log = createLog();
  const runtime = await openRuntime({ ...config, name: "service", report: print });
  runtime.watch();
  const demonstration = config.production ? null : await prepareDemonstration(runtime, config.dataDirectory, print);
  const hot = createHotConnection(runtime.url);
  let stopping = false;
  const { app, drain } = createApp({
    connection: runtime,
    hot,
    ring: runtime.ring,
    log,
    demonstration: demonstration !== null,
    stopping: () => stopping,
  });
  const server = await startServer(app, config);
  print(`\nThe register serves ${server.url}  (documentation: ${server.url}/docs)`);
  demonstration?.introduce(server.url, print);

  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    print(`\n${signal}: finishing what was accepted …`);
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    await server.stop();
    await drain();
    await hot.end();
    await runtime.end();
    print("Stopped.");
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
