// Switching a measure on for an agency: proposed by one, approved by the credit authority and by the court, who are two
// others. Withdrawing it takes one of them and works with its commit.
import { appendAudit } from "../audit/index.ts";
import { redactNumbers } from "../identity/index.ts";
import { brokenConstraint, type Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { readActiveEdition } from "./catalogue.ts";
import { findMeasure, insertMeasure, type MeasureRow, setApproval, setWithdrawn } from "./measure-queries.ts";
import { type MeasureProposal, wordsOf } from "./proposal.ts";
import { findAgency } from "./queries.ts";

/** Who acts: as the audit trail names them, and as one person who may not decide on what they proposed. */
export type MeasureActor = { auditName: string; person: string };

export type NewApproval = {
  authority: "credit" | "court";
  /** Who approves; on paper this is not who records it. */
  person: string;
  name: string;
  document: { number: string; datedOn: string } | null;
};

export async function proposeMeasure(
  tx: Transaction,
  { auditName, person }: MeasureActor,
  { agencyId, proposal, now }: { agencyId: string; proposal: MeasureProposal; now: Date },
): Promise<MeasureRow> {
  if (!(await findAgency(tx, agencyId))) throw new AppError("not-found", { note: "no such agency" });
  const words = wordsOf(proposal, await readActiveEdition(tx));
  const row = await insertMeasure(tx, { ...words, id: newUuid(), agencyId, proposedBy: person, proposedAt: now });
  await appendAudit(tx, {
    actor: auditName,
    action: "measure.propose",
    subject: publicId("ams", row.id),
    detail: { agency: publicId("agy", agencyId), code: row.code, purposes: row.purposes, edition: row.edition },
  });
  return row;
}

/** `same-person` where who approves proposed it, or gave the other approval. With the second one it is switched on. */
export async function approveMeasure(
  tx: Transaction,
  { auditName }: Pick<MeasureActor, "auditName">,
  { id, now, ...given }: NewApproval & { id: string; now: Date },
): Promise<MeasureRow> {
  const { authority, person, name, document } = given;
  const approval = { person, name, document, at: now.toISOString(), recordedBy: auditName };
  const approved = await setApproval(tx, { id, authority, approval }).catch((error: unknown) => {
    if (brokenConstraint(error) !== "agency_measure_switched_on") throw error;
    throw new AppError("conflict", { note: "the agency has this measure switched on: withdraw that one first" });
  });
  if (!approved) throw await refusalOf(tx, id, given);
  await appendAudit(tx, {
    actor: auditName,
    action: "measure.approve",
    subject: publicId("ams", id),
    detail: { authority, document, switchedOn: isSwitchedOn(approved) },
  });
  return approved;
}

export async function withdrawMeasure(
  tx: Transaction,
  { auditName, person }: MeasureActor,
  { id, reason, now }: { id: string; reason: string; now: Date },
): Promise<MeasureRow> {
  const withdrawn = await setWithdrawn(tx, id, { by: person, at: now, reason: redactNumbers(reason) });
  if (!withdrawn) {
    if (!(await findMeasure(tx, id))) throw new AppError("not-found");
    throw new AppError("conflict", { note: "the measure is withdrawn" });
  }
  const detail = { agency: publicId("agy", withdrawn.agencyId), code: withdrawn.code };
  const entry = { actor: auditName, action: "measure.withdraw", subject: publicId("ams", id), detail };
  await appendAudit(tx, { ...entry, reason: redactNumbers(reason) });
  return withdrawn;
}

export function isSwitchedOn({ creditApproval, courtApproval, withdrawnAt }: MeasureRow): boolean {
  return creditApproval !== null && courtApproval !== null && withdrawnAt === null;
}

async function refusalOf(tx: Transaction, id: string, { authority, person }: NewApproval): Promise<AppError> {
  const row = await findMeasure(tx, id);
  if (!row) return new AppError("not-found");
  if (row.withdrawnAt !== null) return new AppError("conflict", { note: "the measure is withdrawn" });
  const [own, other] =
    authority === "credit" ? [row.creditApproval, row.courtApproval] : [row.courtApproval, row.creditApproval];
  const isSame = row.proposedBy === person || other?.person === person;
  return own === null && isSame
    ? new AppError("same-person")
    : new AppError("conflict", { note: "this approval has been given" });
}
