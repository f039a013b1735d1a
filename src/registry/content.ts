// What a listing says: the columns that a court's draft and a feed's row both fill, and their hash.
import { hash } from "node:crypto";
import type { listing } from "./schema.ts";

export type Listing = typeof listing.$inferSelect;

/** In the order in which they are hashed and staged. */
export const contentColumns = [
  "list",
  "capacity",
  "name",
  "nameKeys",
  "sex",
  "ageAtPublication",
  "courtCode",
  "courtName",
  "handler",
  "areaName",
  "caseNumberRaw",
  "caseNumber",
  "titleDocument",
  "titleMaker",
  "grounds",
  "groundsRaw",
  "obligation",
  "performance",
  "performedPart",
  "unperformedPart",
  "legalRepresentative",
  "officers",
  "extra",
  "filedOn",
  "decidedOn",
  "effectiveOn",
  "publishedOn",
  "termKind",
  "termRunsFrom",
  "termEndsOn",
  "answersUntil",
] as const satisfies (keyof Listing)[];

export type ListingContent = Pick<Listing, (typeof contentColumns)[number]>;

/** The source of the listings that a court words itself. */
export const COURT_SOURCE = "court";

export function pickContent(listing: Listing): ListingContent {
  return Object.fromEntries(contentColumns.map((column) => [column, listing[column]])) as ListingContent;
}

/** Never part of a value: feeds and drafts hold no control character but line breaks and tabs. */
const SEPARATOR = "\u001f";

const storedAsJson = new Set<string>(["officers", "extra"]);

/** What is stored as JSON comes back with its members in another order. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Equal hash, nothing to write. The kind of document is part of it: a row that gains a USCC has changed. */
export function contentHash(content: ListingContent, documentKind: string): string {
  let text = documentKind;
  for (const column of contentColumns) {
    const value = content[column];
    text += SEPARATOR;
    if (typeof value === "string") text += value;
    else if (value !== null) text += JSON.stringify(value, storedAsJson.has(column) ? inOrder : undefined);
  }
  return uuidText(hash("sha256", text, "hex"));
}

/** The first 16 bytes of a digest in the form of a UUID. */
export function uuidText(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
