// The statements on objections and their reconsideration.
import { and, asc, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import { brokenConstraint, type Reader, type Transaction } from "../platform/database.ts";
import type { Listing } from "../registry/index.ts";
import { listing, proceeding } from "../registry/schema.ts";
import type { ObjectionKind, ObjectionState } from "./lifecycle.ts";
import { objection, reconsideration } from "./schema.ts";

export type ObjectionRow = typeof objection.$inferSelect;
export type ReconsiderationRow = typeof reconsideration.$inferSelect;

/** An objection with what it is about. */
export type ObjectionCase = {
  objection: ObjectionRow;
  reconsideration: ReconsiderationRow | null;
  listing: Listing | null;
  /** Whoever drew up and decided the listing; nobody where a file brought it. */
  draftedBy: string[] | null;
  decidedBy: string | null;
};

const whole = {
  objection,
  reconsideration,
  listing,
  draftedBy: proceeding.draftedBy,
  decidedBy: proceeding.decidedBy,
};
/** A case that another court took over takes its objections along. */
const competent = sql<string>`coalesce(${listing.competentCourt}, ${listing.courtCode}, ${objection.courtCode})`;

export async function findObjection(reader: Reader, id: string): Promise<ObjectionCase | null> {
  const [found] = await selectCases(reader).where(eq(objection.id, id));
  return found ?? null;
}

export type ObjectionFilter = {
  /** Null: of every court. */
  courts: readonly string[] | null;
  state?: ObjectionState | undefined;
  kind?: ObjectionKind | undefined;
  listingId?: string | undefined;
};

/** In the order in which they came in, after `after` (an id). */
export async function listObjections(
  reader: Reader,
  { courts, state, kind, listingId }: ObjectionFilter,
  after: string | null,
  limit: number,
): Promise<ObjectionCase[]> {
  return selectCases(reader)
    .where(
      and(
        courts ? or(inArray(competent, [...courts]), inArray(reconsideration.courtCode, [...courts])) : undefined,
        state ? eq(objection.state, state) : undefined,
        kind ? eq(objection.kind, kind) : undefined,
        listingId ? eq(objection.listingId, listingId) : undefined,
        after === null ? undefined : gt(objection.id, after),
      ),
    )
    .orderBy(asc(objection.id))
    .limit(limit);
}

function selectCases(reader: Reader) {
  return reader
    .select(whole)
    .from(objection)
    .leftJoin(reconsideration, eq(reconsideration.objectionId, objection.id))
    .leftJoin(listing, eq(listing.id, objection.listingId))
    .leftJoin(proceeding, eq(proceeding.listingId, objection.listingId));
}

/** Null where an application of this kind runs on the listing already. */
export async function insertObjection(
  tx: Transaction,
  row: typeof objection.$inferInsert,
): Promise<ObjectionRow | null> {
  const target = { target: [objection.listingId, objection.kind], where: running };
  const [inserted] = await tx.insert(objection).values(row).onConflictDoNothing(target).returning();
  return inserted ?? null;
}

const running: SQL = sql`state in ('under_review', 'upheld', 'under_reconsideration')`;

/** Null where it has another version; `running` where another application of its kind runs on the listing. */
export async function updateObjection(
  tx: Transaction,
  { id, version }: ObjectionRow,
  change: Partial<ObjectionRow>,
): Promise<ObjectionRow | "running" | null> {
  try {
    // A savepoint: the transaction goes on to say what is wrong.
    return await tx.transaction(async (inner) => {
      const [updated] = await inner
        .update(objection)
        .set({ ...change, version: version + 1 })
        .where(and(eq(objection.id, id), eq(objection.version, version)))
        .returning();
      return updated ?? null;
    });
  } catch (error) {
    if (brokenConstraint(error) === "objection_running") return "running";
    throw error;
  }
}

export async function insertReconsideration(tx: Transaction, row: typeof reconsideration.$inferInsert): Promise<void> {
  await tx.insert(reconsideration).values(row);
}

export async function updateReconsideration(
  tx: Transaction,
  objectionId: string,
  change: Partial<ReconsiderationRow>,
): Promise<void> {
  await tx.update(reconsideration).set(change).where(eq(reconsideration.objectionId, objectionId));
}
