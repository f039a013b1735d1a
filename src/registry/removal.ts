// The ways off the lists as acts of a court (arts. 2, 9, 10; limit rule art. 9), and what follows: another person's second
// look, the limit that has no reason left, and the tick that the national database does not show it any more.
import { type CourtActor, staffOf } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { shanghaiDate } from "../platform/time.ts";
import { type Taken, takeAct, type Target } from "./act.ts";
import { findDebtorLimit, type ListingExit } from "./act-queries.ts";
import { competentCourt } from "./competence.ts";
import type { Listing } from "./content.ts";
import type { Exit } from "./exit.ts";
import { insertExit, updateExit } from "./proceeding-queries.ts";
import { refuseFuture } from "./dates.ts";
import { endedDeadlines, startDeadline, stopDeadlines } from "./deadlines.ts";

export type { DeletionGround, Exit, LiftGround } from "./exit.ts";

/** `reason` is for the audit trail. The removal's clock starts when the reason arose or reached the court. */
export type Removal = { exit: Exit; reasonAroseOn: string; reachedCourtOn: string; reason: string };

/** Ends a period at once: from the commit on no check answers with it. */
export async function removeListing(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { exit, reasonAroseOn, reachedCourtOn, reason }: Removal,
): Promise<Taken> {
  refuseFuture("#/reasonAroseOn", reasonAroseOn, target.now);
  refuseFuture("#/reachedCourtOn", reachedCourtOn, target.now);
  const { operation } = exit;
  const ground = groundOf(exit);
  const searches = exit.operation === "delete" && exit.ground.code === "R4" ? exit.ground.searches : null;
  const duty = dutyOf(exit);
  return takeAct(tx, actor, target, () => ({
    act: { name: "exit", exit },
    columns: { exitOperation: operation, exitReason: ground },
    reason,
    detail: { operation, ground, reasonAroseOn, reachedCourtOn },
    afterwards: async (taken) => {
      if (duty) await startDeadline(tx, taken.listing, { kind: duty, startedOn: reachedCourtOn });
      await insertExitOf(tx, taken, target.now, { operation, reasonAroseOn, reachedCourtOn, searches });
      if (ground === "role_ended")
        await startDeadline(tx, taken.listing, { kind: "successor_naming", startedOn: shanghaiDate(target.now) });
    },
  }));
}

/** Another person's look at what one judge did. It restores nothing: who should be listed is drafted anew. */
export async function lookAgain(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { finding, reason }: { finding: NonNullable<ListingExit["finding"]>; reason?: string | undefined },
): Promise<Taken> {
  const taken = await takeAct(tx, actor, target, ({ exit }) => {
    if (!exit?.needsSecondLook || exit.secondLookAt) throw new AppError("conflict", { note: "no second look is due" });
    return { act: { name: "second_look" }, detail: { finding }, ...(reason === undefined ? {} : { reason }) };
  });
  await stopDeadlines(tx, taken.listing, ["second_look"], target.now);
  await updateExit(tx, target.id, { secondLookBy: staffOf(actor).id, secondLookAt: target.now, finding });
  return taken;
}

/** The tick that the national database does not show the listing any more. */
export async function tickShielded(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { shieldedOn }: { shieldedOn: string },
): Promise<Taken> {
  refuseFuture("#/shieldedOn", shieldedOn, target.now);
  const taken = await takeAct(tx, actor, target, ({ exit }) => {
    if (!exit?.wasPublic || exit.shieldedOn) throw new AppError("conflict", { note: "nothing is left to shield" });
    return { act: { name: "shield" }, detail: { shieldedOn } };
  });
  await updateExit(tx, target.id, { shieldedOn, shieldedBy: staffOf(actor).id });
  return taken;
}

type ExitFields = Pick<ListingExit, "operation" | "reasonAroseOn" | "reachedCourtOn"> & { searches?: number | null };

/** What is to be done about a period that has just ended. */
export async function insertExitOf(
  tx: Transaction,
  { listing, before, outcome }: Taken,
  now: Date,
  fields: ExitFields,
): Promise<void> {
  const { consequence, needsSecondLook } = outcome;
  const limit = consequence?.limit === "must_lift" ? await findDebtorLimit(tx, listing, limitStates) : null;
  await insertExit(tx, {
    ...fields,
    listingId: listing.id,
    court: competentCourt(listing),
    creditorBarredUntil: consequence?.creditorBarredUntil ?? null,
    limitToLift: limit?.id ?? null,
    needsSecondLook,
    wasPublic: before.publishedOn !== null,
  });
  await stopDeadlines(tx, listing, endedDeadlines, now);
  if (needsSecondLook) await startDeadline(tx, listing, { kind: "second_look", startedOn: shanghaiDate(now) });
}

/** The three working days in which the court ends a listing once the reason has reached it. */
function dutyOf(exit: Exit): "revocation" | "deletion" | null {
  if (exit.operation === "revoke") return "revocation";
  return exit.operation === "delete" ? "deletion" : null;
}

const limitStates: Listing["state"][] = ["decided", "grace", "published"];

function groundOf(exit: Exit): string | null {
  if (exit.operation === "delete") return exit.ground.code;
  return exit.operation === "lift" ? exit.ground : null;
}
