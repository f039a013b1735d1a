// The whole number of whoever was asked about, for the court that has to compare it: for a reason, and on the audit trail.
import { appendAudit } from "../../audit/index.ts";
import type { SealedParty } from "../../checks/index.ts";
import { auditNameOf, type CourtActor } from "../../courts/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { requireAnswering } from "./court.ts";
import { openAsked } from "./identity-request.ts";
import { findRequest, type RequestRow } from "./queries.ts";

export type Revealed = { request: RequestRow; party: SealedParty };

export async function revealParty(
  tx: Transaction,
  ring: KeyRing,
  actor: CourtActor,
  { id, reason }: { id: string; reason: string },
): Promise<Revealed> {
  const found = await findRequest(tx, id);
  if (!found) throw new AppError("not-found");
  await requireAnswering(tx, actor, found, "act");
  const subject = publicId("idr", id);
  await appendAudit(tx, { actor: auditNameOf(actor), action: "identity_request.reveal", subject, reason });
  return { request: found.request, party: openAsked(ring, found.request) };
}
