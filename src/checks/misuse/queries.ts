// SQL on alerts: raised once for as long as they stand, acknowledged, closed, read by agencies and by who oversees them.
import { and, desc, eq, getTableColumns, lt, ne, type SQL, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { type alertStates, misuseAlert } from "./schema.ts";

export type AlertRow = typeof misuseAlert.$inferSelect;
export type NewAlertRow = typeof misuseAlert.$inferInsert;
export type AlertState = (typeof alertStates)[number];

const isStanding = ne(misuseAlert.state, "closed");

/** The alert that stands, new or seen once more. */
export async function upsertAlert(tx: Transaction, row: NewAlertRow): Promise<{ row: AlertRow; isNew: boolean }> {
  const [kept] = await tx
    .insert(misuseAlert)
    .values(row)
    .onConflictDoUpdate({
      target: [misuseAlert.agencyId, misuseAlert.keyId, misuseAlert.rule],
      targetWhere: sql`state <> 'closed'`,
      set: { lastSeenAt: row.lastSeenAt, facts: row.facts, sightings: sql`${misuseAlert.sightings} + 1` },
    })
    .returning();
  if (!kept) throw new Error("an upsert returned no row");
  return { row: kept, isNew: kept.id === row.id };
}

type Deed = { by: string; at: Date; reason: string };

/** No row where it is not open. */
export function setAcknowledged(tx: Transaction, id: string, { by, at, reason }: Deed): Promise<AlertRow | undefined> {
  const change = { state: "acknowledged", acknowledgedBy: by, acknowledgedAt: at, acknowledgement: reason } as const;
  return changeAlert(tx, and(eq(misuseAlert.id, id), eq(misuseAlert.state, "open")), change);
}

/** No row where it is closed. */
export function setClosed(tx: Transaction, id: string, { by, at, reason }: Deed): Promise<AlertRow | undefined> {
  const change = { state: "closed", closedBy: by, closedAt: at, closingReason: reason } as const;
  return changeAlert(tx, and(eq(misuseAlert.id, id), isStanding), change);
}

async function changeAlert(
  tx: Transaction,
  which: SQL | undefined,
  change: Partial<NewAlertRow>,
): Promise<AlertRow | undefined> {
  const [changed] = await tx.update(misuseAlert).set(change).where(which).returning();
  return changed;
}

export async function hasAlert(reader: Reader, id: string): Promise<boolean> {
  return (await reader.select({ id: misuseAlert.id }).from(misuseAlert).where(eq(misuseAlert.id, id))).length > 0;
}

export type AlertFilter = {
  /** Null: of all agencies, canaries too; an agency does not learn of its own. */
  agencyId: string | null;
  state?: AlertState | undefined;
};

/** Up to `limit` alerts before `before` (an id), newest first. */
export async function listAlerts(
  reader: Reader,
  { agencyId, state }: AlertFilter,
  before: string | null,
  limit: number,
): Promise<(AlertRow & { agencyName: string })[]> {
  return reader
    .select({ ...getTableColumns(misuseAlert), agencyName: agency.name })
    .from(misuseAlert)
    .innerJoin(agency, eq(agency.id, misuseAlert.agencyId))
    .where(
      and(
        agencyId === null ? undefined : and(eq(misuseAlert.agencyId, agencyId), ne(misuseAlert.rule, "canary")),
        state === undefined ? undefined : eq(misuseAlert.state, state),
        before === null ? undefined : lt(misuseAlert.id, before),
      ),
    )
    .orderBy(desc(misuseAlert.id))
    .limit(limit);
}

export async function countAlerts(reader: Reader): Promise<{ rule: string; state: string; alerts: number }[]> {
  const counts = await reader.execute<{ rule: string; state: string; alerts: number }>(sql`
    select rule, state, count(*)::int as alerts from misuse_alert where state <> 'closed' group by rule, state`);
  return [...counts];
}
