// Alerts: raised by the watch, acknowledged and closed by who oversees agencies, each with a reason.
import { findAgency } from "../../agencies/index.ts";
import { appendAudit } from "../../audit/index.ts";
import { appendEvents } from "../../events/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import { type AlertRow, hasAlert, setAcknowledged, setClosed, upsertAlert } from "./queries.ts";
import type { AlertAction, MisuseRule } from "./rules.ts";

export type Sighting = {
  agencyId: string;
  keyId: string;
  rule: MisuseRule;
  action: AlertAction;
  facts: Record<string, number>;
};

/**
 * Raises an alert, or counts one that stands. Its agency is told of a new one, but never of a canary: whoever asked would
 * learn which number it was.
 */
export async function raiseAlert(tx: Transaction, sighting: Sighting, at: Date): Promise<AlertRow> {
  const { row, isNew } = await upsertAlert(tx, { id: newUuid(), ...sighting, raisedAt: at, lastSeenAt: at });
  if (!isNew) return row;
  const { agencyId, rule, action } = sighting;
  const id = publicId("mis", row.id);
  const detail = { agency: publicId("agy", agencyId), key: sighting.keyId, rule, action };
  await appendAudit(tx, { actor: "system:misuse-watch", action: "misuse.raise", subject: id, detail });
  if (rule !== "canary")
    await appendEvents(tx, [{ agencyId, type: "misuse.alerted", orderKey: id, data: { alert: id, rule, action } }]);
  return row;
}

export type DecidedAlert = AlertRow & { agencyName: string };
export type Decision = { by: string; reason: string };

/** Somebody looks into it; what holds the key back stays. `conflict` where it is not open any more. */
export async function acknowledgeAlert(tx: Transaction, id: string, given: Decision, at: Date): Promise<DecidedAlert> {
  return recordDecision(tx, "misuse.acknowledge", id, await setAcknowledged(tx, id, { ...given, at }), given);
}

/** It is over, and nothing holds the key back any more; seen again, it is another alert. */
export async function closeAlert(tx: Transaction, id: string, given: Decision, at: Date): Promise<DecidedAlert> {
  return recordDecision(tx, "misuse.close", id, await setClosed(tx, id, { ...given, at }), given);
}

async function recordDecision(
  tx: Transaction,
  action: string,
  id: string,
  decided: AlertRow | undefined,
  { by, reason }: Decision,
): Promise<DecidedAlert> {
  if (!decided) {
    if (!(await hasAlert(tx, id))) throw new AppError("not-found");
    throw new AppError("conflict", { note: "somebody decided on the alert before" });
  }
  await appendAudit(tx, { actor: by, action, subject: publicId("mis", id), reason });
  return { ...decided, agencyName: (await findAgency(tx, decided.agencyId))?.name ?? "" };
}
