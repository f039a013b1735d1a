// The court's answer whose number it is, and how a mistaken one is taken back: each binds every later check at once.
import { appendAudit, appendFacts } from "../../audit/index.ts";
import { auditNameOf, type CourtActor, stopClocks } from "../../courts/index.ts";
import { appendEvents, type EventType } from "../../events/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { endIdentityFinding, recordIdentityFinding } from "../../registry/findings/index.ts";
import { requireAnswering } from "./court.ts";
import { answerOf, revocationOf } from "./fact.ts";
import { documentOf, openAsked } from "./identity-request.ts";
import { findRequest, listAskers, type RequestCase, type RequestRow, setAnswer, setRevoked } from "./queries.ts";
import { redressDigestOf } from "./redress.ts";
import type { Finding } from "./rules.ts";

/** What is acted on: the request as the actor saw it. */
export type Target = { id: string; version: number; now: Date };

export async function answerIdentity(
  tx: Transaction,
  ring: KeyRing,
  actor: CourtActor,
  target: Target,
  { finding, reasons }: { finding: Finding; reasons: string },
): Promise<RequestRow> {
  const { request, listing } = await requireActed(tx, actor, target);
  if (request.finding !== null) throw new AppError("conflict", { members: { note: "the request is answered" } });
  const { id } = request;
  const subject = publicId("idr", id);
  const name = auditNameOf(actor);
  const answered = await setAnswer(tx, request, {
    court: actor.court ?? request.court,
    finding,
    reasons,
    answeredBy: name,
    answeredAt: target.now,
    redressDigest: finding === "different" ? redressDigestOf(ring, id) : null,
  });
  if (!answered) throw new AppError("precondition-failed");
  await stopClocks(tx, subject, ["identity_request"], target.now);
  const detail = { finding, listing: publicId("lst", listing.id), version: answered.version };
  await appendAudit(tx, { actor: name, action: "identity_request.answer", subject, reason: reasons, detail });
  await appendFacts(tx, [answerOf(answered)]);
  if (finding !== "unable") {
    const party = openAsked(ring, request);
    const asked = { document: documentOf(request, party), names: party.names };
    const { subjectIndex: blindIndex, court } = answered;
    await recordIdentityFinding(tx, ring, name, { id, blindIndex, listing, finding, court, asked });
  }
  await tellAskers(tx, answered, "identity.settled");
  return answered;
}

/** A mistake: from now on checks answer as if nothing had been found, and the redress code confirms nothing. */
export async function revokeAnswer(
  tx: Transaction,
  ring: KeyRing,
  actor: CourtActor,
  target: Target,
  reason: string,
): Promise<RequestRow> {
  const { request, listing } = await requireActed(tx, actor, target);
  const name = auditNameOf(actor);
  const revocation = { revokedBy: name, revokedAt: target.now, revocationReason: reason };
  const revoked = await setRevoked(tx, request, revocation);
  if (!revoked) throw new AppError("conflict", { members: { note: "no finding of this request stands" } });
  const subject = publicId("idr", request.id);
  const detail = { finding: request.finding, listing: publicId("lst", listing.id), version: revoked.version };
  await appendAudit(tx, { actor: name, action: "identity_request.revoke", subject, reason, detail });
  await appendFacts(tx, [revocationOf(revoked)]);
  const document = documentOf(request, openAsked(ring, request));
  if (!(await endIdentityFinding(tx, ring, name, { id: request.id, document })))
    throw new Error("a request and its finding differ");
  await tellAskers(tx, revoked, "identity.revoked");
  return revoked;
}

async function requireActed(tx: Transaction, actor: CourtActor, { id, version }: Target): Promise<RequestCase> {
  const found = await findRequest(tx, id);
  if (!found) throw new AppError("not-found");
  await requireAnswering(tx, actor, found, "act");
  if (found.request.version !== version) throw new AppError("precondition-failed");
  return found;
}

/** The last step of a transaction. */
async function tellAskers(tx: Transaction, { id, listingId, finding }: RequestRow, type: EventType): Promise<void> {
  const listing = publicId("lst", listingId);
  const askers = await listAskers(tx, [id]);
  await appendEvents(
    tx,
    askers.map(({ agencyId, checkId }) => ({
      agencyId,
      type,
      orderKey: listing,
      data: { identityRequest: publicId("idr", id), listing, check: publicId("chk", checkId), finding },
    })),
  );
}
