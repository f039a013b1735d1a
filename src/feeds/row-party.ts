// Who a row speaks of: its document by the published number, full or masked, and the tests that a party must pass.
import {
  detectDocumentKinds,
  type DocumentFault,
  type DocumentKind,
  type IdentityDocument,
  isMinor,
  maskedYear,
  type MaskedDocument,
  parseDocument,
  parseMaskedNumber,
} from "../identity/index.ts";
import { partyKindOf, type PartyKind } from "../registry/index.ts";
import { isPlaceholder, type Row } from "./field.ts";
import type { Fault, RejectionCode } from "./rejection.ts";

type PartyReading = { document: IdentityDocument | MaskedDocument } | { fault: Fault };

// Taiwan permits and passports are left out: their forms collide with too much else where no kind is stated.
const kindsOf: Record<PartyKind, readonly DocumentKind[]> = {
  person: ["resident_id", "foreign_permanent_resident", "hk_macau_permit"],
  organisation: ["uscc", "organization_code", "registration_number"],
};

/** partyTypeName of the site (580, 581) and of the feed (0, 1); OrgType of vendors. */
const partyTypes: Record<string, PartyKind> = {
  "580": "person",
  "0": "person",
  "581": "organisation",
  "1": "organisation",
};
const orgTypes: Record<string, PartyKind> = { "1": "person", "2": "organisation", "3": "organisation" };

/** As spreadsheets write a number of more than eleven digits. */
const rounded = /^\s*\d(?:\.\d+)?[Ee]\+?\d{1,3}\s*$/;

/** Art. 4 asks for the day of decision; a row has the day of publication only. */
const ADULT_AGE = 18;

export function readParty(row: Row, publishedOn: string | null): PartyReading {
  if (isPlaceholder(row.cardNum)) return faulty("number_missing");
  if (typeof row.cardNum !== "string" && typeof row.cardNum !== "number") return faulty("bad_form");
  const number = String(row.cardNum);
  if (typeof row.cardNum === "number" ? !Number.isSafeInteger(row.cardNum) : rounded.test(number)) {
    return faulty("number_rounded");
  }
  const stated = partyTypes[String(row.partyTypeName)] ?? orgTypes[String(row.orgType)] ?? null;
  const found = /[*＊]/.test(number) ? readMasked(number, stated) : readFull(number, stated);
  if (typeof found === "string") return faulty(found);
  const minor = publishedOn === null ? null : minorFault(found, publishedOn);
  return minor ? faulty(minor) : { document: found };
}

function readMasked(number: string, stated: PartyKind | null): MaskedDocument | RejectionCode {
  const mask = parseMaskedNumber(number);
  if (!mask) return "bad_form";
  return stated && partyKindOf(mask.kind) !== stated ? "kind_conflict" : mask;
}

function readFull(number: string, stated: PartyKind | null): IdentityDocument | RejectionCode {
  if (stated) return readAs(number, kindsOf[stated], "kind_conflict");
  const kinds = detectDocumentKinds(number);
  if (kinds.length > 1) return "kind_ambiguous";
  return readAs(number, kinds.length === 1 ? kinds : [...kindsOf.person, ...kindsOf.organisation], "bad_form");
}

/** `otherwise` is the fault of a number that none of `kinds` accepts but another does. */
function readAs(
  number: string,
  kinds: readonly DocumentKind[],
  otherwise: RejectionCode,
): IdentityDocument | RejectionCode {
  let fault: DocumentFault = "bad_form";
  for (const kind of kinds) {
    const outcome = parseDocument(kind, number);
    if (outcome.ok) return outcome.document;
    // The kind whose form fits says best what is wrong.
    if (fault === "bad_form") fault = outcome.fault;
  }
  if (detectDocumentKinds(number).length > 0) return otherwise;
  return fault === "country_required" || fault === "country_not_allowed" ? "bad_form" : fault;
}

function minorFault(document: IdentityDocument | MaskedDocument, publishedOn: string): RejectionCode | null {
  if (!("first" in document)) return document.birthDate && isMinor(document.birthDate, publishedOn) ? "minor" : null;
  const year = maskedYear(document);
  if (year === null) return null;
  const age = Number(publishedOn.slice(0, 4)) - year;
  if (age < ADULT_AGE) return "minor";
  // The birthday may lie after the publication.
  return age === ADULT_AGE ? "minor_unclear" : null;
}

function faulty(code: RejectionCode): PartyReading {
  return { fault: { field: code === "kind_conflict" ? "partyTypeName" : "cardNum", code } };
}
