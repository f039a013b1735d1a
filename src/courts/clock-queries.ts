// The statements on clocks.
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { ClockName } from "./clock-kinds.ts";
import { clock } from "./schema.ts";

export type ClockRow = typeof clock.$inferSelect;
export type ClockGroup = Pick<ClockRow, "kind" | "startedOn" | "dueOn">;
export type ClockPosition = { dueOn: string | null; id: string };

/** Sorts after every day: what has no last day yet is read last. */
const NO_DAY = sql.raw("'infinity'::date");
const dueOrder = sql`coalesce(${clock.dueOn}, ${NO_DAY})`;

/** Of two reasons on one thing the earlier one counts: its clock stands, and is moved back where it was started late. */
export async function insertClock(tx: Transaction, row: typeof clock.$inferInsert): Promise<ClockRow> {
  const { startedOn, dueOn, calendarVersion } = row;
  const [started] = await tx
    .insert(clock)
    .values(row)
    .onConflictDoUpdate({
      target: [clock.subject, clock.kind],
      targetWhere: sql`stopped_at is null`,
      set: { startedOn, dueOn, calendarVersion },
      setWhere: sql`excluded.started_on < ${clock.startedOn}`,
    })
    .returning();
  if (started) return started;
  const isSame = and(eq(clock.subject, row.subject), eq(clock.kind, row.kind), isNull(clock.stoppedAt));
  const [running] = await tx.select().from(clock).where(isSame);
  if (!running) throw new Error("a clock was neither started nor running");
  return running;
}

/** What runs already stands. */
export async function insertClocks(tx: Transaction, rows: readonly (typeof clock.$inferInsert)[]): Promise<void> {
  const given = rows.map(({ id, kind, subject, matter, court, startedOn, dueOn, calendarVersion }) => {
    return {
      id,
      kind,
      subject,
      matter,
      court,
      started_on: startedOn,
      due_on: dueOn,
      calendar_version: calendarVersion,
    };
  });
  await tx.execute(sql`
    insert into clock (id, kind, subject, matter, court, started_on, due_on, calendar_version)
    select id, kind, subject, matter, court, started_on, due_on, calendar_version
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r (
      id uuid, kind text, subject text, matter text, court text, started_on date, due_on date, calendar_version text
    )
    on conflict do nothing`);
}

export async function setStopped(
  tx: Transaction,
  subjects: readonly string[],
  kinds: readonly ClockName[],
  at: Date,
): Promise<ClockRow[]> {
  return tx
    .update(clock)
    .set({ stoppedAt: at })
    .where(and(inArray(clock.subject, [...subjects]), inArray(clock.kind, [...kinds]), isNull(clock.stoppedAt)))
    .returning();
}

/** Every clock of one thing, in the order in which they started. */
export async function listClocksOf(reader: Reader, subject: string): Promise<ClockRow[]> {
  return reader.select().from(clock).where(eq(clock.subject, subject)).orderBy(asc(clock.startedOn), asc(clock.id));
}

export type ClockFilter = {
  /** Null: of every court. */
  courts: readonly string[] | null;
  kind?: ClockName | undefined;
  subject?: string | undefined;
  state: "open" | "overdue" | "due_unknown";
  /** The kinds whose passing is a failure. */
  duties: readonly ClockName[];
  today: string;
};

/** Running clocks, what was due first first; a time that has merely elapsed is none of them. */
export async function listClocks(
  reader: Reader,
  filter: ClockFilter,
  after: ClockPosition | null,
  limit: number,
): Promise<ClockRow[]> {
  return reader
    .select()
    .from(clock)
    .where(and(filterSql(filter), after ? isAfter(after) : undefined))
    .orderBy(dueOrder, asc(clock.id))
    .limit(limit);
}

function filterSql({ courts, kind, subject, state, duties, today }: ClockFilter): SQL | undefined {
  const isDuty = inArray(clock.kind, [...duties]);
  const hasPassed = lt(clock.dueOn, today);
  const stateSql: Record<ClockFilter["state"], SQL | undefined> = {
    open: or(isNull(clock.dueOn), isDuty, not(hasPassed)),
    overdue: and(isDuty, hasPassed),
    due_unknown: isNull(clock.dueOn),
  };
  return and(
    isNull(clock.stoppedAt),
    courts ? inArray(clock.court, [...courts]) : undefined,
    kind ? eq(clock.kind, kind) : undefined,
    subject ? eq(clock.subject, subject) : undefined,
    stateSql[state],
  );
}

function isAfter({ dueOn, id }: ClockPosition): SQL | undefined {
  const due = dueOn === null ? NO_DAY : sql`${dueOn}::date`;
  return or(sql`${dueOrder} > ${due}`, and(sql`${dueOrder} = ${due}`, gt(clock.id, id)));
}

/** How many duties of each kind are overdue. */
export async function countOverdue(
  reader: Reader,
  duties: readonly ClockName[],
  today: string,
): Promise<{ kind: ClockName; clocks: number }[]> {
  return reader
    .select({ kind: clock.kind, clocks: count() })
    .from(clock)
    .where(and(isNull(clock.stoppedAt), inArray(clock.kind, [...duties]), lt(clock.dueOn, today)))
    .groupBy(clock.kind);
}

/** How many running clocks wait for a notice. */
export async function countDueUnknown(reader: Reader): Promise<number> {
  const waiting = and(isNull(clock.stoppedAt), isNull(clock.dueOn));
  const [row] = await reader.select({ clocks: count() }).from(clock).where(waiting);
  return row?.clocks ?? 0;
}

/** What has been computed, once for all clocks of a kind that started on one day. */
export async function listComputed(reader: Reader): Promise<ClockGroup[]> {
  return reader
    .selectDistinct({ kind: clock.kind, startedOn: clock.startedOn, dueOn: clock.dueOn })
    .from(clock)
    .where(isNotNull(clock.calendarVersion));
}

/** Gives the clocks of each group their new last day; the number of clocks. */
export async function moveDue(tx: Transaction, groups: readonly ClockGroup[], calendarVersion: string) {
  const kinds = groups.map(({ kind }) => kind);
  const starts = groups.map(({ startedOn }) => startedOn);
  const dues = groups.map(({ dueOn }) => dueOn);
  const moved = await tx.execute(sql`
    update ${clock} set due_on = g.due_on, calendar_version = ${calendarVersion}
    from unnest(${sql.param(kinds)}::text[], ${sql.param(starts)}::text[]::date[], ${sql.param(dues)}::text[]::date[])
      as g (kind, started_on, due_on)
    where clock.kind = g.kind and clock.started_on = g.started_on and clock.calendar_version is not null
      and clock.due_on is distinct from g.due_on
    returning clock.id`);
  return moved.length;
}

export async function setCourt(tx: Transaction, subject: string, court: string): Promise<void> {
  await tx
    .update(clock)
    .set({ court })
    .where(and(or(eq(clock.subject, subject), eq(clock.matter, subject)), isNull(clock.stoppedAt)));
}
