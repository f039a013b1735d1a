// The life of an account: created with a code for the first sign-in, given a role or a delegation, reset, disabled.
import { findAgency } from "../../agencies/index.ts";
import { appendAudit } from "../../audit/index.ts";
import { textFault } from "../../identity/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError, type FieldFault } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { isCalendarDate } from "../../platform/time.ts";
import type { Delegation } from "../authority.ts";
import { findCourt } from "../court-queries.ts";
import {
  changeAccount,
  disableAccountRow,
  enableAccountRow,
  findAccount,
  insertAccount,
  lockAccount,
  replaceRecoveryCodes,
} from "./account-queries.ts";
import { digestOfCode, newOneTimeCode } from "./one-time-code.ts";
import { type AccountRole, isCourtRole } from "./role.ts";
import { deleteSecurityKeys } from "./security-keys/queries.ts";
import { type AccountRow, endEverySession, endSessions } from "./session-queries.ts";

const NAME_LENGTH_MAX = 60;
const DOCUMENT_LENGTH_MAX = 100;
/** Lower case, as staff numbers and mail names are. A name that looks like an identity number is refused. */
const LOGIN = /^(?!\d{15})[a-z0-9][a-z0-9._-]{2,39}$/;
const ENROLMENT_HOURS = 72;

export type NewAccount = {
  login: string;
  name: string;
  role: AccountRole;
  /** The code of their court, or the UUID of their agency: what the role needs. */
  court?: string | undefined;
  agencyId?: string | undefined;
};
/** An account with the code that is shown this once. */
export type Enrolling = { row: AccountRow; enrolmentCode: string };

/** `validation` names every faulty field; `conflict` when the login is taken. */
export async function createAccount(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  draft: NewAccount,
): Promise<Enrolling> {
  await requireSound(tx, draft);
  const { login, name, role, court, agencyId } = draft;
  const { enrolmentCode, ...enrolment } = newEnrolment(ring);
  const row = await insertAccount(tx, {
    id: newUuid(),
    login,
    name,
    role,
    courtCode: court ?? null,
    agencyId: agencyId ?? null,
    ...enrolment,
  });
  if (!row) throw new AppError("conflict", { note: "the login is taken" });
  await audit(tx, actor, "account.create", row, undefined, { role, court, agency: agencyIdOf(row) });
  return { row, enrolmentCode };
}

/** Ends the account's sessions at once; whoever it was can no longer sign in, and what they did stays theirs. */
export async function disableAccount(tx: Transaction, actor: string, id: string, reason: string): Promise<AccountRow> {
  const row = (await disableAccountRow(tx, id)) ?? (await refuse(tx, id));
  const sessions = await endSessions(tx, id, null);
  await audit(tx, actor, "account.disable", row, reason, { sessions });
  return row;
}

/** Brings a disabled account back; the factors it had are forgotten, so its owner enrols again. */
export async function enableAccount(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  id: string,
  reason: string,
): Promise<Enrolling> {
  const enabled = await enableAccountRow(tx, id);
  if (!enabled) {
    if (!(await findAccount(tx, id))) throw new AppError("not-found", { note: "no such account" });
    throw new AppError("conflict", { note: "the account is in force" });
  }
  await audit(tx, actor, "account.enable", enabled, reason);
  return forgetFactors(tx, ring, enabled);
}

/** Forgets password, second factor, security keys and recovery codes, ends the sessions, and gives a new code for a first sign-in. */
export async function resetAccount(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  id: string,
  reason: string,
): Promise<Enrolling> {
  const account = await lockAccount(tx, id);
  if (!account || account.disabledAt !== null) return refuse(tx, id);
  await audit(tx, actor, "account.reset", account, reason);
  return forgetFactors(tx, ring, account);
}

/** Sessions go on with the new role from their next request. A delegation ends with the role it was given to. */
export async function changeRole(
  tx: Transaction,
  actor: string,
  id: string,
  role: AccountRole,
  reason: string,
): Promise<AccountRow> {
  const before = await lockAccount(tx, id);
  if (before && isCourtRole(role) !== (before.courtCode !== null))
    throw new AppError("validation", { faults: [{ pointer: "#/role", code: "not_allowed" }] });
  const row = (await changeAccount(tx, id, { role, ...noDelegation })) ?? (await refuse(tx, id));
  await audit(tx, actor, "account.role", row, reason, { from: before?.role, to: role });
  return row;
}

/** Ends every session of the account and changes nothing else: its owner signs in again (ASVS 5.0 7.4.5). */
export async function signOut(tx: Transaction, actor: string, id: string, reason: string): Promise<AccountRow> {
  const row = (await lockAccount(tx, id)) ?? (await refuse(tx, id));
  const sessions = await endSessions(tx, id, null);
  await audit(tx, actor, "account.sign_out", row, reason, { sessions });
  return row;
}

