// What an agreement says after an agency was admitted: its dates, its purposes with theirs, and whether it is suspended.
// Every change is in the next answer, because the statement that answers reads it.
import { appendAudit } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { type AgencyRow, deletePurpose, findAgency, setAgency, setAgencyState, upsertPurpose } from "./queries.ts";

export type Agreement = {
  liaison: string | null;
  deputyLiaison: string | null;
  agreementNumber: string | null;
  /** First and last day; null: not bounded. */
  agreementFrom: string | null;
  agreementUntil: string | null;
  parentSystem: string | null;
};

type Reasoned = { agencyId: string; reason: string };

/** `validation` where the last day is before the first. */
export async function changeAgreement(
  tx: Transaction,
  actor: string,
  { agencyId, reason, ...agreement }: Agreement & Reasoned,
): Promise<AgencyRow> {
  const { agreementFrom, agreementUntil } = agreement;
  requireOrder(agreementFrom, agreementUntil, "#/agreementUntil");
  const row = (await setAgency(tx, agencyId, agreement)) ?? missing();
  await audit(tx, actor, "agency.agreement", { agencyId, reason }, agreement);
  return row;
}

/** From the next request on, the keys of the agency open nothing; `conflict` where it is suspended. */
export async function suspendAgency(tx: Transaction, actor: string, given: Reasoned): Promise<AgencyRow> {
  const row = (await setAgencyState(tx, given.agencyId, "suspended")) ?? (await refuse(tx, given.agencyId));
  await audit(tx, actor, "agency.suspend", given);
  return row;
}

export async function resumeAgency(tx: Transaction, actor: string, given: Reasoned): Promise<AgencyRow> {
  const row = (await setAgencyState(tx, given.agencyId, "active")) ?? (await refuse(tx, given.agencyId));
  await audit(tx, actor, "agency.resume", given);
  return row;
}

export type PurposeGrant = { purpose: string; validFrom: string; validUntil: string | null };

/** Grants a purpose, or gives it other days. */
export async function grantPurpose(
  tx: Transaction,
  actor: string,
  { agencyId, reason, ...grant }: PurposeGrant & Reasoned,
): Promise<AgencyRow> {
  requireOrder(grant.validFrom, grant.validUntil, "#/validUntil");
  const row = (await findAgency(tx, agencyId)) ?? missing();
  await upsertPurpose(tx, { agencyId, ...grant });
  await audit(tx, actor, "agency.purpose", { agencyId, reason }, grant);
  return row;
}

/** At once, whatever its last day was. */
export async function withdrawPurpose(
  tx: Transaction,
  actor: string,
  { agencyId, purpose, reason }: { purpose: string } & Reasoned,
): Promise<AgencyRow> {
  const row = (await findAgency(tx, agencyId)) ?? missing();
  if (!(await deletePurpose(tx, agencyId, purpose))) throw new AppError("not-found", { note: "no such purpose" });
  await audit(tx, actor, "agency.purpose_withdraw", { agencyId, reason }, { purpose });
  return row;
}

function requireOrder(from: string | null, until: string | null, pointer: string): void {
  if (from !== null && until !== null && until < from)
    throw new AppError("validation", { faults: [{ pointer, code: "out_of_range" }] });
}

function missing(): never {
  throw new AppError("not-found", { note: "no such agency" });
}

async function refuse(tx: Transaction, agencyId: string): Promise<never> {
  if (!(await findAgency(tx, agencyId))) return missing();
  throw new AppError("conflict", { note: "the agency is in that state already" });
}

async function audit(
  tx: Transaction,
  actor: string,
  action: string,
  { agencyId, reason }: Reasoned,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await appendAudit(tx, { actor, action, subject: publicId("agy", agencyId), reason, detail });
}
