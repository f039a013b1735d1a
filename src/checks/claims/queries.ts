// The statements on idempotency keys of checks: whose answer stands under one, and whether it still says what holds.
import { eq, inArray, lt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { checkClaim } from "./schema.ts";

export type CheckClaim = typeof checkClaim.$inferSelect;

export async function findClaim(reader: Reader, digest: string): Promise<CheckClaim | undefined> {
  const [found] = await reader.select().from(checkClaim).where(eq(checkClaim.digest, digest));
  return found;
}

export type Answered = {
  /** Blind indexes of whoever was asked about, masks included. */
  keys: readonly string[];
  lists: readonly string[];
  /** The listings that the answer showed. */
  listingIds: readonly string[];
  position: number;
};

/**
 * Whether a change of the register has touched these parties since, on these lists: a listing that their documents lead
 * to now, one that was shown, or one that a court's finding is about; or a term has run out, for which there is no change.
 */
export async function isSuperseded(reader: Reader, { keys, lists, listingIds, position }: Answered): Promise<boolean> {
  const [row] = await reader.execute<{ superseded: boolean }>(sql`
    with asked as materialized (
      select decode(given.value, 'hex') as key from ${texts(keys)} given
    ), shown as materialized (
      select given.value::uuid as id from ${texts(listingIds)} given
    ), listed as materialized (select given.value as list from ${texts(lists)} given)
    select
      exists (
        select from (
          select l.id from asked a join document d on d.blind_index = a.key join listing l on l.subject_id = d.subject_id
          union
          select f.listing_id from asked a join identity_finding f on f.blind_index = a.key
          union
          select id from shown
        ) about
        join listing l on l.id = about.id and l.list in (select list from listed)
        join listing_change c on c.listing_id = l.id and c.position > ${position}
      )
      or exists (select from shown join listing l on l.id = shown.id and l.answers_until < current_date)
      as superseded`);
  return row?.superseded ?? true;
}

/** Up to `limit` keys that were claimed before `before` are gone; says how many. */
export async function deleteClaims(tx: Transaction, before: Date, limit: number): Promise<number> {
  const old = tx
    .select({ digest: checkClaim.digest })
    .from(checkClaim)
    .where(lt(checkClaim.claimedAt, before))
    .limit(limit)
    .for("update", { skipLocked: true });
  const gone = await tx
    .delete(checkClaim)
    .where(inArray(checkClaim.digest, old))
    .returning({ digest: checkClaim.digest });
  return gone.length;
}

/** drizzle would spread an array into a list of parameters. */
function texts(values: readonly string[]) {
  return sql`jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)`;
}
