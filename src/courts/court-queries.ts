// SQL on courts and their names.
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { court, courtName } from "./schema.ts";

export type CourtRow = typeof court.$inferSelect;
export type CourtNameRow = typeof courtName.$inferSelect;
/** A court as far as jurisdiction goes. */
export type CourtPlace = Pick<CourtRow, "code" | "higherCode" | "successorCode">;
/** A court under its present name. */
export type NamedCourt = CourtRow & { name: string | null };

const current = and(eq(courtName.courtCode, court.code), eq(courtName.isOfficial, true), isNull(courtName.validUntil));
const named = { court, name: courtName.name };

export async function findCourt(reader: Reader, code: string): Promise<NamedCourt | undefined> {
  const [found] = await reader.select(named).from(court).leftJoin(courtName, current).where(eq(court.code, code));
  return found && { ...found.court, name: found.name };
}

/** Every court in the order of codes. */
export async function listCourts(reader: Reader): Promise<NamedCourt[]> {
  const rows = await reader.select(named).from(court).leftJoin(courtName, current).orderBy(asc(court.code));
  return rows.map(({ court, name }) => ({ ...court, name }));
}

export async function listCourtNames(reader: Reader, code: string): Promise<CourtNameRow[]> {
  return reader
    .select()
    .from(courtName)
    .where(eq(courtName.courtCode, code))
    .orderBy(sql`${courtName.isOfficial} desc, ${courtName.validFrom} desc nulls last, ${courtName.name}`);
}

/** The codes of the courts that bear or bore this name; names were never unique. */
export async function listCourtsNamed(reader: Reader, name: string): Promise<string[]> {
  const rows = await reader.select({ code: courtName.courtCode }).from(courtName).where(eq(courtName.name, name));
  return rows.map(({ code }) => code);
}

/** The court, its successors, and the courts above each of them. */
export async function listCourtsAround(reader: Reader, code: string): Promise<CourtPlace[]> {
  const rows = await reader.execute(sql`
    with recursive around as (
      select code, higher_code, successor_code from court where code = ${code}
      union
      select court.code, court.higher_code, court.successor_code
      from court join around on court.code in (around.higher_code, around.successor_code)
    )
    select code, higher_code as "higherCode", successor_code as "successorCode" from around`);
  return [...rows] as CourtPlace[];
}

/** The codes of the court itself, of the courts below it, and of closed ones that any of them succeeded. */
export async function listCourtsUnder(reader: Reader, code: string): Promise<string[]> {
  const rows = await reader.execute(sql`
    with recursive under as (
      select ${code}::text as code
      union
      select court.code from court join under on under.code = coalesce(court.successor_code, court.higher_code)
    )
    select code from under`);
  return Array.from(rows, (row) => String(row["code"]));
}

export async function hasCourts(reader: Reader): Promise<boolean> {
  return (await reader.select({ code: court.code }).from(court).limit(1)).length > 0;
}

/** Writes courts over what was known under their codes; the higher ones must come first or be there. */
export async function writeCourts(tx: Transaction, rows: (typeof court.$inferInsert)[]): Promise<void> {
  const { level, region, higherCode, validFrom, validUntil, successorCode } = court;
  const columns = { level, region, higherCode, validFrom, validUntil, successorCode };
  const set = Object.fromEntries(
    Object.entries(columns).map(([key, column]) => [key, sql.raw(`excluded.${column.name}`)]),
  );
  await tx.insert(court).values(rows).onConflictDoUpdate({ target: court.code, set });
}

export async function deleteCourtNames(tx: Transaction, codes: string[]): Promise<void> {
  await tx.delete(courtName).where(inArray(courtName.courtCode, codes));
}

export async function insertCourtNames(tx: Transaction, rows: (typeof courtName.$inferInsert)[]): Promise<void> {
  await tx.insert(courtName).values(rows);
}
