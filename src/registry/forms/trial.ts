// A form on trial: it is drawn up as it would be, looked at, and undone.
import type { CourtActor } from "../../courts/index.ts";
import { type Database, tryOut } from "../../platform/database.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { findCase } from "../act-queries.ts";
import { findBars } from "../bars.ts";
import { draftOf } from "../decision.ts";
import { type DraftForm, draftListings } from "../draft.ts";
import type { PartyKeys } from "../party.ts";
import { readDocuments } from "../reading.ts";

export async function tryDraft(db: Database, keys: PartyKeys, actor: CourtActor, form: DraftForm, now: Date) {
  // In the order of the form: each party's listing first, then its limit.
  const places = form.parties.flatMap(({ listing, limit }, at) => [...(listing ? [at] : []), ...(limit ? [at] : [])]);
  return tryOut(db, async (tx) => {
    const listings = await draftListings(tx, keys, actor, form, now);
    const drafts = await readDocuments(
      tx,
      listings.map((listing) => ({ listing, exit: null })),
    );
    return Promise.all(
      drafts.map(async (draft, at) => {
        const found = await findCase(tx, draft.listing.id);
        const bars = found ? findBars(await draftOf(tx, found), shanghaiDate(now)) : [];
        return { ...draft, place: places[at] ?? 0, bars };
      }),
    );
  });
}
