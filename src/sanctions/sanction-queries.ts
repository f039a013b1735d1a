// SQL on sanctions and the listings that they rest on.
import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { agency } from "../agencies/schema.ts";
import { checkRecord } from "../checks/schema.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import type { SanctionState } from "./lifecycle.ts";
import { settleObligation } from "./lifting/obligation-queries.ts";
import { listing } from "../registry/schema.ts";
import { sanction, sanctionListing } from "./schema.ts";
import type { CheckRow } from "./task-queries.ts";

export type SanctionRow = typeof sanction.$inferSelect;
export type SanctionListingRow = typeof sanctionListing.$inferSelect;
/** A sanction with the check that names its party. */
export type SanctionCase = { sanction: SanctionRow; check: CheckRow };

/** Null where the measure is in force in this matter already. */
export async function insertSanction(
  tx: Transaction,
  row: Omit<typeof sanction.$inferInsert, "registerPosition">,
  listings: readonly Omit<SanctionListingRow, "sanctionId" | "nameKeys">[],
): Promise<SanctionRow | null> {
  const target = { target: [sanction.taskId, sanction.measure], where: sql`state = 'active'` };
  const registerPosition = sql`(select position from register_state)`;
  const [inserted] = await tx
    .insert(sanction)
    .values({ ...row, registerPosition })
    .onConflictDoNothing(target)
    .returning();
  if (!inserted) return null;
  const nameKeysOf = (id: string) => sql`(select name_keys from listing where id = ${id})`;
  await tx
    .insert(sanctionListing)
    .values(listings.map((rest) => ({ sanctionId: inserted.id, ...rest, nameKeys: nameKeysOf(rest.listingId) })));
  return inserted;
}

/** Null where it has another version by now. What is owed about a sanction ends with it, and in no other way. */
export async function updateSanction(
  tx: Transaction,
  { id, version }: Pick<SanctionRow, "id" | "version">,
  change: Partial<SanctionRow>,
): Promise<SanctionRow | null> {
  const [updated] = await tx
    .update(sanction)
    .set({ ...change, version: version + 1 })
    .where(and(eq(sanction.id, id), eq(sanction.version, version)))
    .returning();
  if (updated && change.state !== undefined) await settleObligation(tx, id, change.state);
  return updated ?? null;
}

export async function findSanctionCase(reader: Reader, agencyId: string, id: string): Promise<SanctionCase | null> {
  const [found] = await selectCases(reader).where(and(eq(sanction.agencyId, agencyId), eq(sanction.id, id)));
  return found ?? null;
}

export type SanctionFilter = { agencyId: string; state: SanctionState | undefined };

/** The agency's, newest first, before `before` (an id). */
export async function listSanctionCases(
  reader: Reader,
  { agencyId, state }: SanctionFilter,
  before: string | null,
  limit: number,
): Promise<SanctionCase[]> {
  return selectCases(reader)
    .where(
      and(
        eq(sanction.agencyId, agencyId),
        state && eq(sanction.state, state),
        before === null ? undefined : lt(sanction.id, before),
      ),
    )
    .orderBy(desc(sanction.id))
    .limit(limit);
}

function selectCases(reader: Reader) {
  const named = and(eq(checkRecord.agencyId, sanction.agencyId), eq(checkRecord.id, sanction.checkId));
  return reader.select({ sanction, check: checkRecord }).from(sanction).innerJoin(checkRecord, named);
}

/** The task's, in the order in which they were recorded. */
export async function listSanctionsOfTask(reader: Reader, taskId: string): Promise<SanctionCase[]> {
  return selectCases(reader).where(eq(sanction.taskId, taskId)).orderBy(asc(sanction.id));
}

/** Those of the task that have not ended, locked until the transaction's end. */
export async function lockStandingSanctions(tx: Transaction, taskId: string): Promise<SanctionRow[]> {
  const standing = and(eq(sanction.taskId, taskId), inArray(sanction.state, ["active", "completed"]));
  return tx.select().from(sanction).where(standing).orderBy(asc(sanction.id)).for("update");
}

export async function listSanctionListings(reader: Reader, ids: readonly string[]): Promise<SanctionListingRow[]> {
  return reader
    .select()
    .from(sanctionListing)
    .where(inArray(sanctionListing.sanctionId, [...ids]))
    .orderBy(asc(sanctionListing.listingId));
}

/** What a court is shown of a sanction on its listing: nothing of the agency's matter. */
export type SanctionOnListing = Pick<
  SanctionRow,
  "id" | "measure" | "title" | "effect" | "duration" | "imposedOn" | "endsOn" | "state" | "liftedOn"
> & { agency: string; since: Date };

const shownToCourts = {
  id: sanction.id,
  measure: sanction.measure,
  title: sanction.title,
  effect: sanction.effect,
  duration: sanction.duration,
  imposedOn: sanction.imposedOn,
  endsOn: sanction.endsOn,
  state: sanction.state,
  liftedOn: sanction.liftedOn,
  agency: agency.name,
  since: sanctionListing.since,
};

export type SanctionOfCourt = SanctionOnListing & { listingId: string };
export type SanctionPosition = { sanctionId: string; listingId: string };

/** On the listings of these courts (null: of every court), newest first; a sanction may rest on several. */
export async function listSanctionsOfCourts(
  reader: Reader,
  courts: readonly string[] | null,
  before: SanctionPosition | null,
  limit: number,
): Promise<SanctionOfCourt[]> {
  const { sanctionId, listingId } = sanctionListing;
  return reader
    .select({ ...shownToCourts, listingId })
    .from(sanctionListing)
    .innerJoin(sanction, eq(sanction.id, sanctionId))
    .innerJoin(agency, eq(agency.id, sanction.agencyId))
    .innerJoin(listing, eq(listing.id, listingId))
    .where(
      and(
        courts ? inArray(sql`coalesce(${listing.competentCourt}, ${listing.courtCode})`, [...courts]) : undefined,
        before
          ? sql`(${sanctionId}, ${listingId}) < (${before.sanctionId}::uuid, ${before.listingId}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(sanctionId), desc(listingId))
    .limit(limit);
}

/** In the order in which they came to rest on the listing, after `after` (an id). */
export async function listSanctionsOnListing(
  reader: Reader,
  listingId: string,
  after: string | null,
  limit: number,
): Promise<SanctionOnListing[]> {
  return reader
    .select(shownToCourts)
    .from(sanctionListing)
    .innerJoin(sanction, eq(sanction.id, sanctionListing.sanctionId))
    .innerJoin(agency, eq(agency.id, sanction.agencyId))
    .where(
      and(eq(sanctionListing.listingId, listingId), after === null ? undefined : sql`${sanction.id} > ${after}::uuid`),
    )
    .orderBy(asc(sanction.id))
    .limit(limit);
}
