// SQL on what follows for refusals of the past: who may apply again, and which refusals are looked at again.
import { and, asc, eq, gt, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { sanction } from "../schema.ts";
import { pastRefusalReview, reapplication } from "./schema.ts";

export type ReviewRow = typeof pastRefusalReview.$inferSelect;
export type ReviewCase = { review: ReviewRow; sanction: typeof sanction.$inferSelect };

export type NewReapplication = { sanctionId: string; agencyId: string; listingId: string; openedAt: number };

/** Those that nobody was told of before, by sanction. */
export async function insertReapplications(tx: Transaction, rows: readonly NewReapplication[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await tx
    .insert(reapplication)
    .values(rows.map((row) => ({ ...row, openedAt: sql`to_timestamp(${row.openedAt}::numeric / 1000000)` })))
    .onConflictDoNothing()
    .returning({ id: reapplication.sanctionId });
  return new Set(inserted.map(({ id }) => id));
}

export type NewReview = Pick<
  ReviewRow,
  "id" | "sanctionId" | "agencyId" | "purpose" | "listingId" | "cause" | "notedOn" | "dueOn"
>;

/** Those that were not under review before, by sanction. */
export async function insertReviews(tx: Transaction, rows: readonly NewReview[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const court = (id: string) => sql`(select coalesce(competent_court, court_code) from listing where id = ${id})`;
  const inserted = await tx
    .insert(pastRefusalReview)
    .values(rows.map((row) => ({ ...row, court: court(row.listingId) })))
    .onConflictDoNothing()
    .returning({ id: pastRefusalReview.sanctionId });
  return new Set(inserted.map(({ id }) => id));
}

/** Null where it is not the agency's, or was done before. */
export async function setReviewed(
  tx: Transaction,
  agencyId: string,
  id: string,
  done: Partial<ReviewRow>,
): Promise<ReviewRow | null> {
  const { agencyId: owner, id: key, outcome } = pastRefusalReview;
  const [reviewed] = await tx
    .update(pastRefusalReview)
    .set(done)
    .where(and(eq(owner, agencyId), eq(key, id), isNull(outcome)))
    .returning();
  return reviewed ?? null;
}

export async function findReviewCase(reader: Reader, agencyId: string, id: string): Promise<ReviewCase | null> {
  const [found] = await selectCases(reader).where(
    and(eq(pastRefusalReview.agencyId, agencyId), eq(pastRefusalReview.id, id)),
  );
  return found ?? null;
}

export const reviewStates = ["open", "overdue", "done"] as const;
export type ReviewFilter = { agencyId: string; state: (typeof reviewStates)[number] | undefined; today: string };

/** In the order in which they were noted, after `after` (an id). */
export async function listReviewCases(
  reader: Reader,
  { agencyId, state, today }: ReviewFilter,
  after: string | null,
  limit: number,
): Promise<ReviewCase[]> {
  const { outcome, dueOn } = pastRefusalReview;
  const byState: Record<(typeof reviewStates)[number], SQL | undefined> = {
    open: isNull(outcome),
    overdue: and(isNull(outcome), lt(dueOn, today)),
    done: isNotNull(outcome),
  };
  return selectCases(reader)
    .where(
      and(
        eq(pastRefusalReview.agencyId, agencyId),
        state && byState[state],
        after === null ? undefined : gt(pastRefusalReview.id, after),
      ),
    )
    .orderBy(asc(pastRefusalReview.id))
    .limit(limit);
}

function selectCases(reader: Reader) {
  return reader
    .select({ review: pastRefusalReview, sanction })
    .from(pastRefusalReview)
    .innerJoin(sanction, eq(sanction.id, pastRefusalReview.sanctionId));
}
