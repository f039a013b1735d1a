// Listings by a court: publishing a period and ending it.
import { appendAudit } from "../audit/index.ts";
import {
  type DocumentKind,
  type IdentityDocument,
  isMinor,
  maskedYear,
  type MaskedDocument,
  nameKeys,
  parseCaseNumber,
  parseDocument,
  parseMaskedNumber,
  textFault,
} from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { recordChange } from "./change-queries.ts";
import { contentHash, type Listing, type ListingContent } from "./content.ts";
import type { Ground } from "./grounds.ts";
import { naturalKey } from "./natural-key.ts";
import { partyOf, type PartyKeys } from "./party.ts";
import { findListing, findOrInsertSubject, insertListing, setEnded } from "./queries.ts";
import { type ExitOperation, mayEndBy } from "./rules.ts";
import { type GivenTerm, termOf } from "./term.ts";

export type DraftDocument = { kind: DocumentKind; number: string; country?: string } | { masked: string };

/** A listing to publish. Left out: list `dishonest`, capacity `debtor`, state `published`, grounds G1, published today. */
export type ListingDraft = {
  list?: Listing["list"];
  capacity?: string;
  /** `grace`: decided, but neither public nor answered until the grace period is over. */
  state?: "published" | "grace";
  party: { name: string; document: DraftDocument; sex?: Listing["sex"]; ageAtPublication?: number };
  court: { name: string };
  caseNumber: string;
  grounds?: Ground[];
  /** Decided and effective on that day too, where those dates are left out. */
  publishedOn?: string;
  decidedOn?: string;
  effectiveOn?: string;
  filedOn?: string;
  /** Without it G1 alone is open, and any other ground has an unknown term. */
  term?: GivenTerm;
  details?: Partial<
    Pick<
      ListingContent,
      | "handler"
      | "areaName"
      | "titleDocument"
      | "titleMaker"
      | "obligation"
      | "performance"
      | "performedPart"
      | "unperformedPart"
      | "legalRepresentative"
    >
  >;
};

/** The source of the listings that a court enters itself. */
export const COURT_SOURCE = "court";

export async function publishListing(
  tx: Transaction,
  keys: PartyKeys,
  actor: string,
  draft: ListingDraft,
): Promise<Listing> {
  const document = readDocument(draft.party.document);
  const content = contentOf(draft);
  refuseMinor(document, content.decidedOn ?? shanghaiDate(new Date()));
  const party = partyOf(keys, document, content.nameKeys[0] ?? "");
  const inserted = await insertListing(tx, {
    ...content,
    id: newUuid(),
    subjectId: await findOrInsertSubject(tx, keys, party, COURT_SOURCE),
    state: draft.state ?? "published",
    source: COURT_SOURCE,
    naturalKey: naturalKey(content, party.identity.blindIndex),
    contentHash: contentHash(content, party.documentKind),
  });
  if (!inserted) throw new AppError("conflict", { note: "the party is already listed in this case" });
  const subject = publicId("lst", inserted.id);
  await appendAudit(tx, { actor, action: "listing.publish", subject, detail: { state: inserted.state } });
  await recordChange(tx, inserted.id, "listed");
  return inserted;
}

/**
 * Ends a live listing at once: from the commit on no check answers with it. Where a file has ended it already, the court's
 * exit is recorded over it, so that neither a later file nor a roll-back lists the party again.
 */
export async function endListing(
  tx: Transaction,
  actor: string,
  id: string,
  { operation, reason }: { operation: ExitOperation; reason: string },
): Promise<Listing> {
  const current = await findListing(tx, id);
  if (!current) throw new AppError("not-found");
  if (!mayEndBy(operation, current.grounds)) {
    throw new AppError("conflict", {
      note: "a listing with a term is not deleted: it expires, or is ended early or revoked",
    });
  }
  const ended = await setEnded(tx, current, { exitOperation: operation, exitReason: reason, endedBy: actor });
  if (!ended) throw new AppError("conflict", { note: "the listing has ended or changed meanwhile" });
  const detail = { operation, version: ended.version };
  await appendAudit(tx, { actor, action: "listing.end", subject: publicId("lst", id), reason, detail });
  await recordChange(tx, id, "ended");
  return ended;
}

function readDocument(given: DraftDocument): IdentityDocument | MaskedDocument {
  const pointer = "#/party/document/number";
  if ("masked" in given) {
    const mask = parseMaskedNumber(given.masked);
    if (!mask) throw new AppError("validation", { faults: [{ pointer, code: "bad_form" }] });
    return mask;
  }
  const parsed = parseDocument(given.kind, given.number, given.country);
  if (!parsed.ok) throw new AppError("validation", { faults: [{ pointer, code: parsed.fault }] });
  return parsed.document;
}

/** Art. 4: minors may never be listed. A mask shows the year only, and leaves room for a doubt that forbids. */
function refuseMinor(document: IdentityDocument | MaskedDocument, decidedOn: string): void {
  const latestBirth = "first" in document ? yearEnd(maskedYear(document)) : document.birthDate;
  if (latestBirth && isMinor(latestBirth, decidedOn))
    throw new AppError("conflict", { note: "a minor may not be listed" });
}

function yearEnd(year: number | null): string | null {
  return year === null ? null : `${year}-12-31`;
}

function contentOf(draft: ListingDraft): ListingContent {
  const { party, court, grounds = ["G1"], publishedOn, details = {} } = draft;
  const number = parseCaseNumber(draft.caseNumber);
  if (!number.ok) throw new AppError("validation", { faults: [{ pointer: "#/caseNumber", code: "bad_form" }] });
  const fault = textFault(party.name);
  if (fault) throw new AppError("validation", { faults: [{ pointer: "#/party/name", code: fault }] });
  const published = draft.state === "grace" ? null : (publishedOn ?? shanghaiDate(new Date()));
  const decidedOn = draft.decidedOn ?? published ?? shanghaiDate(new Date());
  return {
    handler: null,
    areaName: null,
    titleDocument: null,
    titleMaker: null,
    obligation: null,
    performance: null,
    performedPart: null,
    unperformedPart: null,
    legalRepresentative: null,
    ...details,
    list: draft.list ?? "dishonest",
    capacity: draft.capacity ?? "debtor",
    name: party.name,
    nameKeys: nameKeys(party.name),
    sex: party.sex ?? null,
    ageAtPublication: party.ageAtPublication ?? null,
    courtCode: number.caseNumber.courtCode,
    courtName: court.name,
    caseNumberRaw: draft.caseNumber,
    caseNumber: number.caseNumber.normal,
    grounds,
    groundsRaw: null,
    officers: null,
    extra: null,
    filedOn: draft.filedOn ?? null,
    decidedOn,
    effectiveOn: draft.effectiveOn ?? decidedOn,
    publishedOn: published,
    ...termOf(grounds, published, draft.term),
  };
}
