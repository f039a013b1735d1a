// What an agency is told about a sanction of its own: ids and days, so that whatever else it reads is read with its key.
import type { NewEvent } from "../../events/index.ts";
import { publicId } from "../../platform/id.ts";
import type { SanctionEvidence } from "./evidence-queries.ts";
import type { NewObligation } from "./obligation-queries.ts";
import type { NewReview } from "./review-queries.ts";

type Told = Pick<SanctionEvidence, "id" | "agencyId" | "checkId">;

export function dueEvent(sanction: Told, { id, listingId, dueOn }: NewObligation): NewEvent {
  return eventOf("lift.due", sanction, { obligation: publicId("lft", id), listing: publicId("lst", listingId), dueOn });
}

/** `listingId` is the listing by which the party was listed again. */
export function cancelledEvent(sanction: Told, { id, listingId }: { id: string; listingId: string }): NewEvent {
  return eventOf("lift.cancelled", sanction, { obligation: publicId("lft", id), listing: publicId("lst", listingId) });
}

export function reapplicationEvent(sanction: Told, listingId: string): NewEvent {
  return eventOf("reapplication.open", sanction, { listing: publicId("lst", listingId) });
}

export function reviewEvent(sanction: Told, { id, listingId, cause, dueOn }: NewReview): NewEvent {
  const listing = publicId("lst", listingId);
  return eventOf("review.due", sanction, { review: publicId("rvw", id), listing, cause, dueOn });
}

/** In order for each sanction. */
function eventOf(type: NewEvent["type"], { id, agencyId, checkId }: Told, data: NewEvent["data"]): NewEvent {
  const sanction = publicId("san", id);
  return { agencyId, type, orderKey: sanction, data: { sanction, check: publicId("chk", checkId), ...data } };
}
