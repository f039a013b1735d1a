// Follows the register and tells agencies; once an hour it also looks for terms that ran out at midnight.
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../platform/database.ts";
import type { Logger } from "../../platform/log.ts";
import { startFollower } from "../../registry/index.ts";
import { type NoticeOptions, noticeFollower, tellOfTermsOver } from "./telling.ts";

const TERMS_MS = 3_600_000;

export function startNotices({ db, log, ...options }: { db: Database; log: Logger } & NoticeOptions) {
  const follower = startFollower({ db, log }, noticeFollower(options));
  const stopped = new AbortController();
  const { signal } = stopped;
  const looking = lookForTermsOver();

  async function lookForTermsOver(): Promise<void> {
    while (!signal.aborted) {
      const { settings, now } = options;
      await db
        .transaction((tx) => tellOfTermsOver(tx, settings, now()))
        .catch((error: unknown) => log.warn({ err: error }, "the look for terms that are over begins again later"));
      await pause(TERMS_MS, null, { signal }).catch(() => {});
    }
  }

  return {
    async stop(): Promise<void> {
      stopped.abort();
      await Promise.all([follower.stop(), looking]);
    },
  };
}
