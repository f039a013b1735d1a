// SQL on where listings were made known, and on what is to be taken down there.
import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { clock } from "../../courts/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { NEW_UUID_SQL, publicIdSql } from "../../platform/id-sql.ts";
import type { Stretch } from "../../registry/index.ts";
import { listing } from "../../registry/schema.ts";
import { publication, takeDownTask } from "./schema.ts";

export type PublicationRow = typeof publication.$inferSelect;
export type TakeDownRow = typeof takeDownTask.$inferSelect;

/** A task that was opened, with what its clock and its event need. */
export type OpenedTask = { id: string; listingId: string; court: string; agencyId: string | null };

const courtOf = sql<string | null>`coalesce(${listing.competentCourt}, ${listing.courtCode})`;
/** A legacy number names no court: there its name says whose duty it is. */
const dutyOf = sql.raw("coalesce(l.competent_court, l.court_code, l.court_name)");

/** Whether the listing has ended, under a lock that its end waits for; null where there is none. */
export async function holdListing(tx: Transaction, id: string): Promise<{ isOver: boolean } | null> {
  const [held] = await tx.execute<{ isOver: boolean }>(sql`
    select ended_at is not null as "isOver" from listing where id = ${id} for share`);
  return held ?? null;
}

export async function insertPublication(
  tx: Transaction,
  row: typeof publication.$inferInsert,
): Promise<PublicationRow> {
  const [inserted] = await tx.insert(publication).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

export async function listPublications(reader: Reader, listingId: string): Promise<PublicationRow[]> {
  return reader
    .select()
    .from(publication)
    .where(eq(publication.listingId, listingId))
    .orderBy(asc(publication.publishedOn), asc(publication.id));
}

/** Opens the task of each publication that has none, of these listings as far as they have ended. */
async function insertTasks(tx: Transaction, listings: SQL): Promise<OpenedTask[]> {
  return tx.execute<OpenedTask>(sql`
    with opened as (
      insert into take_down_task (id, publication_id)
      select ${sql.raw(NEW_UUID_SQL)}, p.id
      from publication p join listing l on l.id = p.listing_id and l.ended_at is not null
      where p.listing_id in ${listings}
      on conflict do nothing
      returning id, publication_id
    )
    select opened.id, p.listing_id as "listingId", ${dutyOf} as court, p.agency_id as "agencyId"
    from opened join publication p on p.id = opened.publication_id join listing l on l.id = p.listing_id
    order by opened.id`);
}

export async function insertTasksOfEnded(tx: Transaction, { after, upTo }: Stretch): Promise<OpenedTask[]> {
  return insertTasks(
    tx,
    sql`(select listing_id from listing_change where position > ${after} and position <= ${upTo} and kind = 'ended')`,
  );
}

export async function insertTasksOf(tx: Transaction, listingId: string): Promise<OpenedTask[]> {
  return insertTasks(tx, sql`(${listingId})`);
}

/** Ends the open tasks of what is listed again; their public ids. */
export async function cancelTasksOfListed(tx: Transaction, { after, upTo }: Stretch): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with cancelled as (
      update take_down_task t set cancelled_at = now()
      from publication p
        join listing_change c on c.listing_id = p.listing_id and c.kind = 'listed'
        join listing l on l.id = p.listing_id and l.ended_at is null
      where t.publication_id = p.id and c.position > ${after} and c.position <= ${upTo}
        and t.done_at is null and t.cancelled_at is null
      returning t.id
    )
    select ${sql.raw(publicIdSql("tdn", "id"))} as id from cancelled`);
  return rows.map(({ id }) => id);
}

export type TakeDown = { task: TakeDownRow; publication: PublicationRow; court: string | null; dueOn: string | null };

const whole = { task: takeDownTask, publication, court: courtOf, dueOn: clock.dueOn };

function selectTasks(reader: Reader) {
  return reader
    .select(whole)
    .from(takeDownTask)
    .innerJoin(publication, eq(publication.id, takeDownTask.publicationId))
    .innerJoin(listing, eq(listing.id, publication.listingId))
    .leftJoin(clock, eq(clock.subject, sql.raw(publicIdSql("tdn", "take_down_task.id"))));
}

export async function findTakeDown(reader: Reader, id: string): Promise<TakeDown | null> {
  const [found] = await selectTasks(reader).where(eq(takeDownTask.id, id));
  return found ?? null;
}

export const takeDownStates = ["open", "overdue", "done", "cancelled"] as const;
export type TakeDownState = (typeof takeDownStates)[number];

export type TakeDownFilter = {
  /** Null: of every court. */
  courts: readonly string[] | null;
  state: TakeDownState;
  today: string;
};

/** Newest first, before `before` (an id). */
export async function listTakeDowns(
  reader: Reader,
  { courts, state, today }: TakeDownFilter,
  before: string | null,
  limit: number,
): Promise<TakeDown[]> {
  const isOpen = and(isNull(takeDownTask.doneAt), isNull(takeDownTask.cancelledAt));
  const conditions: Record<TakeDownState, SQL | undefined> = {
    open: isOpen,
    overdue: and(isOpen, lt(clock.dueOn, today)),
    done: isNotNull(takeDownTask.doneAt),
    cancelled: isNotNull(takeDownTask.cancelledAt),
  };
  return selectTasks(reader)
    .where(
      and(
        courts ? inArray(courtOf, [...courts]) : undefined,
        conditions[state],
        before === null ? undefined : lt(takeDownTask.id, before),
      ),
    )
    .orderBy(desc(takeDownTask.id))
    .limit(limit);
}

/** False where it is done or cancelled already. */
export async function setTaskDone(
  tx: Transaction,
  id: string,
  done: { doneOn: string; doneBy: string; doneAt: Date },
): Promise<boolean> {
  const isOpen = and(isNull(takeDownTask.doneAt), isNull(takeDownTask.cancelledAt));
  const updated = await tx
    .update(takeDownTask)
    .set(done)
    .where(and(eq(takeDownTask.id, id), isOpen))
    .returning({ id: takeDownTask.id });
  return updated.length > 0;
}