/** The same for everybody, and says how many sessions there were. */
export async function signEverybodyOut(tx: Transaction, actor: string, reason: string): Promise<number> {
  const sessions = await endEverySession(tx);
  await appendAudit(tx, { actor, action: "account.sign_out", subject: "accounts", reason, detail: { sessions } });
  return sessions;
}

/** The president's authority to a judge, in writing and for named days. */
export async function delegateAuthority(
  tx: Transaction,
  actor: string,
  id: string,
  { from, until, document }: Delegation & { document: string },
): Promise<AccountRow> {
  requireDays({ from, until, document });
  const account = await lockAccount(tx, id);
  if (!account || account.disabledAt !== null) return refuse(tx, id);
  if (account.role !== "judge") throw new AppError("conflict", { note: "authority is delegated to judges only" });
  const change = { delegatedFrom: from, delegatedUntil: until, delegationDocument: document };
  const row = (await changeAccount(tx, id, change)) ?? (await refuse(tx, id));
  await audit(tx, actor, "account.delegate", row, undefined, { from, until, document });
  return row;
}

/** Ends a delegation before its last day. */
export async function endDelegation(tx: Transaction, actor: string, id: string, reason: string): Promise<AccountRow> {
  const row = (await changeAccount(tx, id, noDelegation)) ?? (await refuse(tx, id));
  await audit(tx, actor, "account.end_delegation", row, reason);
  return row;
}

const noDelegation = { delegatedFrom: null, delegatedUntil: null, delegationDocument: null };

async function forgetFactors(tx: Transaction, ring: KeyRing, { id }: AccountRow): Promise<Enrolling> {
  const { enrolmentCode, ...enrolment } = newEnrolment(ring);
  const change = { passwordHash: null, totpSecret: null, totpStep: null, ...enrolment };
  const row = (await changeAccount(tx, id, change)) ?? (await refuse(tx, id));
  await replaceRecoveryCodes(tx, id, []);
  await deleteSecurityKeys(tx, id);
  await endSessions(tx, id, null);
  return { row, enrolmentCode };
}

function newEnrolment({ credentialKey }: KeyRing) {
  const enrolmentCode = newOneTimeCode();
  return {
    enrolmentCode,
    enrolmentDigest: digestOfCode(credentialKey, "enrolment", enrolmentCode),
    enrolmentExpiresAt: new Date(Date.now() + ENROLMENT_HOURS * 3_600_000),
  };
}

async function refuse(tx: Transaction, id: string): Promise<never> {
  if (!(await findAccount(tx, id))) throw new AppError("not-found", { note: "no such account" });
  throw new AppError("conflict", { note: "the account is disabled" });
}

async function requireSound(tx: Transaction, { login, name, role, court, agencyId }: NewAccount): Promise<void> {
  const faults: FieldFault[] = [];
  if (!LOGIN.test(login)) faults.push({ pointer: "#/login", code: "bad_form" });
  const nameFault = name.trim() === "" ? "too_short" : name.length > NAME_LENGTH_MAX ? "too_long" : textFault(name);
  if (nameFault) faults.push({ pointer: "#/name", code: nameFault });
  const place = isCourtRole(role) ? "court" : "agency";
  if (place === "court" && !(court !== undefined && (await findCourt(tx, court))))
    faults.push({ pointer: "#/court", code: court === undefined ? "required" : "unknown_reference" });
  if (place === "agency" && !(agencyId !== undefined && (await findAgency(tx, agencyId))))
    faults.push({ pointer: "#/agency", code: agencyId === undefined ? "required" : "unknown_reference" });
  if (place === "court" ? agencyId !== undefined : court !== undefined)
    faults.push({ pointer: place === "court" ? "#/agency" : "#/court", code: "not_allowed" });
  if (faults.length > 0) throw new AppError("validation", { faults });
}

function requireDays({ from, until, document }: Delegation & { document: string }): void {
  const faults: FieldFault[] = [];
  if (!isCalendarDate(from)) faults.push({ pointer: "#/from", code: "bad_date" });
  if (!isCalendarDate(until)) faults.push({ pointer: "#/until", code: "bad_date" });
  if (faults.length === 0 && until < from) faults.push({ pointer: "#/until", code: "out_of_range" });
  const empty = document.trim() === "";
  if (empty || document.length > DOCUMENT_LENGTH_MAX)
    faults.push({ pointer: "#/document", code: empty ? "too_short" : "too_long" });
  if (faults.length > 0) throw new AppError("validation", { faults });
}

function agencyIdOf({ agencyId }: AccountRow): string | undefined {
  return agencyId === null ? undefined : publicId("agy", agencyId);
}

async function audit(
  tx: Transaction,
  actor: string,
  action: string,
  { id }: AccountRow,
  reason?: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const subject = publicId("acc", id);
  await appendAudit(tx, { actor, action, subject, ...(reason === undefined ? {} : { reason }), detail });
}
