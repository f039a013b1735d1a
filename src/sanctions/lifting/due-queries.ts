// SQL on the last days of what is open: a few groups of one purpose and day stand for all of it.
import { sql } from "drizzle-orm";
import type { Transaction } from "../../platform/database.ts";

export type Duty = "lift" | "review";
export type OpenDay = { duty: Duty; purpose: string; notedOn: string; dueOn: string | null };

const tables: Record<Duty, { name: string; isOpen: string }> = {
  lift: { name: "lift_obligation", isOpen: "state = 'open'" },
  review: { name: "past_refusal_review", isOpen: "outcome is null" },
};

/** Which days stand in what is open. */
export async function listOpenDays(tx: Transaction): Promise<OpenDay[]> {
  const days = Object.entries(tables).map(([duty, { name, isOpen }]) =>
    sql.raw(`select distinct '${duty}' as duty, purpose, noted_on::text as "notedOn", due_on::text as "dueOn"
      from ${name} where ${isOpen}`),
  );
  return [...(await tx.execute<OpenDay>(sql.join(days, sql` union all `)))];
}

/** How many rows of the group have this last day now. */
export async function moveDue(tx: Transaction, { duty, purpose, notedOn, dueOn }: OpenDay): Promise<number> {
  const { name, isOpen } = tables[duty];
  const moved = await tx.execute(sql`
    update ${sql.identifier(name)} set due_on = ${dueOn}
    where ${sql.raw(isOpen)} and purpose = ${purpose} and noted_on = ${notedOn} and due_on is distinct from ${dueOn}::date`);
  return moved.count;
}
