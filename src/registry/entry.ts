// Listings that were public before this register knew of them, entered one by one: what is decided here is drafted here.
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
import { contentHash, COURT_SOURCE, type Listing, type ListingContent } from "./content.ts";
import type { Ground } from "./grounds.ts";
import { naturalKey } from "./natural-key.ts";
import { partyOf, type PartyKeys } from "./party.ts";
import { findOrInsertSubjects } from "./party-queries.ts";
import { insertListings } from "./queries.ts";
import { type GivenTerm, termOf } from "./term.ts";

export type EnteredDocument = { kind: DocumentKind; number: string; country?: string } | { masked: string };

/** A published listing. Left out: list `dishonest`, capacity `debtor`, grounds G1, published today. */
export type EnteredListing = {
  list?: Listing["list"];
  capacity?: string;
  party: { name: string; document: EnteredDocument; sex?: Listing["sex"]; ageAtPublication?: number };
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

export async function enterListing(
  tx: Transaction,
  keys: PartyKeys,
  actor: string,
  draft: EnteredListing,
): Promise<Listing> {
  const document = readDocument(draft.party.document);
  const content = contentOf(draft);
  refuseMinor(document, content.decidedOn ?? shanghaiDate(new Date()));
  const party = partyOf(keys, document, content.nameKeys[0] ?? "");
  const [subjectId = party.subjectId] = await findOrInsertSubjects(tx, keys, [party], COURT_SOURCE);
  const row = {
    ...content,
    id: newUuid(),
    subjectId,
    state: "published" as const,
    source: COURT_SOURCE,
    naturalKey: naturalKey(content, party.identity.blindIndex),
    contentHash: contentHash(content, party.documentKind),
  };
  const [inserted] = await insertListings(tx, [row]);
  if (!inserted) throw new AppError("conflict", { note: "the party is already listed in this case" });
  const subject = publicId("lst", inserted.id);
  await appendAudit(tx, { actor, action: "listing.enter", subject, detail: { state: inserted.state } });
  await recordChange(tx, inserted.id, "listed");
  return inserted;
}

function readDocument(given: EnteredDocument): IdentityDocument | MaskedDocument {
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

function contentOf(draft: EnteredListing): ListingContent {
  const { party, court, grounds = ["G1"], publishedOn, details = {} } = draft;
  const number = parseCaseNumber(draft.caseNumber);
  if (!number.ok) throw new AppError("validation", { faults: [{ pointer: "#/caseNumber", code: "bad_form" }] });
  const fault = textFault(party.name);
  if (fault) throw new AppError("validation", { faults: [{ pointer: "#/party/name", code: fault }] });
  const published = publishedOn ?? shanghaiDate(new Date());
  const decidedOn = draft.decidedOn ?? published;
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
