// An agency whose check was left open asks the court whose number it is. Of one document and one listing there is one
// request, however many agencies ask.
import { appendAudit } from "../../audit/index.ts";
import { type CheckRow, findCheck, openParty, type SealedParty } from "../../checks/index.ts";
import { startClock } from "../../courts/index.ts";
import { type DocumentKind, type IdentityDocument, parseDocument } from "../../identity/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { open, seal } from "../../platform/envelope.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { findListing, type Listing } from "../../registry/index.ts";
import { courtToAsk } from "./court.ts";
import { findLastRequest, holdRequestOfPair, insertRequest, type RequestRow, writeAsker } from "./queries.ts";
import { type Finding, isOpenGrade, type OpenGrade, type ProofKind } from "./rules.ts";

export type Asking = {
  agencyId: string;
  checkId: string;
  listingId: string;
  operator: string;
  proofs: ProofKind[];
  note: string | null;
};

export type AskOptions = {
  ring: KeyRing;
  now: Date;
  /** The local liaison court, for courts where nobody has an account; null where there is none. */
  liaison: string | null;
};

/** The request, and whether this agency is the first to ask. What is settled already is answered by the finding. */
export async function askIdentity(
  tx: Transaction,
  { ring, now, liaison }: AskOptions,
  asking: Asking,
): Promise<{ request: RequestRow; isNew: boolean }> {
  const { agencyId, checkId, listingId, operator, proofs, note } = asking;
  const { check, grade } = await requireOpenMatch(tx, asking);
  const listing = await requireLive(tx, listingId, now);
  const opened = await openRequest(tx, { ring, now, liaison }, { check, grade, listing });
  const requestId = opened.request.id;
  const asked = { requestId, agencyId, checkId, operator, proofs: [...new Set(proofs)], note, askedAt: now };
  const { isNew: isFirst } = await writeAsker(tx, asked);
  await appendAudit(tx, {
    actor: `agency:${publicId("agy", agencyId)}/${operator}`,
    action: opened.isNew ? "identity_request.ask" : isFirst ? "identity_request.join" : "identity_request.restate",
    subject: publicId("idr", requestId),
    detail: { check: publicId("chk", checkId), listing: publicId("lst", listingId), proofs: asked.proofs },
  });
  return opened;
}

/** The agency's own check, and the grade that its answer gave the listing. */
async function requireOpenMatch(
  tx: Transaction,
  { agencyId, checkId, listingId }: Asking,
): Promise<{ check: CheckRow; grade: OpenGrade }> {
  const check = await findCheck(tx, agencyId, checkId);
  if (!check) throw new AppError("validation", { faults: [{ pointer: "#/checkId", code: "unknown_reference" }] });
  if (check.subjectSealed.length === 0) throw new AppError("erased");
  const match = check.matches?.find((found) => found.listingId === listingId);
  if (!match) throw new AppError("validation", { faults: [{ pointer: "#/listingId", code: "unknown_reference" }] });
  if (!isOpenGrade(match.grade))
    throw new AppError("conflict", { members: { note: "number and name agree: there is nothing to settle" } });
  return { check, grade: match.grade };
}

async function requireLive(tx: Transaction, listingId: string, now: Date): Promise<Listing> {
  const listing = await findListing(tx, listingId);
  const isLive =
    listing?.state === "published" && (listing.answersUntil === null || listing.answersUntil >= shanghaiDate(now));
  if (!isLive) throw new AppError("listing-ended");
  return listing;
}

type Opening = { check: CheckRow; grade: OpenGrade; listing: Listing };

async function openRequest(
  tx: Transaction,
  { ring, now, liaison }: AskOptions,
  { check, grade, listing }: Opening,
): Promise<{ request: RequestRow; isNew: boolean }> {
  const pair = [check.subjectIndex, listing.id] as const;
  const known = await holdRequestOfPair(tx, ...pair);
  if (known) return { request: known, isNew: false };
  const id = newUuid();
  const { court, viaLiaison } = await courtToAsk(tx, listing, liaison);
  const askedOn = shanghaiDate(now);
  const inserted = await insertRequest(tx, {
    id,
    subjectIndex: check.subjectIndex,
    listingId: listing.id,
    grade,
    documentKind: check.documentKind,
    partySealed: seal(ring.dataKey, partyPlace(id), JSON.stringify(openParty(ring, check))),
    court,
    viaLiaison,
    askedOn,
  });
  if (inserted) {
    const subject = publicId("idr", id);
    const matter = publicId("lst", listing.id);
    await startClock(tx, { kind: "identity_request", subject, matter, court, startedOn: askedOn });
    return { request: inserted, isNew: true };
  }
  // Another agency asked at the same moment.
  const theirs = await holdRequestOfPair(tx, ...pair);
  if (!theirs) throw new AppError("conflict", { members: { note: "the same was asked and answered meanwhile" } });
  return { request: theirs, isNew: false };
}

/** The party that was asked about. */
export function openAsked(ring: Pick<KeyRing, "dataKeys">, { id, partySealed }: RequestRow): SealedParty {
  return JSON.parse(open(ring.dataKeys, partyPlace(id), partySealed)) as SealedParty;
}

export function documentOf({ documentKind }: RequestRow, { number, country }: SealedParty): IdentityDocument {
  const read = parseDocument(documentKind as DocumentKind, number, country ?? undefined);
  if (!read.ok) throw new Error("a recorded number does not parse");
  return read.document;
}

function partyPlace(requestUuid: string): string {
  return `identity_request.party_sealed ${requestUuid}`;
}

export type IdentityFinding = { request: string; finding: Finding | "pending" };

/**
 * What is known of whose number it is: what a court found and did not take back; `pending` while it is asked, `unable` where
 * it could not tell. Null where nobody asked.
 */
export async function identityFindingOf(
  reader: Reader,
  subjectIndex: Buffer,
  listingId: string,
): Promise<IdentityFinding | null> {
  const found = await findLastRequest(reader, subjectIndex, listingId);
  if (!found || found.revokedAt !== null) return null;
  return { request: publicId("idr", found.id), finding: found.finding ?? "pending" };
}
