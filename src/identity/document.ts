// Identity documents of every kind: one union, one table of readers, and the keys under which a document is found.
import { foldNumber, type DocumentFault, type NumberReading } from "./number-reading.ts";
import { readOrganizationCode } from "./organization-code.ts";
import { foldCountry, readPassport } from "./passport.ts";
import { readPermanentResidence } from "./permanent-residence.ts";
import { readRegistrationNumber } from "./registration-number.ts";
import { readResidentId } from "./resident-id.ts";
import { organizationCodeWithin, readUscc } from "./social-credit-code.ts";
import { readHkMacauPermit, readTaiwanPermit } from "./travel-permit.ts";

export const documentKinds = [
  "resident_id",
  "uscc",
  "organization_code",
  "registration_number",
  "hk_macau_permit",
  "taiwan_permit",
  "foreign_permanent_resident",
  "passport",
] as const;

export type DocumentKind = (typeof documentKinds)[number];

/** `number` is canonical; `country` is set for passports only; birth date and sex where the number holds them. */
export type IdentityDocument = { kind: DocumentKind; country: string | null } & NumberReading;

export type DocumentOutcome = { ok: true; document: IdentityDocument } | { ok: false; fault: DocumentFault };

const readers: Record<Exclude<DocumentKind, "passport">, (number: string) => NumberReading | DocumentFault> = {
  resident_id: readResidentId,
  uscc: readUscc,
  organization_code: readOrganizationCode,
  registration_number: readRegistrationNumber,
  hk_macau_permit: readHkMacauPermit,
  taiwan_permit: readTaiwanPermit,
  foreign_permanent_resident: readPermanentResidence,
};

// Permits and passports are left out: eight bare digits, or a letter and eight digits, collide with too much else.
const detectableKinds = [
  "foreign_permanent_resident",
  "resident_id",
  "uscc",
  "registration_number",
  "organization_code",
] as const;

export function parseDocument(kind: DocumentKind, raw: string, country?: string): DocumentOutcome {
  const number = foldNumber(raw);
  if (kind === "passport") {
    const state = foldCountry(country);
    if (state === null) return { ok: false, fault: "country_required" };
    return outcomeOf(kind, state, readPassport(number, state));
  }
  if (country !== undefined) return { ok: false, fault: "country_not_allowed" };
  return outcomeOf(kind, null, readers[kind](number));
}

/** Every kind that a number without a stated kind passes as. Two kinds are an answer too: the caller must not guess. */
export function detectDocumentKinds(raw: string): DocumentKind[] {
  const number = foldNumber(raw);
  return detectableKinds.filter((kind) => typeof readers[kind](number) !== "string");
}

/** The canonical number and its equivalents: the organisation code within a USCC, a passport under its issuing State. */
export function documentKeys({
  kind,
  number,
  country,
}: Pick<IdentityDocument, "kind" | "number" | "country">): { kind: DocumentKind; number: string }[] {
  if (kind === "passport") return [{ kind, number: (country ?? "") + number }];
  if (kind !== "uscc") return [{ kind, number }];
  return [
    { kind, number },
    { kind: "organization_code", number: organizationCodeWithin(number) },
  ];
}

function outcomeOf(
  kind: DocumentKind,
  country: string | null,
  reading: NumberReading | DocumentFault,
): DocumentOutcome {
  if (typeof reading === "string") return { ok: false, fault: reading };
  const { number, birthDate, sex } = reading;
  return { ok: true, document: { kind, number, country, birthDate, sex } };
}
