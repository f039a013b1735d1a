// The keys through which an agency's people ask in the console: each follows from the ring, so that nobody holds it and
// nothing stores it, and is otherwise a key like any other: listed, audited, revocable.
import type { KeyObject } from "node:crypto";
import { appendAudit } from "../audit/index.ts";
import type { Database, Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { derivedApiKey, digestOf } from "./api-key.ts";
import type { Scope } from "./key.ts";
import { type ApiKeyRow, findCredential, findKeys, insertKeyOnce } from "./queries.ts";

/** Whoever works on an agency's matters, and whoever administers its connection as well. */
export const consoleRoles = ["agency_officer", "agency_liaison"] as const;
export type ConsoleRole = (typeof consoleRoles)[number];

/** As the list of keys names them. */
export const CONSOLE_NOTE: Record<ConsoleRole, string> = {
  agency_officer: "窗口控制台（经办人）",
  agency_liaison: "窗口控制台（联络员）",
};

const working: readonly Scope[] = [
  "checks:write",
  "checks:read",
  "sanctions:read",
  "sanctions:write",
  "events:read",
  "watches:write",
];
const scopesOf: Record<ConsoleRole, readonly Scope[]> = {
  agency_officer: working,
  agency_liaison: [...working, "webhooks:write"],
};

/** How often a console may be given a new key after its last one was revoked. */
const GENERATIONS_MAX = 20;

type Whose = { agencyId: string; role: ConsoleRole };

export function consoleKeyOf(
  credentialKey: KeyObject,
  { agencyId, role }: Whose,
  generation: number,
): { id: string; key: string } {
  return derivedApiKey(credentialKey, `console\0${agencyId}\0${role}\0${generation}`);
}

/** Whose console the key with this id opens; null where it is another key of the agency. */
export function consoleRoleOf({ credentialKey }: KeyRing, agencyId: string, keyId: string): ConsoleRole | null {
  const opens = (role: ConsoleRole) => generationsOf(credentialKey, { agencyId, role }).some(({ id }) => id === keyId);
  return consoleRoles.find(opens) ?? null;
}

/**
 * The bearer of whoever of an agency reads a page of the console. Its first key is issued when the first of them comes;
 * what was revoked since, or an agreement that has ended, is `console-closed`.
 */
export async function readyConsoleKey(db: Database, ring: KeyRing, whose: Whose, actor: string): Promise<string> {
  const latest = await findLatest(db, ring, whose);
  if (!latest) await db.transaction((tx) => issue(tx, ring, whose, { generation: 0, actor }));
  const { key } = consoleKeyOf(ring.credentialKey, whose, latest?.generation ?? 0);
  if (!(await findCredential(db, digestOf(ring.credentialKey, key)))) throw new AppError("console-closed");
  return key;
}

/** Opens the console again after its key was revoked; `conflict` where it is open. */
export async function renewConsoleKey(tx: Transaction, ring: KeyRing, whose: Whose, actor: string): Promise<ApiKeyRow> {
  const latest = await findLatest(tx, ring, whose);
  if (latest && latest.row.revokedAt === null) throw new AppError("conflict", { note: "the console is open" });
  const generation = latest ? latest.generation + 1 : 0;
  if (generation >= GENERATIONS_MAX) throw new AppError("conflict", { note: "the console has had all its keys" });
  const issued = await issue(tx, ring, whose, { generation, actor });
  if (!issued) throw new AppError("conflict", { note: "the console was opened meanwhile" });
  return issued;
}

async function issue(
  tx: Transaction,
  ring: KeyRing,
  { agencyId, role }: Whose,
  { generation, actor }: { generation: number; actor: string },
): Promise<ApiKeyRow | undefined> {
  const { id, key } = consoleKeyOf(ring.credentialKey, { agencyId, role }, generation);
  const scopes = [...scopesOf[role]];
  const digest = digestOf(ring.credentialKey, key);
  const note = CONSOLE_NOTE[role];
  const row = await insertKeyOnce(tx, { id, agencyId, digest, scopes, note, createdBy: actor });
  if (row) {
    const detail = { agency: publicId("agy", agencyId), scopes, console: role };
    await appendAudit(tx, { actor, action: "key.issue", subject: id, detail });
  }
  return row;
}

async function findLatest(reader: Reader, { credentialKey }: KeyRing, whose: Whose) {
  const known = generationsOf(credentialKey, whose);
  const rows = await findKeys(
    reader,
    known.map(({ id }) => id),
  );
  const generation = known.findLastIndex(({ id }) => rows.some((row) => row.id === id));
  const row = rows.find(({ id }) => id === known[generation]?.id);
  return row && { generation, row };
}

function generationsOf(credentialKey: KeyObject, whose: Whose) {
  return Array.from({ length: GENERATIONS_MAX }, (_, generation) => consoleKeyOf(credentialKey, whose, generation));
}
