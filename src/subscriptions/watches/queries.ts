// SQL on watches themselves: put up, read, ended.
import { and, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { watch, watchMatch } from "./schema.ts";

export type WatchRow = typeof watch.$inferSelect;
export type WatchEnd = NonNullable<WatchRow["endedAs"]>;

/** What of a watch tells who was watched. */
const erased = { subjectIndex: Buffer.alloc(0), subjectSealed: Buffer.alloc(0), nameKeys: [], reference: null };

/** A party that the matter watches already keeps its watch, with the new last day. */
export async function upsertWatches(
  tx: Transaction,
  rows: (typeof watch.$inferInsert)[],
): Promise<(WatchRow & { isNew: boolean })[]> {
  return tx
    .insert(watch)
    .values(rows)
    .onConflictDoUpdate({
      target: [watch.subjectIndex, watch.agencyId, watch.purpose, watch.caseReference],
      targetWhere: sql`ended_at is null`,
      set: {
        expiresOn: sql`excluded.expires_on`,
        operator: sql`excluded.operator`,
        reference: sql`excluded.reference`,
      },
    })
    .returning({ ...columns, isNew: sql<boolean>`xmax = 0` });
}

const columns = {
  id: watch.id,
  agencyId: watch.agencyId,
  purpose: watch.purpose,
  lists: watch.lists,
  caseReference: watch.caseReference,
  operator: watch.operator,
  role: watch.role,
  reference: watch.reference,
  documentKind: watch.documentKind,
  subjectIndex: watch.subjectIndex,
  subjectSealed: watch.subjectSealed,
  nameKeys: watch.nameKeys,
  expiresOn: watch.expiresOn,
  createdAt: watch.createdAt,
  endedAt: watch.endedAt,
  endedAs: watch.endedAs,
};

export async function findWatch(reader: Reader, agencyId: string, id: string): Promise<WatchRow | undefined> {
  const [found] = await reader
    .select()
    .from(watch)
    .where(and(eq(watch.agencyId, agencyId), eq(watch.id, id)));
  return found;
}

/** An agency's watches before `before` (an id), newest first. */
export async function listWatches(
  reader: Reader,
  agencyId: string,
  state: "live" | "ended" | undefined,
  before: string | null,
  limit: number,
): Promise<WatchRow[]> {
  const isEnded = state === "ended" ? isNotNull(watch.endedAt) : isNull(watch.endedAt);
  return reader
    .select()
    .from(watch)
    .where(
      and(
        eq(watch.agencyId, agencyId),
        state === undefined ? undefined : isEnded,
        before === null ? undefined : lt(watch.id, before),
      ),
    )
    .orderBy(desc(watch.id))
    .limit(limit);
}

/** Ends a live watch, of this agency where one is given; none where there is no such live watch. */
export async function setEnded(
  tx: Transaction,
  { id, agencyId }: { id: string; agencyId: string | null },
  endedAs: WatchEnd,
): Promise<WatchRow | undefined> {
  const [ended] = await tx
    .update(watch)
    .set({ ...erased, endedAs, endedAt: sql`now()` })
    .where(and(eq(watch.id, id), agencyId === null ? undefined : eq(watch.agencyId, agencyId), isNull(watch.endedAt)))
    .returning();
  if (ended) await tx.delete(watchMatch).where(eq(watchMatch.watchId, id));
  return ended;
}

/** Ends up to `limit` watches whose last day has passed, or whose agency or purpose is not in force any more. */
export async function endOutOfForce(
  tx: Transaction,
  today: string,
  limit: number,
): Promise<{ id: string; endedAs: WatchEnd }[]> {
  return tx.execute<{ id: string; endedAs: WatchEnd }>(sql`
    with over as (
      select w.id, case
        when w.expires_on < ${today}::date then 'expired'
        when a.id is null then 'agency'
        else 'purpose'
      end as ended_as
      from watch w
      left join agency a on a.id = w.agency_id and a.state = 'active'
        and ${today}::date between coalesce(a.agreement_from, '-infinity') and coalesce(a.agreement_until, 'infinity')
      left join agency_purpose p on p.agency_id = w.agency_id and p.purpose = w.purpose
        and ${today}::date between p.valid_from and coalesce(p.valid_until, 'infinity')
      where w.ended_at is null and (w.expires_on < ${today}::date or a.id is null or p.agency_id is null)
      order by w.id
      limit ${limit}
      for update of w skip locked
    ), forgotten as (
      delete from watch_match m using over where m.watch_id = over.id
    )
    update watch w set ended_at = now(), ended_as = over.ended_as,
      subject_index = '', subject_sealed = '', name_keys = '{}', reference = null
    from over where over.id = w.id
    returning w.id, w.ended_as as "endedAs"`);
}

export async function countLive(reader: Reader): Promise<number> {
  const [row] = await reader
    .select({ watches: sql<number>`count(*)::int` })
    .from(watch)
    .where(isNull(watch.endedAt));
  return row?.watches ?? 0;
}
