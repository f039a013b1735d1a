// SQL on sessions.
import { and, desc, eq, gt, isNull, ne, or, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { account, session } from "../schema.ts";

export type SessionRow = typeof session.$inferSelect;
export type AccountRow = typeof account.$inferSelect;

/** A session ends unasked when nobody used it for so long. */
export const IDLE_MINUTES = 15;

const open = and(
  isNull(session.endedAt),
  gt(session.expiresAt, sql`now()`),
  gt(session.lastSeenAt, sql`now() - make_interval(mins => ${IDLE_MINUTES})`),
);

export async function insertSession(tx: Transaction, row: typeof session.$inferInsert): Promise<SessionRow> {
  const [inserted] = await tx.insert(session).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

/** The session behind a digest with its account; none when either, or their agency, is out of force at this moment. */
export async function findSession(
  reader: Reader,
  digest: Buffer,
): Promise<{ session: SessionRow; account: AccountRow } | undefined> {
  const [found] = await reader
    .select({ session, account })
    .from(session)
    .innerJoin(account, and(eq(account.id, session.accountId), isNull(account.disabledAt)))
    .leftJoin(agency, eq(agency.id, account.agencyId))
    .where(and(eq(session.digest, digest), open, or(isNull(account.agencyId), eq(agency.state, "active"))));
  return found;
}

/** Notes that the session is in use. */
export async function touchSession(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(session)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(session.id, id), open));
}

/** False where the session is not open. */
export async function setDigest(tx: Transaction, id: string, digest: Buffer): Promise<boolean> {
  const set = await tx
    .update(session)
    .set({ digest })
    .where(and(eq(session.id, id), open))
    .returning({ id: session.id });
  return set.length > 0;
}

export async function listOpenSessions(reader: Reader, accountId: string): Promise<SessionRow[]> {
  return reader
    .select()
    .from(session)
    .where(and(eq(session.accountId, accountId), open))
    .orderBy(desc(session.id));
}

/** Ends one session of the account; no row when there is none that is open. */
export async function endSession(tx: Transaction, accountId: string, id: string): Promise<SessionRow | undefined> {
  const [ended] = await tx
    .update(session)
    .set({ endedAt: sql`now()` })
    .where(and(eq(session.id, id), eq(session.accountId, accountId), open))
    .returning();
  return ended;
}

/** Ends every session of the account but `kept`, and says how many there were. */
export async function endSessions(tx: Transaction, accountId: string, kept: string | null): Promise<number> {
  const others = kept === null ? undefined : ne(session.id, kept);
  const ended = await tx
    .update(session)
    .set({ endedAt: sql`now()` })
    .where(and(eq(session.accountId, accountId), isNull(session.endedAt), others))
    .returning({ id: session.id });
  return ended.length;
}

export async function endEverySession(tx: Transaction): Promise<number> {
  const ended = await tx
    .update(session)
    .set({ endedAt: sql`now()` })
    .where(isNull(session.endedAt))
    .returning({ id: session.id });
  return ended.length;
}
