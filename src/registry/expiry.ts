// The end of terms (art. 10 para. 2): checks stop by themselves at midnight; this is the court's housekeeping afterwards.
import { systemActor } from "../courts/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { addDays, shanghaiDate } from "../platform/time.ts";
import { listTermsOver } from "./act-queries.ts";
import type { Listing } from "./content.ts";
import { removeListing } from "./removal.ts";

const BATCH_ROWS = 200;

/** Ends every court listing whose decided term is over, each as an act of its own; how many. */
export async function expireListings(db: Database, now: Date): Promise<number> {
  let expired = 0;
  for (;;) {
    const due = await listTermsOver(db, shanghaiDate(now), BATCH_ROWS);
    const outcomes = [];
    for (const listing of due) outcomes.push(await expireListing(db, listing, now));
    expired += outcomes.filter(Boolean).length;
    // What somebody changed meanwhile is looked at the next time.
    if (due.length < BATCH_ROWS || !outcomes.includes(true)) return expired;
  }
}

async function expireListing(db: Database, { id, version, answersUntil }: Listing, now: Date): Promise<boolean> {
  const endedOn = addDays(answersUntil ?? shanghaiDate(now), 1);
  const days = { reasonAroseOn: endedOn, reachedCourtOn: endedOn };
  const removal = { exit: { operation: "expire" } as const, ...days, reason: "纳入期限届满" };
  try {
    await db.transaction((tx) => removeListing(tx, systemActor("expiry"), { id, version, now }, removal));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "precondition-failed") return false;
    throw error;
  }
}
