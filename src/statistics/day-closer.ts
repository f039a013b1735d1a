// The part of the service that closes days by itself, a while after midnight and after whatever it has missed.
import type { Database } from "../platform/database.ts";
import type { Logger } from "../platform/log.ts";
import { type Now, systemNow } from "../platform/time.ts";
import { closeDays } from "./closing.ts";

const ROUND_MS = 10 * 60_000;

export type DayCloser = { stop: () => Promise<void> };

export function startDayCloser({ db, log, now = systemNow }: { db: Database; log: Logger; now?: Now }): DayCloser {
  let round = Promise.resolve();
  let isStopped = false;
  const timer = setInterval(look, ROUND_MS).unref();
  look();

  function look(): void {
    round = round.then(closeWhatIsOver).catch((error: unknown) => log.warn({ err: error }, "days were not closed"));
  }

  async function closeWhatIsOver(): Promise<void> {
    if (isStopped) return;
    const { closed, judgedAgain, through } = await closeDays(db, now());
    if (closed + judgedAgain > 0) log.debug({ closed, judgedAgain, through }, "days closed");
  }

  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await round;
    },
  };
}
