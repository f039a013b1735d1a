// What a court writes into the form of a draft, and the rows that it becomes.
import { type DocumentKind, type IdentityDocument, nameKeys, parseDocument, textFault } from "../identity/index.ts";
import { AppError } from "../platform/error.ts";
import type { FieldCode } from "../platform/problem-catalogue.ts";
import { newUuid } from "../platform/id.ts";
import type { Proceeding } from "./act-queries.ts";
import type { Capacity } from "./bars.ts";
import { contentHash, COURT_SOURCE, type Listing, type ListingContent } from "./content.ts";
import type { Checklist, RunningTerm } from "./drafted-values.ts";
import type { Ground } from "./grounds.ts";
import { naturalKey } from "./natural-key.ts";
import type { Party } from "./party.ts";
import type { listing, proceeding } from "./schema.ts";
import { decidedTerm } from "./term.ts";

/** What the enforcement notice and the case say for every party of the form. */
export type DraftForm = {
  caseNumber: string;
  initiatedBy: Proceeding["initiatedBy"];
  receivedOn: string;
  notice: { endsOn: string; warned: boolean };
  handler?: string | undefined;
  areaName?: string | undefined;
  titleDocument?: string | undefined;
  titleMaker?: string | undefined;
  filedOn?: string | undefined;
  parties: DraftParty[];
};

export type DraftParty = DraftWords & {
  name: string;
  document: { kind: DocumentKind; number: string; country?: string | undefined };
  /** Of a person whose document shows none. */
  birthDate?: string | undefined;
  sex?: "male" | "female" | undefined;
  listing?: DraftListing | undefined;
  limit?: DraftLimit | undefined;
};

export type DraftWords = {
  legalRepresentative?: string | undefined;
  obligation?: string | undefined;
  performance?: string | undefined;
  performedPart?: string | undefined;
  unperformedPart?: string | undefined;
  /** Nothing is left to perform. */
  performed?: boolean | undefined;
};

export type DraftListing = {
  grounds: Ground[];
  groundAroseOn: string;
  checklist: Checklist;
  term: RunningTerm;
};

/** `unit`: the place in this form of the unit for whose debt an officer is limited, or the unit's limit in force. */
export type DraftLimit = { capacity: Capacity; unit?: { party: number } | { limitId: string } | undefined };

/** One listing or limit of one party of the form. */
type FormEntry = {
  id: string;
  /** The party's place in the form. */
  at: number;
  list: Listing["list"];
  capacity: Capacity;
  unitLimitId: string | null;
};
/** The same with what the register knows of the party. */
type Entry = FormEntry & { party: Party; subjectId: string; document: IdentityDocument };

/** The party's document with the birth date that it or the court states. */
export function readPartyDocument(
  { name, document: given, birthDate, listing: listed, limit }: DraftParty,
  at: number,
): IdentityDocument {
  const place = `#/parties/${at}`;
  const parsed = parseDocument(given.kind, given.number, given.country);
  if (!parsed.ok) throw faultAt(`${place}/document/number`, parsed.fault);
  const nameFault = textFault(name);
  if (nameFault) throw faultAt(`${place}/name`, nameFault);
  if (!listed && !limit) throw faultAt(`${place}/listing`, "required");
  const { document } = parsed;
  // What the number says about the birth, nobody says otherwise.
  if (birthDate !== undefined && document.birthDate !== null) throw faultAt(`${place}/birthDate`, "not_allowed");
  return { ...document, birthDate: document.birthDate ?? birthDate ?? null };
}

/** What is drawn up about each party, in the order of the form. */
export function entriesOf({ parties }: DraftForm): FormEntry[][] {
  const limitIds = parties.map(({ limit }) => (limit ? newUuid() : null));
  return parties.map(({ listing: listed, limit }, at) => {
    const entries: FormEntry[] = [];
    if (listed) entries.push({ id: newUuid(), at, list: "dishonest", capacity: "debtor", unitLimitId: null });
    const id = limitIds[at];
    if (limit && id) {
      const unitLimitId = unitLimitOf(limit, at, limitIds);
      entries.push({ id, at, list: "consumption_limit", capacity: limit.capacity, unitLimitId });
    }
    return entries;
  });
}

function unitLimitOf({ unit }: DraftLimit, at: number, limitIds: readonly (string | null)[]): string | null {
  if (!unit) return null;
  if ("limitId" in unit) return unit.limitId;
  const found = unit.party === at ? null : limitIds[unit.party];
  if (!found) throw faultAt(`#/parties/${at}/limit/unit/party`, "unknown_reference");
  return found;
}

type Place = Pick<Listing, "courtCode" | "courtName" | "caseNumber" | "competentCourt">;

export function listingRow(form: DraftForm, entry: Entry, place: Place): typeof listing.$inferInsert {
  const content = contentOf(form, entry, place);
  return {
    ...content,
    id: entry.id,
    subjectId: entry.subjectId,
    state: "draft",
    source: COURT_SOURCE,
    naturalKey: naturalKey(content, entry.party.identity.blindIndex),
    contentHash: contentHash(content, entry.party.documentKind),
    competentCourt: place.competentCourt,
  };
}

function contentOf(form: DraftForm, { at, list, capacity, document }: Entry, place: Place): ListingContent {
  const party = form.parties[at];
  if (!party) throw new RangeError("an entry of a party that the form does not have");
  const isListing = list === "dishonest";
  return {
    list,
    capacity,
    name: party.name,
    nameKeys: nameKeys(party.name),
    sex: document.sex ?? party.sex ?? null,
    ageAtPublication: null,
    courtCode: place.courtCode,
    courtName: place.courtName,
    handler: form.handler ?? null,
    areaName: form.areaName ?? null,
    caseNumberRaw: form.caseNumber,
    caseNumber: place.caseNumber,
    titleDocument: form.titleDocument ?? null,
    titleMaker: form.titleMaker ?? null,
    grounds: isListing ? [...new Set(party.listing?.grounds)].sort() : [],
    groundsRaw: null,
    obligation: party.obligation ?? null,
    performance: party.performance ?? null,
    performedPart: party.performedPart ?? null,
    unperformedPart: party.unperformedPart ?? null,
    legalRepresentative: party.legalRepresentative ?? null,
    officers: null,
    extra: null,
    filedOn: form.filedOn ?? null,
    decidedOn: null,
    effectiveOn: null,
    publishedOn: null,
    ...decidedTerm((isListing && party.listing?.term) || { kind: "open" }, {}),
  };
}

export function proceedingRow(
  { parties, initiatedBy, receivedOn, notice }: DraftForm,
  { id, at, list, unitLimitId, document }: Entry,
  drawn: Pick<Proceeding, "formId" | "draftedBy">,
): typeof proceeding.$inferInsert {
  const listed = list === "dishonest" ? parties[at]?.listing : undefined;
  return {
    ...drawn,
    listingId: id,
    initiatedBy,
    receivedOn,
    noticeEndsOn: notice.endsOn,
    warned: notice.warned,
    performed: parties[at]?.performed ?? false,
    birthOn: document.birthDate,
    groundAroseOn: listed?.groundAroseOn ?? null,
    checklist: listed?.checklist ?? null,
    term: listed?.term ?? null,
    unitLimitId,
  };
}

function faultAt(pointer: string, code: FieldCode): AppError {
  return new AppError("validation", { faults: [{ pointer, code }] });
}
