// The whole number of a listed party, for the court that needs it: for a reason, and on the audit trail.
import { appendAudit } from "../../audit/index.ts";
import { auditNameOf, type CourtActor, requireJurisdiction } from "../../courts/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { open } from "../../platform/envelope.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { findCompetentCourt } from "../competence.ts";
import { placeOfNumber } from "../party.ts";
import { findListing } from "../queries.ts";
import { listDocuments } from "./queries.ts";

export type Revealed = { name: string; documents: { type: string; number: string | null; masked: string }[] };

export async function revealListing(
  tx: Transaction,
  ring: Pick<KeyRing, "dataKeys">,
  actor: CourtActor,
  { id, reason }: { id: string; reason: string },
): Promise<Revealed> {
  const listing = await findListing(tx, id);
  if (!listing) throw new AppError("not-found");
  await requireJurisdiction(tx, actor, await findCompetentCourt(tx, listing), "act");
  const subject = publicId("lst", id);
  await appendAudit(tx, { actor: auditNameOf(actor), action: "listing.reveal", subject, reason });
  const documents = await listDocuments(tx, listing.subjectId);
  return {
    name: listing.name,
    documents: documents.map(({ kind: type, masked, numberSealed, blindIndex }) => {
      const number = numberSealed && open(ring.dataKeys, placeOfNumber(blindIndex), numberSealed);
      return { type, number, masked };
    }),
  };
}
