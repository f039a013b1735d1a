// The statements for a party that shows who it is: its code, its listings, and who asked about it.
import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { agency } from "../agencies/schema.ts";
import { checkRecord } from "../checks/schema.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import type { Listing } from "../registry/index.ts";
import { listing, subjectDocument } from "../registry/schema.ts";
import { partyCode } from "./schema.ts";

type Holder = { subjectId: string; courtCode: string };

export async function revokePartyCode(tx: Transaction, { subjectId, courtCode }: Holder): Promise<void> {
  await tx
    .update(partyCode)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(partyCode.subjectId, subjectId), eq(partyCode.courtCode, courtCode), isNull(partyCode.revokedAt)));
}

/** False where the party holds a live code of that court. */
export async function insertPartyCode(tx: Transaction, row: typeof partyCode.$inferInsert): Promise<boolean> {
  return (await tx.insert(partyCode).values(row).onConflictDoNothing().returning()).length > 0;
}

/** The subject that holds the code, has one of these documents and is or was listed under one of these names. */
export async function findCodeHolder(
  reader: Reader,
  digest: Buffer,
  indexes: readonly Buffer[],
  names: readonly string[],
): Promise<string | null> {
  const [found] = await reader
    .select({ subjectId: partyCode.subjectId })
    .from(partyCode)
    .where(
      and(
        eq(partyCode.digest, digest),
        isNull(partyCode.revokedAt),
        sql`exists (
          select from ${subjectDocument} d
          where d.subject_id = ${partyCode.subjectId} and ${inArray(sql`d.blind_index`, [...indexes])}
        )`,
        sql`exists (
          select from ${listing} l
          where l.subject_id = ${partyCode.subjectId} and l.name_keys && ${sql.param([...names])}::text[]
        )`,
      ),
    );
  return found?.subjectId ?? null;
}

/** The party's listing on that list in that case, if it is decided and not over. */
export async function findPartyListing(
  reader: Reader,
  subjectId: string,
  list: Listing["list"],
  caseNumber: string,
): Promise<Listing | null> {
  const isParty = and(eq(listing.subjectId, subjectId), eq(listing.list, list), eq(listing.caseNumber, caseNumber));
  const isOpen = inArray(listing.state, ["decided", "grace", "published"]);
  const [found] = await reader.select().from(listing).where(and(isParty, isOpen)).orderBy(desc(listing.id)).limit(1);
  return found ?? null;
}

/** For how many days the law withholds that a check for this purpose was made. */
export type PurposeDelay = { purpose: string; days: number };

export type AskedRow = {
  id: string;
  checkedAt: Date;
  agency: string;
  purpose: string;
  lists: string[];
  outcome: "listed" | "review" | "clear";
};

const delayDays = (delays: readonly PurposeDelay[]) => sql<number>`coalesce((
  select days from unnest(
    ${sql.param(delays.map(({ purpose }) => purpose))}::text[],
    ${sql.param(delays.map(({ days }) => String(days)))}::text[]::int[]
  ) as d (purpose, days) where d.purpose = ${checkRecord.purpose}
), 0)`;
const shownFrom = (delays: readonly PurposeDelay[]) =>
  sql`${checkRecord.checkedAt} + ${delayDays(delays)} * interval '1 day'`;

/** Checks of these numbers that may be shown at `now`, newest first, before `before` (an id). */
export async function listAsked(
  reader: Reader,
  indexes: readonly Buffer[],
  { delays, now, before, limit }: { delays: readonly PurposeDelay[]; now: Date; before: string | null; limit: number },
): Promise<AskedRow[]> {
  const { id, checkedAt, purpose, lists, outcome, subjectIndex } = checkRecord;
  return reader
    .select({ id, checkedAt, agency: agency.name, purpose, lists, outcome })
    .from(checkRecord)
    .innerJoin(agency, eq(agency.id, checkRecord.agencyId))
    .where(
      and(
        inArray(subjectIndex, [...indexes]),
        sql`${shownFrom(delays)} <= ${now.toISOString()}::timestamptz`,
        before === null ? undefined : lt(id, before),
      ),
    )
    .orderBy(desc(id))
    .limit(limit);
}

/** How many are withheld at `now`, and when the last of them is shown. */
export async function countWithheld(
  reader: Reader,
  indexes: readonly Buffer[],
  delays: readonly PurposeDelay[],
  now: Date,
): Promise<{ checks: number; until: Date | null }> {
  const [row] = await reader
    .select({
      checks: sql<number>`count(*)::int`,
      untilMs: sql<number | null>`floor(extract(epoch from max(${shownFrom(delays)})) * 1000)::float8`,
    })
    .from(checkRecord)
    .where(
      and(
        inArray(checkRecord.subjectIndex, [...indexes]),
        sql`${shownFrom(delays)} > ${now.toISOString()}::timestamptz`,
      ),
    );
  return { checks: row?.checks ?? 0, until: row?.untilMs ? new Date(row.untilMs) : null };
}

/** Every number that the register knows the party by. */
export async function listSubjectIndexes(reader: Reader, subjectId: string): Promise<Buffer[]> {
  const rows = await reader
    .select({ index: subjectDocument.blindIndex })
    .from(subjectDocument)
    .where(eq(subjectDocument.subjectId, subjectId));
  return rows.map(({ index }) => index);
}
