// The part of the service that keeps the record's partitions: it makes months ahead and indexes those that are over.
import type { Database } from "../../platform/database.ts";
import type { Logger } from "../../platform/log.ts";
import { type Now, systemNow } from "../../platform/time.ts";
import { indexMonthsOver, makeMonths } from "./months.ts";

const ROUND_MS = 30 * 60_000;

export type RecordKeeper = { stop: () => Promise<void> };

export function startRecordKeeper({
  db,
  log,
  now = systemNow,
}: {
  db: Database;
  log: Logger;
  now?: Now;
}): RecordKeeper {
  let round = Promise.resolve();
  let isStopped = false;
  const timer = setInterval(look, ROUND_MS).unref();
  look();

  function look(): void {
    round = round.then(keep).catch((error: unknown) => log.warn({ err: error }, "months of the record were not kept"));
  }

  async function keep(): Promise<void> {
    if (isStopped) return;
    const made = await db.transaction((tx) => makeMonths(tx, now()));
    if (made.length > 0) log.info({ months: made.map(({ name }) => name) }, "months of the record made");
    const indexed = await indexMonthsOver(db, now());
    if (indexed.length > 0) log.info({ partitions: indexed }, "months of the record indexed");
  }

  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await round;
    },
  };
}
