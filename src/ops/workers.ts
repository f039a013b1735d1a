// The processes that serve, seen from the one that started them: it opens no port of its own, puts another in the place of
// each that ends, and on request all of them in turn, so that there is always somebody who answers (node:cluster).
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../platform/error.ts";
import type { Logger } from "../platform/log.ts";
import { answerMetrics } from "../platform/metrics.ts";

/** A process that ends at once would be started thousands of times. */
const RESTART_MS_MIN = 1_000;
const RESTART_MS_MAX = 30_000;
/** One that has served so long has recovered from whatever it was. */
const STEADY_MS = 60_000;
/** Longer than a process takes to answer what it accepted (`main.ts`). */
const STOP_MS_MAX = 30_000;

export type WorkersOptions = {
  count: number;
  /** What every process is given beside the environment of this one. */
  environment: Record<string, string>;
  log: Logger;
};

export type Workers = {
  /** Where all of them serve. */
  url: string;
  /** Starts another process for each one there is, and lets that one end once the other serves. */
  replaceAll: () => Promise<void>;
  /** Lets all of them answer what they accepted. */
  stop: () => Promise<void>;
};

/** Returns once all serve; throws where the first one does not come up. */
export async function startWorkers({ count, environment, log }: WorkersOptions): Promise<Workers> {
  const leaving = new Set<Worker>();
  let stopped = false;
  let restartMs = RESTART_MS_MIN;
  let replacing = Promise.resolve();
  const start = () => begin(environment, onExit);
  answerMetrics();
  const { url } = await start();
  await Promise.all(Array.from({ length: count - 1 }, start));
  return { url, replaceAll, stop };

  function onExit(worker: Worker, servedMs: number): void {
    if (leaving.delete(worker) || stopped) return;
    log.error({ worker: worker.id }, "a process of the service ended; another takes its place");
    if (servedMs > STEADY_MS) restartMs = RESTART_MS_MIN;
    void bringBack();
  }

  async function bringBack(): Promise<void> {
    for (let isBack = false; !isBack;) {
      await pause(restartMs);
      restartMs = Math.min(2 * restartMs, RESTART_MS_MAX);
      if (stopped) return;
      isBack = await start().then(
        () => true,
        (error: unknown) => {
          log.error({ err: error }, "no process could be started in its place");
          return false;
        },
      );
    }
  }

  function replaceAll(): Promise<void> {
    replacing = replacing.then(replaceEach).catch((error: unknown) => {
      log.error({ err: error }, "the processes of the service were not replaced");
    });
    return replacing;
  }

  async function replaceEach(): Promise<void> {
    for (const worker of serving()) {
      if (stopped) return;
      await start();
      leaving.add(worker);
      await end(worker);
    }
    log.info({ count }, "every process of the service was replaced");
  }

  async function stop(): Promise<void> {
    stopped = true;
    await Promise.all(serving().map(end));
  }
}

type Started = { worker: Worker; url: string };

/** A process that serves; `conflict` where it ended before it did, and has said why itself. Its later end is `onExit`'s. */
function begin(
  environment: Record<string, string>,
  onExit: (worker: Worker, servedMs: number) => void,
): Promise<Started> {
  const worker = cluster.fork(environment);
  const startedAt = Date.now();
  return new Promise((resolve, reject) => {
    let isServing = false;
    worker.on("message", (message: unknown) => {
      const url = urlIn(message);
      if (url === null) return;
      isServing = true;
      resolve({ worker, url });
    });
    worker.once("exit", () => {
      if (isServing) onExit(worker, Date.now() - startedAt);
      else reject(new AppError("conflict", { note: "a process of the service ended before it served" }));
    });
  });
}

/** Lets a process answer what it accepted. */
async function end(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const ended = once(worker, "exit");
  worker.process.kill("SIGTERM");
  const kill = setTimeout(() => worker.process.kill("SIGKILL"), STOP_MS_MAX);
  await ended;
  clearTimeout(kill);
}

function serving(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** What a process says once it serves. */
function urlIn(message: unknown): string | null {
  const url: unknown = typeof message === "object" && message !== null ? Reflect.get(message, "serves") : null;
  return typeof url === "string" ? url : null;
}

/** Tells the process that started this one where it serves. */
export function tellServing(url: string): void {
  if (cluster.isWorker) process.send?.({ serves: url });
}

export const isWorker = cluster.isWorker;
