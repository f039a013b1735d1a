// SQL on editions of the catalogue and on the measures of agencies.
import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { Edition } from "./edition.ts";
import type { Approval } from "./measure.ts";
import { agency, agencyMeasure, catalogueEdition } from "./schema.ts";

export type EditionRow = typeof catalogueEdition.$inferSelect;
export type MeasureRow = typeof agencyMeasure.$inferSelect;
export type NewMeasureRow = typeof agencyMeasure.$inferInsert;

/** No row where there is an edition of this name. */
export async function insertEdition(
  tx: Transaction,
  row: { content: Edition; importedBy: string },
): Promise<EditionRow | undefined> {
  const [inserted] = await tx
    .insert(catalogueEdition)
    .values({ ...row, name: row.content.edition, active: false })
    .onConflictDoNothing()
    .returning();
  return inserted;
}

/** Makes the edition of this name the active one, or none of those that were imported. */
export async function setActiveEdition(tx: Transaction, name: string | null): Promise<void> {
  await tx.update(catalogueEdition).set({ active: false }).where(eq(catalogueEdition.active, true));
  if (name !== null) await tx.update(catalogueEdition).set({ active: true }).where(eq(catalogueEdition.name, name));
}

export async function listEditions(reader: Reader): Promise<EditionRow[]> {
  return reader.select().from(catalogueEdition).orderBy(asc(catalogueEdition.importedAt), asc(catalogueEdition.name));
}

export async function findActiveEdition(reader: Reader): Promise<EditionRow | undefined> {
  const [found] = await reader.select().from(catalogueEdition).where(eq(catalogueEdition.active, true));
  return found;
}

/** Every code that an imported edition or an agency's measure has; the shipped ones are in the code. */
export async function listFurtherCodes(reader: Reader): Promise<string[]> {
  const rows = await reader.execute<{ code: string }>(sql`
    select measure ->> 'code' as code
    from catalogue_edition cross join lateral jsonb_array_elements(content -> 'measures') measure
    union
    select code from agency_measure`);
  return rows.map(({ code }) => code);
}

export async function insertMeasure(tx: Transaction, row: NewMeasureRow): Promise<MeasureRow> {
  const [inserted] = await tx.insert(agencyMeasure).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

export async function findMeasure(reader: Reader, id: string): Promise<MeasureRow | undefined> {
  const [found] = await reader.select().from(agencyMeasure).where(eq(agencyMeasure.id, id));
  return found;
}

/**
 * Of every agency, what waits for that approval (null: for either of them), from the earliest proposal on, after `after`
 * (an id).
 */
export async function listAwaitingMeasures(
  reader: Reader,
  approval: "credit" | "court" | null,
  after: string | null,
  limit: number,
): Promise<{ measure: MeasureRow; agency: string }[]> {
  const [credit, court] = [isNull(agencyMeasure.creditApproval), isNull(agencyMeasure.courtApproval)];
  const awaits = { credit, court, either: or(credit, court) }[approval ?? "either"];
  const later = after === null ? undefined : gt(agencyMeasure.id, after);
  return reader
    .select({ measure: agencyMeasure, agency: agency.name })
    .from(agencyMeasure)
    .innerJoin(agency, eq(agency.id, agencyMeasure.agencyId))
    .where(and(awaits, isNull(agencyMeasure.withdrawnAt), later))
    .orderBy(asc(agencyMeasure.id))
    .limit(limit);
}

/** Up to `limit` measures of an agency before `before` (an id), the latest proposal first. */
export async function listMeasures(
  reader: Reader,
  agencyId: string,
  before: string | null,
  limit: number,
): Promise<MeasureRow[]> {
  const earlier = before === null ? undefined : lt(agencyMeasure.id, before);
  return reader
    .select()
    .from(agencyMeasure)
    .where(and(eq(agencyMeasure.agencyId, agencyId), earlier))
    .orderBy(desc(agencyMeasure.id))
    .limit(limit);
}

/** What answers offer the agency on this day, by code. */
export async function listMeasuresInForce(reader: Reader, agencyId: string, on: string): Promise<MeasureRow[]> {
  return reader
    .select()
    .from(agencyMeasure)
    .where(
      and(
        eq(agencyMeasure.agencyId, agencyId),
        isNotNull(agencyMeasure.creditApproval),
        isNotNull(agencyMeasure.courtApproval),
        isNull(agencyMeasure.withdrawnAt),
        lte(agencyMeasure.validFrom, on),
        or(isNull(agencyMeasure.validUntil), gte(agencyMeasure.validUntil, on)),
      ),
    )
    .orderBy(asc(agencyMeasure.code));
}

export type Approved = { id: string; authority: "credit" | "court"; approval: Approval };

/** No row where it is withdrawn, has this approval, or the same person proposed it or gave the other one. */
export async function setApproval(
  tx: Transaction,
  { id, authority, approval }: Approved,
): Promise<MeasureRow | undefined> {
  const [own, other] =
    authority === "credit"
      ? ([agencyMeasure.creditApproval, agencyMeasure.courtApproval] as const)
      : ([agencyMeasure.courtApproval, agencyMeasure.creditApproval] as const);
  const change = authority === "credit" ? { creditApproval: approval } : { courtApproval: approval };
  const [updated] = await tx
    .update(agencyMeasure)
    .set(change)
    .where(
      and(
        eq(agencyMeasure.id, id),
        isNull(agencyMeasure.withdrawnAt),
        isNull(own),
        sql`${agencyMeasure.proposedBy} <> ${approval.person}`,
        sql`${other} ->> 'person' is distinct from ${approval.person}`,
      ),
    )
    .returning();
  return updated;
}

export async function setWithdrawn(
  tx: Transaction,
  id: string,
  { by, at, reason }: { by: string; at: Date; reason: string },
): Promise<MeasureRow | undefined> {
  const [updated] = await tx
    .update(agencyMeasure)
    .set({ withdrawnBy: by, withdrawnAt: at, withdrawalReason: reason })
    .where(and(eq(agencyMeasure.id, id), isNull(agencyMeasure.withdrawnAt)))
    .returning();
  return updated;
}
