// Carrying out what was upheld, within three working days (art. 12 para. 1): the listing is revoked, deleted or rectified.
import { auditNameOf, type CourtActor, stopClocks } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import {
  type Corrections,
  type Exit,
  type Listing,
  rectifyListing,
  removeListing,
  flagObjection,
} from "../registry/index.ts";
import type { OrderedCorrection } from "./lifecycle.ts";
import { type Step, takeStep, type Target } from "./step.ts";

export type CarryingOut = {
  reason: string;
  /** Of a removal: when its reason arose; left out, when the application reached the court. */
  reasonAroseOn?: string | undefined;
  /** Of a rectification. */
  corrections?: Corrections | undefined;
};

/** Whoever carries it out answers for it (art. 13), with the authority that this way off the list takes. */
export async function carryOutCorrection(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  given: CarryingOut,
): Promise<Step> {
  const step = await takeStep(tx, actor, target, ({ objection }) => ({
    act: "correct",
    change: { correctedBy: auditNameOf(actor), correctedAt: target.now },
    reason: given.reason,
    detail: { operation: objection.correction?.operation },
  }));
  const { listing } = step.current;
  const { correction, receivedOn } = step.objection;
  if (!listing || !correction || !receivedOn) throw new Error("an objection was upheld that is about nothing");
  const { reason, reasonAroseOn = receivedOn, corrections } = given;
  const listed = { id: listing.id, version: listing.version, now: target.now };
  const exit = exitOf(correction);
  if (!exit) {
    if (!corrections) throw new AppError("validation", { faults: [{ pointer: "#/corrections", code: "required" }] });
    await rectifyListing(tx, actor, listed, { corrections, reachedCourtOn: receivedOn, reason });
    await flagObjection(tx, auditNameOf(actor), listing.id, false);
  } else if (!isOffForGood(listing)) {
    await removeListing(tx, actor, listed, { exit, reasonAroseOn, reachedCourtOn: receivedOn, reason });
  }
  await stopClocks(tx, publicId("obj", step.objection.id), ["correction_execution"], target.now);
  await stopClocks(tx, publicId("lst", listing.id), ["deletion", "revocation", "rectification"], target.now);
  return step;
}

/** The way off the list that is ordered; null for a rectification, which is none. */
function exitOf(correction: OrderedCorrection): Exit | null {
  switch (correction.operation) {
    case "rectify":
      return null;
    case "revoke":
    case "early":
      return { operation: correction.operation };
    case "delete":
    case "lift":
      return correction;
  }
}

/** What a court has ended meanwhile stays ended as it is; over a file's end the court's own is recorded. */
function isOffForGood({ endedAt, endedBy }: Listing): boolean {
  return endedAt !== null && !endedBy?.startsWith("feed:");
}

/** 法释〔2022〕3号 art. 2: the State compensates for a wrongful listing. */
export const COMPENSATION_BASIS = "法释〔2022〕3号第二条第十项";

export type WrongfulListing = { basis: string; publicFrom: string; publicUntil: Date };

/** A listing that the public saw and that should never have been. */
export function wrongfulListingOf(listing: Listing | null): WrongfulListing | null {
  if (!listing || listing.exitOperation !== "revoke" || !listing.publishedOn || !listing.endedAt) return null;
  return { basis: COMPENSATION_BASIS, publicFrom: listing.publishedOn, publicUntil: listing.endedAt };
}
