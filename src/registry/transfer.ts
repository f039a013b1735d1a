// A case that another court takes over: from then on that court acts on the listing, and the former one no more. What has
// a legacy number and stands in no court's list is assigned to a court in the same way.
import { type CourtActor, findCourt, systemActor, visibleCourts } from "../courts/index.ts";
import type { Database, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Taken, takeAct, type Target } from "./act.ts";
import { moveDeadlines } from "./deadlines.ts";
import { competentCourt, findCourtNamed, requireToMove } from "./competence.ts";
import type { Listing } from "./content.ts";
import { listUnassigned } from "./listing-queries.ts";

const BATCH_ROWS = 200;

type Transfer = { court: string; reason: string };

export async function transferListing(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { court, reason }: Transfer,
): Promise<Taken> {
  const plan = async ({ listing }: { listing: Listing }) => {
    const from = competentCourt(listing);
    const to = await findCourt(tx, court);
    const isOut = from === null && (await isBeyond(tx, actor, listing, court));
    if (!to || to.validUntil !== null || court === from || isOut)
      throw new AppError("validation", { faults: [{ pointer: "#/court", code: "not_allowed" }] });
    return {
      act: { name: "transfer" } as const,
      columns: { competentCourt: court },
      reason,
      detail: { from, to: court },
    };
  };
  const taken = await takeAct(tx, actor, target, plan, requireToMove);
  await moveDeadlines(tx, taken.listing);
  return taken;
}

/** Whoever assigns does so to itself and the courts below it; the court that the name alone tells transfers like any. */
async function isBeyond(tx: Transaction, actor: CourtActor, { courtName }: Listing, court: string): Promise<boolean> {
  if (actor.court !== null && actor.court === (await findCourtNamed(tx, courtName))) return false;
  return (await visibleCourts(tx, actor))?.includes(court) === false;
}

/**
 * Gives what stands in no court's list, and names a court that one court alone bears or bore, to that court; each as an
 * act of its own, and how many. What names none, several, or a court that is closed is left for somebody to assign.
 */
export async function assignNamed(
  db: Database,
  operator: string,
  { reason, now }: { reason: string; now: Date },
): Promise<number> {
  const courts = new Map<string, string | null>();
  let assigned = 0;
  let before: string | null = null;
  for (;;) {
    const rows: Listing[] = await listUnassigned(db, { region: "", before, limit: BATCH_ROWS });
    for (const { id, version, courtName } of rows) {
      if (!courts.has(courtName)) courts.set(courtName, await findCourtNamed(db, courtName));
      const court = courts.get(courtName) ?? null;
      if (court !== null && (await assign(db, operator, { id, version, now }, { court, reason }))) assigned++;
    }
    before = rows.at(-1)?.id ?? null;
    if (rows.length < BATCH_ROWS) return assigned;
  }
}

/** False where a court took it over meanwhile, or the named one is closed. */
async function assign(db: Database, operator: string, target: Target, given: Transfer): Promise<boolean> {
  try {
    await db.transaction((tx) => transferListing(tx, systemActor(operator), target, given));
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
