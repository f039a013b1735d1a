// Masked numbers: those the national site publishes (first 10, four stars, last 4 of 18), and those that we show.
import type { DocumentKind, IdentityDocument } from "./document.ts";
import { foldNumber } from "./number-reading.ts";
import { hasProvince } from "./resident-id.ts";
import { usccCharacter } from "./social-credit-code.ts";

export type MaskedDocument = { kind: "resident_id" | "uscc"; first: string; last: string };

const personMask = /^(\d{6}(?:18|19|20)\d{2})\*{4}(\d{3}[\dX])$/;
const organizationMask = new RegExp(
  String.raw`^(${usccCharacter}{2}\d{6}${usccCharacter}{2})\*{4}(${usccCharacter}{4})$`,
);

const shownEnds: Record<DocumentKind, readonly [first: number, last: number]> = {
  resident_id: [4, 2],
  uscc: [4, 2],
  registration_number: [4, 2],
  foreign_permanent_resident: [4, 2],
  organization_code: [2, 2],
  hk_macau_permit: [2, 2],
  taiwan_permit: [2, 2],
  passport: [2, 1],
};

/** A published mask of a person or an organisation; null for anything else. What fits both is read as a person. */
export function parseMaskedNumber(raw: string): MaskedDocument | null {
  const number = foldNumber(raw);
  const person = hasProvince(number) ? personMask.exec(number) : null;
  if (person) return { kind: "resident_id", first: person[1] ?? "", last: person[2] ?? "" };
  const organization = organizationMask.exec(number);
  if (organization) return { kind: "uscc", first: organization[1] ?? "", last: organization[2] ?? "" };
  return null;
}

/** The mask that a full number would be published with; null for documents that the site does not mask. */
export function maskOf({ kind, number }: IdentityDocument): MaskedDocument | null {
  if ((kind !== "resident_id" && kind !== "uscc") || number.length !== 18) return null;
  return { kind, first: number.slice(0, 10), last: number.slice(-4) };
}

/** The birth year that a masked resident id leaves readable. */
export function maskedYear(mask: MaskedDocument): number | null {
  return mask.kind === "resident_id" ? Number(mask.first.slice(6)) : null;
}

/** A person's name as strangers are shown it: the first character, of three or more the last one too. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  const [first, last] = [characters.length > 1 ? 1 : 0, characters.length > 2 ? 1 : 0];
  const hidden = "*".repeat(characters.length - first - last);
  return [...characters.slice(0, first), hidden, ...characters.slice(characters.length - last)].join("");
}

/** What people are shown: at most the first 4 and last 2 characters, less of a shorter form. */
export function displayMask(kind: DocumentKind, number: string): string {
  const [first, last] = shownEnds[kind];
  const hidden = number.length - first - last;
  if (hidden <= 0) return "*".repeat(number.length);
  return number.slice(0, first) + "*".repeat(hidden) + number.slice(-last);
}
