// SQL on lift obligations: noted and cancelled in sets, ended with their sanction, and read by agency and by court.
import { and, asc, count, eq, gt, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import type { SanctionState } from "../lifecycle.ts";
import { sanction, sanctionListing } from "../schema.ts";
import { liftObligation } from "./schema.ts";

export type ObligationRow = typeof liftObligation.$inferSelect;
/** An obligation with the sanction that is to be lifted. */
export type ObligationCase = { obligation: ObligationRow; sanction: typeof sanction.$inferSelect; agency: string };

export type NewObligation = {
  id: string;
  sanctionId: string;
  agencyId: string;
  purpose: string;
  listingId: string;
  aroseAt: number;
  notedOn: string;
  dueOn: string | null;
  cancelledBy: string | null;
  cancelledAt: number | null;
};

const instantOf = (micros: string) => sql.raw(`to_timestamp(${micros} / 1000000.0)`);

/** Those that nobody has noted before, by id. */
export async function insertObligations(tx: Transaction, rows: readonly NewObligation[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await tx.execute<{ id: string }>(sql`
    insert into lift_obligation (
      id, sanction_id, agency_id, purpose, listing_id, court, arose_at, noted_on, due_on, state, cancelled_by, cancelled_at
    )
    select r.id, r."sanctionId", r."agencyId", r.purpose, r."listingId", coalesce(l.competent_court, l.court_code),
      ${instantOf('r."aroseAt"')}, r."notedOn", r."dueOn", case when r."cancelledBy" is null then 'open' else 'cancelled' end,
      r."cancelledBy", ${instantOf('r."cancelledAt"')}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      id uuid, "sanctionId" uuid, "agencyId" uuid, purpose text, "listingId" uuid, "aroseAt" numeric, "notedOn" date,
      "dueOn" date, "cancelledBy" uuid, "cancelledAt" numeric
    )
    join listing l on l.id = r."listingId"
    on conflict do nothing
    returning id`);
  return new Set(inserted.map(({ id }) => id));
}

export type Cancellation = { id: string; listingId: string; at: number };

/** Those that were open until now, by id. */
export async function cancelObligations(tx: Transaction, rows: readonly Cancellation[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const cancelled = await tx.execute<{ id: string }>(sql`
    update lift_obligation o set state = 'cancelled', cancelled_by = r."listingId", cancelled_at = ${instantOf("r.at")}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "listingId" uuid, at numeric)
    where o.id = r.id and o.state = 'open'
    returning o.id`);
  return new Set(cancelled.map(({ id }) => id));
}

export type NewRest = { sanctionId: string; listingId: string; from: number; names: string[] };

/** Listings that sanctions rest on from now on. */
export async function insertRests(tx: Transaction, rows: readonly NewRest[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into ${sanctionListing} (sanction_id, listing_id, grade, since, name_keys)
    select r."sanctionId", r."listingId", 'exact', ${instantOf('r."from"')}, array(select jsonb_array_elements_text(r.names))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      "sanctionId" uuid, "listingId" uuid, "from" numeric, names jsonb
    )
    on conflict do nothing`);
}

/** Those whose last day has passed, with nothing owed about them. */
export async function setEndedByDate(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(sanction)
    .set({ state: "ended_by_date", version: sql`${sanction.version} + 1` })
    .where(and(inArray(sanction.id, [...ids]), eq(sanction.state, "active")));
}

/** What is owed about a sanction ends with it. */
export async function settleObligation(tx: Transaction, sanctionId: string, became: SanctionState): Promise<void> {
  if (became !== "lifted" && became !== "cancelled") return;
  await tx
    .update(liftObligation)
    .set({ state: became === "lifted" ? "lifted" : "void" })
    .where(and(eq(liftObligation.sanctionId, sanctionId), eq(liftObligation.state, "open")));
}

/** False where it is not open any more. */
export async function setClosed(
  tx: Transaction,
  id: string,
  closing: Pick<ObligationRow, "closedBy" | "closedCourt" | "closedAt" | "closeReason">,
): Promise<boolean> {
  const closed = await tx
    .update(liftObligation)
    .set({ ...closing, state: "closed" })
    .where(and(eq(liftObligation.id, id), eq(liftObligation.state, "open")))
    .returning({ id: liftObligation.id });
  return closed.length > 0;
}

export async function findObligationCase(reader: Reader, id: string): Promise<ObligationCase | null> {
  const [found] = await selectCases(reader).where(eq(liftObligation.id, id));
  return found ?? null;
}

/** The sanction to be lifted, locked until the transaction's end. */
export async function lockSanction(tx: Transaction, id: string): Promise<typeof sanction.$inferSelect | null> {
  const [locked] = await tx.select().from(sanction).where(eq(sanction.id, id)).for("no key update");
  return locked ?? null;
}

export const obligationQueries = ["open", "overdue", "due_unknown", "lifted", "cancelled", "closed"] as const;
export type ObligationFilter = {
  agencyId?: string | undefined;
  /** Null: of every court. */
  courts?: readonly string[] | null | undefined;
  /** `overdue` and `due_unknown` are among the open ones. */
  state: (typeof obligationQueries)[number] | undefined;
  today: string;
};

/** In the order in which they were noted, after `after` (an id). */
export async function listObligationCases(
  reader: Reader,
  filter: ObligationFilter,
  after: string | null,
  limit: number,
): Promise<ObligationCase[]> {
  return selectCases(reader)
    .where(and(filterSql(filter), after === null ? undefined : gt(liftObligation.id, after)))
    .orderBy(asc(liftObligation.id))
    .limit(limit);
}

function filterSql({ agencyId, courts, state, today }: ObligationFilter): SQL | undefined {
  const isOpen = eq(liftObligation.state, "open");
  const stateSql = () => {
    if (state === "overdue") return and(isOpen, lt(liftObligation.dueOn, today));
    if (state === "due_unknown") return and(isOpen, isNull(liftObligation.dueOn));
    return state && eq(liftObligation.state, state);
  };
  return and(
    agencyId === undefined ? undefined : eq(liftObligation.agencyId, agencyId),
    courts ? inArray(liftObligation.court, [...courts]) : undefined,
    stateSql(),
  );
}

function selectCases(reader: Reader) {
  return reader
    .select({ obligation: liftObligation, sanction, agency: agency.name })
    .from(liftObligation)
    .innerJoin(sanction, eq(sanction.id, liftObligation.sanctionId))
    .innerJoin(agency, eq(agency.id, liftObligation.agencyId));
}

/** Open obligations by whether they are overdue, or cannot be yet. */
export async function countOpenObligations(
  reader: Reader,
  today: string,
): Promise<{ open: number; overdue: number; dueUnknown: number }> {
  const [row] = await reader
    .select({
      open: count(),
      overdue: sql<number>`(count(*) filter (where ${lt(liftObligation.dueOn, today)}))::int`,
      dueUnknown: sql<number>`(count(*) filter (where ${isNull(liftObligation.dueOn)}))::int`,
    })
    .from(liftObligation)
    .where(eq(liftObligation.state, "open"));
  return row ?? { open: 0, overdue: 0, dueUnknown: 0 };
}
