// The end of events: what is older than the retention goes, from the oldest on, and places before it are too old.
import type { Database } from "../platform/database.ts";
import { deleteOldest } from "./queries.ts";

/** Appending waits for the end of a step. */
const STEP_ROWS = 5_000;

/** Removes events from before `before`; says how many. */
export async function pruneEvents(db: Database, before: Date): Promise<number> {
  let events = 0;
  for (;;) {
    const gone = await db.transaction((tx) => deleteOldest(tx, before, STEP_ROWS));
    events += gone;
    if (gone < STEP_ROWS) return events;
  }
}
