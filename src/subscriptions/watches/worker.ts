// Follows the register for watchers, and once a minute ends the watches and matches whose days are over.
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../platform/database.ts";
import type { Logger } from "../../platform/log.ts";
import type { Now } from "../../platform/time.ts";
import { startFollower } from "../../registry/index.ts";
import { sweepWatches, watchFollower } from "./following.ts";

const SWEEP_MS = 60_000;

export function startWatches({ db, log, now }: { db: Database; log: Logger; now: Now }) {
  const follower = startFollower({ db, log }, watchFollower(now));
  const stopped = new AbortController();
  const { signal } = stopped;
  const sweeping = sweep();

  async function sweep(): Promise<void> {
    while (!signal.aborted) {
      await sweepWatches(db, now()).catch((error: unknown) =>
        log.warn({ err: error }, "watches whose days are over wait for the next sweep"),
      );
      await pause(SWEEP_MS, null, { signal }).catch(() => {});
    }
  }

  return {
    async stop(): Promise<void> {
      stopped.abort();
      await Promise.all([follower.stop(), sweeping]);
    },
  };
}
