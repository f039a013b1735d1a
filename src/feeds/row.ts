// One published row: read, judged and turned into what the register stages. A pure function of the row and the keys.
import { type NameForm, parseCaseNumber, parseName, redactNumbers } from "../identity/index.ts";
import { shanghaiDate } from "../platform/time.ts";
import {
  groundsOf,
  type ListingContent,
  partyOf,
  type PartyKeys,
  type StagedListing,
  termOf,
} from "../registry/index.ts";
import { columnName, readExtra } from "./extra.ts";
import { columnOf, type Field, isPlaceholder, readFields, type Row } from "./field.ts";
import { isObject } from "./file-row.ts";
import type { Fault, RejectionCode } from "./rejection.ts";
import { readParty } from "./row-party.ts";
import { readDate, readFreeText, readLabel, readLine } from "./text.ts";

export type RowReading = { unknownColumns: string[] } & (
  { ok: true; staged: Omit<StagedListing, "line" | "listingId"> } | { ok: false; faults: Fault[] }
);

const OFFICERS_MAX = 50;
const AGE_MAX = 150;
const letter = /\p{L}/u;

/** `today` in Shanghai. */
export function readRow(
  record: Record<string, unknown>,
  keys: PartyKeys,
  today: string = shanghaiDate(new Date()),
): RowReading {
  const { row, unknown } = readFields(record);
  const unknownColumns = unknown.map(columnName);
  const faults: Fault[] = [];
  const name = readName(row, faults);
  const caseNumber = readCaseNumber(row, faults);
  const courtName = readRequired(row, "courtName", "court_missing", faults);
  const publishedOn = readDateField(row, "publishDate", faults);
  if (publishedOn === null && isPlaceholder(row.publishDate)) {
    faults.push({ field: "publishDate", code: "published_missing" });
  } else if (publishedOn !== null && publishedOn > today) {
    // Art. 4: the age is that on the day of publication, and a day to come would make an adult of a child.
    faults.push({ field: "publishDate", code: "date_in_future" });
  }
  const filedOn = readDateField(row, "regDate", faults);
  const party = readParty(row, publishedOn);
  if ("fault" in party) faults.push(party.fault);
  if (faults.length > 0 || !name || !caseNumber || !courtName || !publishedOn || "fault" in party) {
    return { ok: false, faults: faults.map((fault) => inFile(record, fault)), unknownColumns };
  }
  const described = partyOf(keys, party.document, name.key);
  const isPerson = described.kind === "person";
  const grounds = groundsOf(isPlaceholder(row.disruptTypeName) ? "" : String(row.disruptTypeName));
  const content: ListingContent = {
    list: "dishonest",
    capacity: "debtor",
    name: name.display,
    nameKeys: keysOf(name),
    sex: isPerson ? readSex(row.sexy) : null,
    ageAtPublication: isPerson ? readAge(row.age) : null,
    courtCode: caseNumber.courtCode,
    courtName: redactNumbers(courtName),
    handler: null,
    areaName: readLabel(row.areaName),
    caseNumberRaw: redactNumbers(caseNumber.raw),
    caseNumber: redactNumbers(caseNumber.normal),
    titleDocument: readFreeText(row.gistId),
    titleMaker: readLabel(row.gistUnit),
    grounds,
    groundsRaw: readLabel(row.disruptTypeName),
    obligation: readFreeText(row.duty),
    performance: readLabel(row.performance),
    performedPart: readFreeText(row.performedPart),
    unperformedPart: readFreeText(row.unperformPart),
    legalRepresentative: isPerson ? null : readFreeText(row.businessEntity),
    officers: isPerson ? null : readOfficers(row.qysler),
    extra: readExtra(record, unknown),
    filedOn,
    decidedOn: null,
    effectiveOn: null,
    publishedOn,
    ...termOf(grounds, publishedOn),
  };
  const removed = row.removed === true || row.removed === "true";
  return { ok: true, staged: { removed, party: described, content }, unknownColumns };
}

/** A fault under the file's own name of the column. */
function inFile(record: Record<string, unknown>, { field, code }: Fault): Fault {
  return { field: field && columnOf(record, field), code };
}

function readName(row: Row, faults: Fault[]): NameForm | null {
  const raw = readRequired(row, "iname", "name_missing", faults);
  if (raw === null) return null;
  const name = parseName(raw);
  if (name.mojibake) faults.push({ field: "iname", code: "mojibake" });
  else if (!letter.test(name.key)) faults.push({ field: "iname", code: "name_without_letters" });
  // A name is public and its keys are stored as they are: no identity number may hide in it.
  else if (redactNumbers(raw) !== raw) faults.push({ field: "iname", code: "number_in_name" });
  return name;
}

function keysOf({ key, looseKey, aliases }: NameForm): string[] {
  if (aliases.length === 0 && key === looseKey) return [key];
  return [...new Set([key, looseKey, ...aliases.map((alias) => alias.key)])].filter((text) => letter.test(text));
}

function readCaseNumber(row: Row, faults: Fault[]) {
  const raw = readRequired(row, "caseCode", "case_number_missing", faults);
  if (raw === null) return null;
  const outcome = parseCaseNumber(raw);
  if (outcome.ok) return outcome.caseNumber;
  faults.push({ field: "caseCode", code: outcome.fault });
  return null;
}

function readRequired(row: Row, field: Field, missing: RejectionCode, faults: Fault[]): string | null {
  const reading = readLine(row[field]);
  if ("fault" in reading) faults.push({ field, code: reading.fault });
  else if (reading.value === null) faults.push({ field, code: missing });
  else return reading.value;
  return null;
}

function readDateField(row: Row, field: Field, faults: Fault[]): string | null {
  const reading = readDate(row[field]);
  if (!("fault" in reading)) return reading.value;
  faults.push({ field, code: reading.fault });
  return null;
}

function readSex(raw: unknown): "male" | "female" | null {
  if (raw === "男" || raw === "男性") return "male";
  return raw === "女" || raw === "女性" ? "female" : null;
}

/** 0 stands for "no value"; what is no age is none. */
function readAge(raw: unknown): number | null {
  const age = typeof raw === "number" || typeof raw === "string" ? Number(raw) : 0;
  return Number.isInteger(age) && age > 0 && age <= AGE_MAX ? age : null;
}

/** The officers of a listed organisation by name and office: their numbers are dropped, they are not listed. */
function readOfficers(raw: unknown): ListingContent["officers"] {
  const entries = typeof raw === "string" ? parseArray(raw) : raw;
  if (!Array.isArray(entries) || entries.length === 0) return null;
  return entries.slice(0, OFFICERS_MAX).flatMap((entry: unknown) => {
    if (!isObject(entry)) return [];
    const name = readFreeText(entry["iname"]);
    return name ? [{ name, office: readFreeText(entry["corporationtypename"]) }] : [];
  });
}

/** CSV carries the officers as JSON. */
function parseArray(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
