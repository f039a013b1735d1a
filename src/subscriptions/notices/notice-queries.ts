// SQL on notices as they are read: by the agency that was told, by courts, and for the party itself.
import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import { hit } from "../../checks/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { listing } from "../../registry/schema.ts";
import type { PurposeDays } from "./telling-queries.ts";
import { notice } from "./schema.ts";

export type NoticeRow = typeof notice.$inferSelect;

/**
 * Whoever lifts a sanction that rests on the ended listing has received the notice, said so or not; what a court closes
 * in their stead says nothing of them. The words name `notice` themselves: in a selection drizzle leaves the table of a
 * column out.
 */
const lift = (column: "lifted_at" | "lifted_by") =>
  sql.raw(`(
    select s.${column} from sanction_listing ground
    join sanction s on s.id = ground.sanction_id
    join listing ended on ended.id = ground.listing_id
    where notice.kind = 'ended' and ground.listing_id = notice.listing_id and s.agency_id = notice.agency_id
      and s.lifted_at >= coalesce(ended.ended_at, notice.told_at)
      and not exists (select from lift_obligation owed where owed.sanction_id = s.id and owed.state = 'closed')
    order by s.lifted_at limit 1
  )`);
/** When a notice was acknowledged by a lift, in a statement on `notice`. */
export const acknowledgedByLiftAt: SQL = lift("lifted_at");
const acknowledgedAt = sql`coalesce(notice.acknowledged_at, ${lift("lifted_at")})`.mapWith(
  notice.acknowledgedAt,
) as SQL<Date | null>;
const acknowledgedBy = sql<string | null>`coalesce(notice.acknowledged_by, ${lift("lifted_by")})`;
const columns = { ...getTableColumns(notice), acknowledgedAt, acknowledgedBy };

export const noticeStates = ["open", "overdue", "acknowledged", "superseded", "told"] as const;
export type NoticeState = (typeof noticeStates)[number];

const isWaiting = and(isNull(notice.acknowledgedAt), isNull(notice.supersededBy), sql`${lift("lifted_at")} is null`);

function stateSql(state: NoticeState, today: string): SQL | undefined {
  switch (state) {
    case "open":
      return and(isWaiting, ne(notice.kind, "listed"));
    case "overdue":
      return and(isWaiting, ne(notice.kind, "listed"), lt(notice.dueOn, today));
    case "acknowledged":
      return isNotNull(acknowledgedAt);
    case "superseded":
      return and(isNull(acknowledgedAt), isNotNull(notice.supersededBy));
    case "told":
      return and(isWaiting, eq(notice.kind, "listed"));
  }
}

export type NoticeFilter = { state?: NoticeState | undefined; listingId?: string | undefined; today: string };

/** An agency's notices before `before` (an id), newest first. */
export async function listNotices(
  reader: Reader,
  agencyId: string,
  { state, listingId, today }: NoticeFilter,
  before: string | null,
  limit: number,
): Promise<NoticeRow[]> {
  return reader
    .select(columns)
    .from(notice)
    .where(
      and(
        eq(notice.agencyId, agencyId),
        state && stateSql(state, today),
        listingId === undefined ? undefined : eq(notice.listingId, listingId),
        before === null ? undefined : lt(notice.id, before),
      ),
    )
    .orderBy(desc(notice.id))
    .limit(limit);
}

export async function findNotices(reader: Reader, agencyId: string, ids: readonly string[]): Promise<NoticeRow[]> {
  return reader
    .select(columns)
    .from(notice)
    .where(and(eq(notice.agencyId, agencyId), inArray(notice.id, [...ids])))
    .orderBy(desc(notice.id));
}

/** Those of them that nobody had acknowledged; what only tells that a party is listed asks for nothing. */
export async function setAcknowledged(
  tx: Transaction,
  agencyId: string,
  ids: readonly string[],
  { by, at }: { by: string; at: Date },
): Promise<NoticeRow[]> {
  return tx
    .update(notice)
    .set({ acknowledgedAt: at, acknowledgedBy: by })
    .where(
      and(
        eq(notice.agencyId, agencyId),
        inArray(notice.id, [...ids]),
        isNull(notice.acknowledgedAt),
        ne(notice.kind, "listed"),
      ),
    )
    .returning();
}

