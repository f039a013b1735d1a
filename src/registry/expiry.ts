// The end of terms (art. 10 para. 2): checks stop by themselves at midnight; this is the court's housekeeping afterwards.
import { setTimeout as pause } from "node:timers/promises";
import { systemActor } from "../courts/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { Logger } from "../platform/log.ts";
import { addDays, type Now, shanghaiDate } from "../platform/time.ts";
import { listTermsOver } from "./act-queries.ts";
import type { Listing } from "./content.ts";
import { removeListing } from "./removal.ts";

const BATCH_ROWS = 200;
/** A look costs one probe of a small index; a listing that was rectified at noon to a term that is over ends by day too. */
const LOOK_MS = 60_000;
const RETRY_MS = 5_000;

export type ExpiryOptions = {
  /** Stops between two listings. */
  signal?: AbortSignal;
  /** What could not be ended: somebody changed it meanwhile, or the law has more to say about it. */
  onLeft?: (listing: string, code: string) => void;
};

/** Ends every court listing whose decided term is over, each as an act of its own; how many. */
export async function expireListings(
  db: Database,
  now: Date,
  { signal, onLeft = () => {} }: ExpiryOptions = {},
): Promise<number> {
  let expired = 0;
  let after: Listing | null = null;
  for (;;) {
    // On from the last one looked at: what cannot be ended stands in nobody's way.
    const due: Listing[] = await listTermsOver(db, { today: shanghaiDate(now), after, limit: BATCH_ROWS });
    for (const listing of due) {
      if (signal?.aborted) return expired;
      const left = await expireListing(db, listing, now);
      if (left === null) expired++;
      else onLeft(publicId("lst", listing.id), left);
    }
    after = due.at(-1) ?? null;
    if (due.length < BATCH_ROWS) return expired;
  }
}

/**
 * Ends terms by itself, day after day. Processes that look at the same time end each listing once: the act is bound to
 * the version that it saw. A kill leaves whole acts behind, and the next look takes what is left.
 */
export function startExpiry({
  db,
  now,
  log,
  lookMs = LOOK_MS,
}: {
  db: Database;
  now: Now;
  log: Logger;
  lookMs?: number;
}) {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) await rest((await look()) ? lookMs : Math.min(RETRY_MS, lookMs));
  }

  async function look(): Promise<boolean> {
    try {
      const onLeft = (listing: string, code: string) =>
        log.warn({ listing, code }, "a term is over that was not ended");
      const expired = await expireListings(db, now(), { signal, onLeft });
      if (expired > 0) log.info({ expired }, "terms ended");
      return true;
    } catch (error) {
      log.warn({ err: error }, "the end of terms is looked at again");
      return false;
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, null, { signal }).catch(() => {});
  }

  return {
    async stop(): Promise<void> {
      stopped.abort();
      await running;
    },
  };
}

/** Null where it ended; otherwise the problem that it met. */
async function expireListing(db: Database, { id, version, answersUntil }: Listing, now: Date): Promise<string | null> {
  const endedOn = addDays(answersUntil ?? shanghaiDate(now), 1);
  const days = { reasonAroseOn: endedOn, reachedCourtOn: endedOn };
  const removal = { exit: { operation: "expire" } as const, ...days, reason: "纳入期限届满" };
  try {
    await db.transaction((tx) => removeListing(tx, systemActor("expiry"), { id, version, now }, removal));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
