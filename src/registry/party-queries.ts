// The statements on subjects and documents: a party is found by its number, or made.
import { inArray } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import { type Party, type PartyDocument, type PartyKeys, sealNumber } from "./party.ts";
import { subject, subjectDocument } from "./schema.ts";

/**
 * The subjects of these parties in their order, made where they are new. Whoever writes an identity document first
 * decides whose it is.
 */
export async function findOrInsertSubjects(
  tx: Transaction,
  keys: PartyKeys,
  parties: readonly Party[],
  source: string,
): Promise<string[]> {
  await insertDocuments(
    tx,
    keys,
    parties.map(({ identity, subjectId }) => ({ document: identity, subjectId })),
    source,
  );
  const rows = await tx
    .select({ id: subjectDocument.subjectId, index: subjectDocument.blindIndex })
    .from(subjectDocument)
    .where(
      inArray(
        subjectDocument.blindIndex,
        parties.map(({ identity }) => identity.blindIndex),
      ),
    );
  const subjectOf = new Map(rows.map(({ id, index }) => [index.toString("hex"), id]));
  const ids = parties.map(({ identity, subjectId }) => subjectOf.get(identity.blindIndex.toString("hex")) ?? subjectId);
  const further = parties.flatMap(({ further: document }, at) =>
    document ? [{ document, subjectId: ids[at] ?? "" }] : [],
  );
  if (further.length > 0) await insertDocuments(tx, keys, further, source);
  const subjects = parties.map(({ kind }, at) => ({ id: ids[at] ?? "", kind }));
  await tx.insert(subject).values(subjects).onConflictDoNothing();
  return ids;
}

/** Gives a known party the documents of another reading of it; false where its number is somebody's already. */
export async function addDocuments(
  tx: Transaction,
  keys: PartyKeys,
  { identity, further }: Party,
  { subjectId, source }: { subjectId: string; source: string },
): Promise<boolean> {
  const inserted = await insertDocuments(tx, keys, [{ document: identity, subjectId }], source);
  if (inserted === 0) return false;
  if (further) await insertDocuments(tx, keys, [{ document: further, subjectId }], source);
  return true;
}

/** In the order of their keys: two drafts that name the same parties wait for each other and never both. */
async function insertDocuments(
  tx: Transaction,
  keys: PartyKeys,
  given: { document: PartyDocument; subjectId: string }[],
  source: string,
): Promise<number> {
  const rows = given
    .map(({ document, subjectId }) => {
      const { blindIndex, kind, masked } = document;
      return { blindIndex, subjectId, kind, masked, numberSealed: sealNumber(keys, document), source };
    })
    .sort((a, b) => Buffer.compare(a.blindIndex, b.blindIndex));
  const inserted = await tx
    .insert(subjectDocument)
    .values(rows)
    .onConflictDoNothing()
    .returning({ index: subjectDocument.blindIndex });
  return inserted.length;
}
