// The end of a lift obligation: the agency lifts the sanction, or the court whose listing it was says why it need not.
import { auditNameOf, type CourtActor, requireJurisdiction, staffOf } from "../../courts/index.ts";
import { appendAudit } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { liftSanction } from "../sanction.ts";
import { findObligationCase, lockSanction, type ObligationCase, setClosed } from "./obligation-queries.ts";

/** Who acts for an agency: its key, for the officer whom the body names. */
export type AgencyActor = { agencyId: string; keyId: string; operator: string };
export type Lifting = { liftedOn: string; document: string; note: string };

/** The sanction is lifted, and with it what was owed. */
export async function liftObligation(
  tx: Transaction,
  { agencyId, keyId, operator }: AgencyActor,
  id: string,
  { liftedOn, document, note }: Lifting,
  now: Date,
): Promise<ObligationCase> {
  const found = await findObligationCase(tx, id);
  if (found?.obligation.agencyId !== agencyId) throw new AppError("not-found");
  const sanction = await lockOwed(tx, found);
  const actor = `agency:${publicId("agy", agencyId)}/${keyId}`;
  await liftSanction(tx, actor, sanction, { liftedOn, document, reason: note, liftedBy: operator }, now);
  await appendAudit(tx, {
    actor,
    action: "lift.acknowledge",
    subject: publicId("lft", id),
    detail: { sanction: publicId("san", sanction.id), liftedOn, operator },
  });
  return requireCase(tx, id);
}

/** The court answers for it: its reason stands beside the obligation, and the sanction is over. */
export async function closeObligation(
  tx: Transaction,
  actor: CourtActor,
  id: string,
  { document, reason }: { document: string; reason: string },
  now: Date,
): Promise<ObligationCase> {
  const found = await findObligationCase(tx, id);
  if (!found) throw new AppError("not-found");
  await requireJurisdiction(tx, actor, found.obligation.court, "act");
  const sanction = await lockOwed(tx, found);
  const { id: person } = staffOf(actor);
  const closing = { closedBy: person, closedCourt: actor.court, closedAt: now, closeReason: reason };
  if (!(await setClosed(tx, id, closing))) throw notOpen();
  const liftedOn = shanghaiDate(now);
  await liftSanction(tx, auditNameOf(actor), sanction, { liftedOn, document, reason, liftedBy: person }, now);
  await appendAudit(tx, {
    actor: auditNameOf(actor),
    action: "lift.close",
    subject: publicId("lft", id),
    reason,
    detail: { sanction: publicId("san", sanction.id), document },
  });
  return requireCase(tx, id);
}

/** The sanction under its lock; whoever cancels or ends the obligation comes before, and is seen, or waits. */
async function lockOwed(tx: Transaction, { obligation }: ObligationCase) {
  const sanction = await lockSanction(tx, obligation.sanctionId);
  const current = await findObligationCase(tx, obligation.id);
  if (!sanction || current?.obligation.state !== "open") throw notOpen();
  return sanction;
}

function notOpen(): AppError {
  return new AppError("conflict", { note: "the obligation is not open" });
}

async function requireCase(tx: Transaction, id: string): Promise<ObligationCase> {
  const found = await findObligationCase(tx, id);
  if (!found) throw new Error("an obligation is gone");
  return found;
}
