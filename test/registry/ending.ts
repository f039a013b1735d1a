// A court's end of a listing, for tests of what follows from it.
import type { CourtActor } from "../../src/courts/index.ts";
import type { Transaction } from "../../src/platform/database.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { findListing, type Removal, removeListing, type Taken } from "../../src/registry/index.ts";

/** Deletes it because the debtor has performed, unless another exit is given. */
export async function endByCourt(
  tx: Transaction,
  id: string,
  {
    exit = { operation: "delete", ground: { code: "R1" } },
    judge = "judge",
  }: { exit?: Removal["exit"]; judge?: string } = {},
): Promise<Taken> {
  const listing = await findListing(tx, id);
  if (!listing?.courtCode) throw new Error("no listing of a court");
  const court = listing.courtCode;
  const actor: CourtActor = { kind: "staff", id: judge, name: judge, court, role: "judge", delegation: null };
  const now = new Date();
  const today = shanghaiDate(now);
  const removal = { exit, reasonAroseOn: today, reachedCourtOn: today, reason: "全部履行" };
  return removeListing(tx, actor, { id, version: listing.version, now }, removal);
}
