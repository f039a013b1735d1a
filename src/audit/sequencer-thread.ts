// The sequencer on a thread of its own: what it hashes and signs for a busy log keeps no answer waiting.
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Logger } from "../platform/log.ts";
import type { LogIdentity } from "./identity.ts";
import type { Sequencer } from "./sequencer.ts";

/** Before a thread takes the place of one that ended. */
const RETRY_MS = 1_000;

export type SequencerThreadData = {
  url: string;
  identity: LogIdentity;
  quorum: number;
  /** Where the published mark is kept, if it is. */
  dataDirectory: string | null;
};

export function startSequencerThread(data: SequencerThreadData, log: Logger): Sequencer {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await untilItEnds(new Worker(new URL("sequencer-worker.ts", import.meta.url), { workerData: data }));
      await pause(RETRY_MS, null, { signal }).catch(() => {});
    }
  }

  async function untilItEnds(worker: Worker): Promise<void> {
    const stop = () => worker.postMessage("stop", []);
    signal.addEventListener("abort", stop);
    worker.on("error", (err) => log.error({ err }, "the sequencer's thread failed"));

    await new Promise((resolve) => worker.once("exit", resolve));
    signal.removeEventListener("abort", stop);
  }

  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