/** A removal that an agency was told of and has not acknowledged. */
export type Unacknowledged = {
  id: string;
  agencyId: string;
  agency: string;
  listingId: string;
  courtCode: string | null;
  courtName: string;
  caseNumber: string;
  operation: string | null;
  toldAt: Date;
  dueOn: string | null;
};

export type UnacknowledgedFilter = {
  /** Null: of every court. */
  courts: readonly string[] | null;
  state: "open" | "overdue" | "due_unknown";
  today: string;
};

const competent = sql<string | null>`coalesce(${listing.competentCourt}, ${listing.courtCode})`;
const isUnacknowledged = and(isWaiting, eq(notice.kind, "ended"));

function dueSql({ state, today }: UnacknowledgedFilter): SQL | undefined {
  if (state === "open") return undefined;
  return state === "overdue" ? lt(notice.dueOn, today) : isNull(notice.dueOn);
}

/** Newest first, before `before` (an id). */
export async function listUnacknowledged(
  reader: Reader,
  filter: UnacknowledgedFilter,
  before: string | null,
  limit: number,
): Promise<Unacknowledged[]> {
  const { courts } = filter;
  return reader
    .select({
      id: notice.id,
      agencyId: notice.agencyId,
      agency: agency.name,
      listingId: notice.listingId,
      courtCode: competent,
      courtName: listing.courtName,
      caseNumber: listing.caseNumberRaw,
      operation: notice.operation,
      toldAt: notice.toldAt,
      dueOn: notice.dueOn,
    })
    .from(notice)
    .innerJoin(listing, eq(listing.id, notice.listingId))
    .innerJoin(agency, eq(agency.id, notice.agencyId))
    .where(
      and(
        isUnacknowledged,
        courts ? inArray(competent, [...courts]) : undefined,
        dueSql(filter),
        before === null ? undefined : lt(notice.id, before),
      ),
    )
    .orderBy(desc(notice.id))
    .limit(limit);
}

export async function countUnacknowledged(
  reader: Reader,
  today: string,
): Promise<{ open: number; overdue: number; dueUnknown: number }> {
  const [row] = await reader
    .select({
      open: sql<number>`count(*)::int`,
      overdue: sql<number>`(count(*) filter (where ${notice.dueOn} < ${today}::date))::int`,
      dueUnknown: sql<number>`(count(*) filter (where ${notice.dueOn} is null))::int`,
    })
    .from(notice)
    .where(isUnacknowledged);
  return row ?? { open: 0, overdue: 0, dueUnknown: 0 };
}

/** An agency that was told of the end of a listing. */
export type ToldAgency = {
  agency: string;
  list: "dishonest" | "consumption_limit";
  caseNumber: string;
  toldAt: Date;
  acknowledgedAt: Date | null;
};

/**
 * Who was told of the removals of a party, newest first. An agency that asked only for purposes which the party is not
 * to learn of yet stays out: what it was told would tell that it asked.
 */
export async function listToldOfRemovals(
  reader: Reader,
  subjectId: string,
  { delays, now, limit }: { delays: readonly PurposeDays[]; now: Date; limit: number },
): Promise<ToldAgency[]> {
  return reader
    .select({
      agency: agency.name,
      list: listing.list,
      caseNumber: listing.caseNumberRaw,
      toldAt: notice.toldAt,
      acknowledgedAt,
    })
    .from(notice)
    .innerJoin(listing, eq(listing.id, notice.listingId))
    .innerJoin(agency, eq(agency.id, notice.agencyId))
    .where(
      and(
        eq(listing.subjectId, subjectId),
        eq(notice.kind, "ended"),
        sql`exists (
          select from ${hit} h
          left join jsonb_to_recordset(${JSON.stringify(delays)}::jsonb) as delay (purpose text, days int)
            on delay.purpose = h.purpose
          where h.listing_id = ${notice.listingId} and h.agency_id = ${notice.agencyId}
            and h.checked_at + make_interval(days => coalesce(delay.days, 0)) <= ${now.toISOString()}::timestamptz
        )`,
      ),
    )
    .orderBy(desc(notice.id))
    .limit(limit);
}
