// SQL of certificates: which were issued, and the checks that one certifies.
import { and, asc, eq, gt, lt } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { checkColumns, type CheckRow } from "../queries.ts";
import { certificate, checkRecord } from "../schema.ts";

export type CertificateRow = typeof certificate.$inferSelect;

/** The new row; none where this certificate was issued before. */
export async function insertCertificate(
  tx: Transaction,
  row: typeof certificate.$inferInsert,
): Promise<CertificateRow | undefined> {
  const [inserted] = await tx.insert(certificate).values(row).onConflictDoNothing().returning();
  return inserted;
}

export async function findCertificate(reader: Reader, codeDigest: Buffer): Promise<CertificateRow | undefined> {
  const [found] = await reader.select().from(certificate).where(eq(certificate.codeDigest, codeDigest));
  return found;
}

/** The agency's checks of one batch, in its order: their ids follow the batch's, and none comes after `lastId`. */
export async function listBatch(
  reader: Reader,
  agencyId: string,
  batchId: string,
  lastId: string,
  limit: number,
): Promise<CheckRow[]> {
  const within = and(gt(checkRecord.id, batchId), lt(checkRecord.id, lastId), eq(checkRecord.batchId, batchId));
  return reader
    .select(checkColumns)
    .from(checkRecord)
    .where(and(eq(checkRecord.agencyId, agencyId), within))
    .orderBy(asc(checkRecord.id))
    .limit(limit);
}
