// The life of a session: opened with a token that exists only in its answer, ended by its owner or with the account.
import { appendAudit } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import { type AccountRow, endSession, insertSession, type SessionRow, setDigest } from "./session-queries.ts";
import { newSessionToken } from "./session-token.ts";

/** However busy: a working day (OWASP: four to eight hours for office work). */
const HOURS_MAX = 8;
const USER_AGENT_LENGTH_MAX = 160;

/** What a browser gets on signing in. */
export type OpenedSession = { account: AccountRow; session: SessionRow; token: string };

/** Always a new token: one that somebody planted beforehand opens nothing. */
export async function openSession(
  tx: Transaction,
  account: AccountRow,
  { factor, userAgent }: { factor: "totp" | "recovery_code" | "security_key" | "enrolment"; userAgent: string },
): Promise<OpenedSession> {
  const { token, digest } = newSessionToken();
  const session = await insertSession(tx, {
    id: newUuid(),
    accountId: account.id,
    digest,
    userAgent: userAgent.replace(/[^\x20-\x7e]/g, "?").slice(0, USER_AGENT_LENGTH_MAX),
    expiresAt: new Date(Date.now() + HOURS_MAX * 3_600_000),
  });
  await appendAudit(tx, {
    actor: `staff:${publicId("acc", account.id)}`,
    action: "session.open",
    subject: publicId("ses", session.id),
    detail: { factor },
  });
  return { account, session, token };
}

/**
 * Gives a session another token once its owner has shown both factors again (ASVS 7.2.4): whoever had copied the one
 * before is out. Null where it has ended meanwhile.
 */
export async function renewToken(tx: Transaction, { id }: SessionRow): Promise<string | null> {
  const { token, digest } = newSessionToken();
  return (await setDigest(tx, id, digest)) ? token : null;
}

/** Ends one of the account's own sessions; `not-found` for any other. */
export async function closeSession(tx: Transaction, account: AccountRow, id: string | null): Promise<SessionRow> {
  const ended = id === null ? undefined : await endSession(tx, account.id, id);
  if (!ended) throw new AppError("not-found");
  await appendAudit(tx, {
    actor: `staff:${publicId("acc", account.id)}`,
    action: "session.close",
    subject: publicId("ses", ended.id),
  });
  return ended;
}
