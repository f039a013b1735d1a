// The statements on kept answers: the unique digest decides who of two carries a request out.
import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { keptAnswer } from "./schema.ts";

export type KeptAnswer = typeof keptAnswer.$inferSelect;

/** True where the key is this request's now: nobody had it, or whoever has it did not answer for `silentSecondsMax`. */
export async function claimKey(
  tx: Transaction,
  row: Pick<KeptAnswer, "digest" | "fingerprint" | "owner" | "lease">,
  silentSecondsMax: number,
): Promise<boolean> {
  const claimed = await tx
    .insert(keptAnswer)
    .values(row)
    .onConflictDoUpdate({
      target: keptAnswer.digest,
      set: { fingerprint: row.fingerprint, lease: row.lease, claimedAt: sql`now()` },
      setWhere: sql`${isNull(keptAnswer.status)} and ${keptAnswer.claimedAt} < now() - ${silentSecondsMax} * interval '1 second'`,
    })
    .returning({ digest: keptAnswer.digest });
  return claimed.length > 0;
}

export async function findKept(reader: Reader, digest: string): Promise<KeptAnswer | undefined> {
  const [found] = await reader.select().from(keptAnswer).where(eq(keptAnswer.digest, digest));
  return found;
}

/** Whoever was silent for too long and lost the key keeps nothing. */
export async function keepAnswer(
  tx: Transaction,
  { digest, lease, status, answerSealed }: Pick<KeptAnswer, "digest" | "lease" | "status" | "answerSealed">,
): Promise<void> {
  const own = and(eq(keptAnswer.digest, digest), eq(keptAnswer.lease, lease));
  await tx.update(keptAnswer).set({ status, answerSealed }).where(own);
}

/** Gives the key free again. */
export async function releaseKey(
  tx: Transaction,
  { digest, lease }: Pick<KeptAnswer, "digest" | "lease">,
): Promise<void> {
  const own = and(eq(keptAnswer.digest, digest), eq(keptAnswer.lease, lease), isNull(keptAnswer.status));
  await tx.delete(keptAnswer).where(own);
}

export async function blankAnswers(tx: Transaction, owner: string): Promise<void> {
  const kept = and(eq(keptAnswer.owner, owner), isNotNull(keptAnswer.answerSealed));
  await tx.update(keptAnswer).set({ answerSealed: null }).where(kept);
}

/** Up to `limit` keys that were claimed before `before` are gone; says how many. */
export async function deleteKept(tx: Transaction, before: Date, limit: number): Promise<number> {
  const old = tx
    .select({ digest: keptAnswer.digest })
    .from(keptAnswer)
    .where(lt(keptAnswer.claimedAt, before))
    .limit(limit)
    .for("update", { skipLocked: true });
  const gone = await tx
    .delete(keptAnswer)
    .where(inArray(keptAnswer.digest, old))
    .returning({ digest: keptAnswer.digest });
  return gone.length;
}
