// The statements on forms in work: each is its author's alone.
import { and, count, desc, eq, lt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { draftForm } from "./schema.ts";

export type FormRow = typeof draftForm.$inferSelect;

export async function insertForm(tx: Transaction, row: typeof draftForm.$inferInsert): Promise<FormRow> {
  const [inserted] = await tx.insert(draftForm).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

/** Null where it is not this author's, or gone, or was saved since `version`. */
export async function updateForm(
  tx: Transaction,
  { id, author, version }: Pick<FormRow, "id" | "author"> & { version: number | undefined },
  change: Pick<FormRow, "sealed" | "savedAt">,
): Promise<FormRow | null> {
  const [updated] = await tx
    .update(draftForm)
    .set({ ...change, version: sql`${draftForm.version} + 1` })
    .where(
      and(
        eq(draftForm.id, id),
        eq(draftForm.author, author),
        version === undefined ? undefined : eq(draftForm.version, version),
      ),
    )
    .returning();
  return updated ?? null;
}

export async function deleteForm(tx: Transaction, { id, author }: Pick<FormRow, "id" | "author">): Promise<boolean> {
  const own = and(eq(draftForm.id, id), eq(draftForm.author, author));
  return (await tx.delete(draftForm).where(own).returning({ id: draftForm.id })).length > 0;
}

export async function deleteFormsBefore(tx: Transaction, before: Date): Promise<void> {
  await tx.delete(draftForm).where(lt(draftForm.savedAt, before));
}

export async function findForm(reader: Reader, author: string, id: string): Promise<FormRow | null> {
  const [found] = await reader
    .select()
    .from(draftForm)
    .where(and(eq(draftForm.id, id), eq(draftForm.author, author)));
  return found ?? null;
}

export async function listForms(reader: Reader, author: string): Promise<FormRow[]> {
  return reader.select().from(draftForm).where(eq(draftForm.author, author)).orderBy(desc(draftForm.savedAt));
}

export async function countForms(reader: Reader, author: string): Promise<number> {
  const [row] = await reader.select({ forms: count() }).from(draftForm).where(eq(draftForm.author, author));
  return row?.forms ?? 0;
}
