// The code that a court gives a party on paper: with document and name it shows that whoever asks is the party.
import { createHmac, type KeyObject, randomInt } from "node:crypto";
import { appendAudit } from "../audit/index.ts";
import { auditNameOf, type CourtActor, requireJurisdiction } from "../courts/index.ts";
import {
  blindIndex,
  documentKeys,
  type IdentityDocument,
  maskedBlindIndex,
  maskOf,
  nameKeys,
} from "../identity/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { competentCourt, findListing } from "../registry/index.ts";
import { findCodeHolder, insertPartyCode, revokePartyCode } from "./party-queries.ts";

/** Crockford's base32, which people do not misread: 16 characters are 80 bits, typed in groups of four. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 16;
const CODE_FORM = new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`);

/** A party that acts for itself, as the audit trail names it: nothing there tells who it is. */
export const auditParty = "party";

/** Who says to be the party. */
export type Claim = { name: string; document: IdentityDocument; code: string };

/** A new code for the party of a listing, shown this once; the one before it from this court opens nothing any more. */
export async function issuePartyCode(
  tx: Transaction,
  { credentialKey }: KeyRing,
  actor: CourtActor,
  listingId: string,
): Promise<{ code: string }> {
  const listing = await findListing(tx, listingId);
  if (!listing) throw new AppError("not-found");
  const court = competentCourt(listing);
  await requireJurisdiction(tx, actor, court, "act");
  if (court === null || actor.court === null) throw new AppError("not-found");
  const holder = { subjectId: listing.subjectId, courtCode: actor.court };
  const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  await revokePartyCode(tx, holder);
  const issuedBy = auditNameOf(actor);
  const isIssued = await insertPartyCode(tx, { ...holder, digest: digestOfCode(credentialKey, code), issuedBy });
  if (!isIssued) throw new AppError("conflict", { note: "another code for this party was issued at the same time" });
  await appendAudit(tx, { actor: issuedBy, action: "party_code.issue", subject: publicId("lst", listingId) });
  return { code: code.replace(/.{4}(?=.)/g, "$&-") };
}

/**
 * The subject that the claim is of; null whatever of it does not agree. One statement, which takes the same way whether
 * the number is listed or not: who guesses learns nothing.
 */
export async function findClaimant(reader: Reader, ring: KeyRing, claim: Claim): Promise<string | null> {
  const digest = digestOfCode(ring.credentialKey, readCode(claim.code));
  return findCodeHolder(reader, digest, indexesOf(ring, claim), nameKeys(claim.name));
}

/** Every index under which the register may know the party. */
export function indexesOf({ blindIndexKey }: KeyRing, { name, document }: Pick<Claim, "name" | "document">): Buffer[] {
  const mask = maskOf(document);
  const indexes = [
    ...documentKeys(document).map(({ kind, number }) => blindIndex(blindIndexKey, kind, number)),
    ...(mask ? nameKeys(name).map((key) => maskedBlindIndex(blindIndexKey, mask, key)) : []),
  ];
  return indexes.map((index) => Buffer.from(index, "hex"));
}

/** As typed: any case, with or without its hyphens; what reads alike is the same (Crockford). */
function readCode(typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  // What has another form is no code; its digest is looked for all the same.
  return CODE_FORM.test(code) ? code : "";
}

/** An API key is digested under the same key, and has another form. */
function digestOfCode(credentialKey: KeyObject, code: string): Buffer {
  return createHmac("sha256", credentialKey).update(`party code ${code}`).digest();
}
