// The court table as data: the shipped structure, and files that add to it or correct it.
import { appendAudit } from "../audit/index.ts";
import { textFault } from "../identity/index.ts";
import type { Database, Transaction } from "../platform/database.ts";
import { AppError, type FieldFault } from "../platform/error.ts";
import { parseAs, z } from "../platform/http.ts";
import { isCalendarDate } from "../platform/time.ts";
import { deleteCourtNames, hasCourts, insertCourtNames, listCourts, writeCourts } from "./court-queries.ts";
import { courtLevels } from "./schema.ts";
import structure from "./structure.json" with { type: "json" };

/** China has some 3,500; one statement writes them, and takes 65,535 values. */
const COURTS_MAX = 5_000;
const NAMES_IN_STATEMENT = 5_000;
/** A province's character, or the supreme court's own; then nothing, two digits or four (法〔2015〕137号). */
export const COURT_CODE =
  /^(?:最高法|[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵云藏陕甘青宁新兵军](?:\d{2}|\d{4})?)$/;

const Day = z.string().refine(isCalendarDate, { params: { code: "bad_date" } });
const Code = z.string().regex(COURT_CODE);
const Name = z
  .string()
  .min(1)
  .max(100)
  .superRefine((name, context) => {
    const code = textFault(name);
    if (code) context.addIssue({ code: "custom", params: { code } });
  });

const Court = z.strictObject({
  code: Code,
  level: z.enum(courtLevels),
  region: z.string().min(1).max(20).optional(),
  higher: Code.optional(),
  validFrom: Day.optional(),
  validUntil: Day.optional(),
  successor: Code.optional(),
  /** Present and former names; at most one without an end. */
  names: z
    .array(z.strictObject({ name: Name, validFrom: Day.optional(), validUntil: Day.optional() }))
    .min(1)
    .max(20),
  /** Other ways in which rows write a name. */
  spellings: z.array(Name).max(20).default([]),
});
export const CourtFile = z.strictObject({ courts: z.array(Court).min(1).max(COURTS_MAX) });
type CourtEntry = z.infer<typeof Court>;

/** The courts of a file; `validation` with the faulty fields otherwise. */
export function parseCourtFile(json: unknown): CourtEntry[] {
  return parseAs(CourtFile, json).courts;
}

/** Writes the courts of a file over what is known under their codes; courts that it does not name stay. */
export async function importCourts(tx: Transaction, actor: string, courts: readonly CourtEntry[]): Promise<number> {
  const known = new Map((await listCourts(tx)).map(({ code, higherCode }) => [code, higherCode]));
  for (const { code, higher } of courts) known.set(code, higher ?? null);
  const faults = courts.flatMap((court, at) => faultsIn(court, `#/courts/${at}`, known));
  const codes = courts.map(({ code }) => code);
  if (new Set(codes).size !== codes.length) faults.push({ pointer: "#/courts", code: "not_allowed" });
  if (faults.length > 0) throw new AppError("validation", { faults });
  await writeCourts(tx, courts.map(rowOf));
  await deleteCourtNames(tx, codes);
  const names = courts.flatMap(nameRowsOf);
  for (let at = 0; at < names.length; at += NAMES_IN_STATEMENT)
    await insertCourtNames(tx, names.slice(at, at + NAMES_IN_STATEMENT));
  await appendAudit(tx, { actor, action: "court.import", subject: "courts", detail: { courts: codes.length } });
  return codes.length;
}

/** Gives an empty court table the shipped structure: the supreme court, the high courts, Fujian's and Xiamen's. */
export async function seedCourts(db: Database): Promise<void> {
  if (await hasCourts(db)) return;
  await db.transaction((tx) => importCourts(tx, "system:seed", parseCourtFile(structure)));
}

function faultsIn(court: CourtEntry, pointer: string, known: ReadonlyMap<string, string | null>): FieldFault[] {
  const { code, level, higher, successor, validFrom, validUntil, names, spellings } = court;
  const faults: FieldFault[] = [];
  const fault = (place: string, code: FieldFault["code"]) => faults.push({ pointer: `${pointer}/${place}`, code });
  if ((higher === undefined) !== (level === "supreme"))
    fault("higher", higher === undefined ? "required" : "not_allowed");
  else if (higher !== undefined && !leadsUp(code, known)) fault("higher", "unknown_reference");
  if (successor !== undefined && (!known.has(successor) || successor === code)) fault("successor", "unknown_reference");
  if (successor !== undefined && validUntil === undefined) fault("validUntil", "required");
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom)
    fault("validUntil", "out_of_range");
  if (names.filter((name) => name.validUntil === undefined).length > 1) fault("names", "too_many");
  const all = [...names.map(({ name }) => name), ...spellings];
  if (new Set(all).size !== all.length) fault("names", "not_allowed");
  return faults;
}

/** Whether the way up from `code` ends at a court that has nobody above it, through courts that exist. */
function leadsUp(code: string, known: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  let current: string | null | undefined = code;
  while (current && !seen.has(current)) {
    seen.add(current);
    current = known.get(current);
  }
  return current === null;
}

function rowOf({ code, level, region, higher, validFrom, validUntil, successor }: CourtEntry) {
  return {
    code,
    level,
    region: region ?? null,
    higherCode: higher ?? null,
    validFrom: validFrom ?? null,
    validUntil: validUntil ?? null,
    successorCode: successor ?? null,
  };
}

function nameRowsOf({ code, names, spellings }: CourtEntry) {
  return [
    ...names.map((entry) => ({ courtCode: code, isOfficial: true, ...entry })),
    ...spellings.map((name) => ({ courtCode: code, isOfficial: false, name })),
  ];
}
