// A party's own application: with the court's code its review begins at once, without it nothing follows but a receipt.
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiDate } from "../../platform/time.ts";
import type { z } from "../../platform/http.ts";
import { competentCourt } from "../../registry/index.ts";
import { beginReview, receiveUnverified } from "../objection.ts";
import { auditParty, findClaimant } from "../party-code.ts";
import { findPartyListing } from "../party-queries.ts";
import type { ObjectionRow } from "../queries.ts";
import { refusalError, refusalOf } from "../refusal.ts";
import { applicationOf, caseOf, documentOf, type PartyObjection } from "./request.ts";

export async function receiveApplication(
  tx: Transaction,
  ring: KeyRing,
  given: z.infer<typeof PartyObjection>,
  now: Date,
): Promise<ObjectionRow> {
  const { caseNumber, courtCode } = caseOf(given.caseNumber);
  const { kind, ground, list, agent, code, name } = given;
  const applicant = agent ? ("agent" as const) : ("party" as const);
  const base = { kind, ground, channel: "portal" as const, applicant, application: applicationOf(given) };
  // Without the code it is the same insert for a listed party, another number and a case that nobody knows.
  if (code === undefined) return receiveUnverified(tx, ring, { ...base, list, courtCode, caseNumber }, now);
  const subjectId = await findClaimant(tx, ring, { name, document: documentOf(given.document), code });
  if (subjectId === null) throw new AppError("party-not-verified");
  const listing = await findPartyListing(tx, subjectId, list, caseNumber);
  if (!listing) throw refusalError(refusalOf("not-listed"));
  const court = competentCourt(listing) ?? courtCode;
  const receivedOn = shanghaiDate(now);
  return beginReview(tx, ring, { ...base, listing, court, receivedOn, takenInBy: null, actor: auditParty }, now);
}
