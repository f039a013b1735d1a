// How long what was told is kept, in the feed and in the log of deliveries; and who is told that something is gone.
import { pruneEvents, readExtent } from "../../events/index.ts";
import type { Database } from "../../platform/database.ts";
import { advanceIdle, deleteEnded } from "./delivery-queries.ts";
import { listLeftBehind } from "./endpoint-queries.ts";
import { disableEndpoint } from "./endpoint.ts";

export const RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;
const STEP_ROWS = 5_000;

/** Forgets events and ended deliveries older than `days`. An endpoint that was not told all of them is disabled. */
export async function forgetOld(db: Database, now: Date, days: number): Promise<void> {
  const before = new Date(now.getTime() - days * DAY_MS);
  await db.transaction(advanceIdle);
  if ((await pruneEvents(db, before)) > 0) await disableLeftBehind(db, now);
  while ((await db.transaction((tx) => deleteEnded(tx, before, STEP_ROWS))) === STEP_ROWS);
}

async function disableLeftBehind(db: Database, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const { prunedThrough } = await readExtent(tx);
    for (const endpoint of await listLeftBehind(tx, prunedThrough))
      await disableEndpoint(tx, endpoint, "events_gone", now);
  });
}
