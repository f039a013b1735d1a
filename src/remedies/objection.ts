// Taking objections in: by staff for a listing before them, or as a party's unverified application that the court places.
import { appendAudit } from "../audit/index.ts";
import { auditNameOf, type CourtActor, requireJurisdiction, startClock, stopClocks } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { shanghaiDate } from "../platform/time.ts";
import { competentCourt, findListing, flagObjection, hasFixedGroundsOnly, type Listing } from "../registry/index.ts";
import { type Application, sealApplication } from "./application.ts";
import { isRunning, type ObjectionGround, type ObjectionKind } from "./lifecycle.ts";
import { auditParty } from "./party-code.ts";
import { type ObjectionRow, insertObjection } from "./queries.ts";
import { refusalError, refusalOf } from "./refusal.ts";
import { type Step, takeStep, type Target } from "./step.ts";

export type NewObjection = {
  kind: ObjectionKind;
  ground: ObjectionGround;
  channel: ObjectionRow["channel"];
  applicant: ObjectionRow["applicant"];
  application: Application;
};

const openStates: readonly Listing["state"][] = ["decided", "grace", "published"];

/** Takes a written application in. Its time runs from `receivedOn`, the day on which it reached the court. */
export async function takeInObjection(
  tx: Transaction,
  ring: KeyRing,
  actor: CourtActor,
  given: NewObjection & { listingId: string; receivedOn: string },
  now: Date,
): Promise<ObjectionRow> {
  const listing = await requireOpenListing(tx, given.listingId);
  const court = competentCourt(listing);
  await requireJurisdiction(tx, actor, court, "act");
  if (court === null) throw new AppError("not-found");
  const takenInBy = auditNameOf(actor);
  return beginReview(tx, ring, { ...given, listing, court, takenInBy, actor: takenInBy }, now);
}

type Beginning = NewObjection & {
  listing: Listing;
  court: string;
  receivedOn: string;
  takenInBy: string | null;
  actor: string;
};

/** The review of a verified application: with its row begin its clock and the mark on every answer. */
export async function beginReview(tx: Transaction, ring: KeyRing, given: Beginning, now: Date): Promise<ObjectionRow> {
  const { kind, ground, channel, applicant, application, listing, court, receivedOn, takenInBy, actor } = given;
  const today = shanghaiDate(now);
  if (receivedOn > today)
    throw new AppError("validation", { faults: [{ pointer: "#/receivedOn", code: "out_of_range" }] });
  const id = newUuid();
  const inserted = await insertObjection(tx, {
    id,
    kind,
    ground,
    state: "under_review",
    list: listing.list,
    listingId: listing.id,
    courtCode: court,
    caseNumber: listing.caseNumber,
    channel,
    applicant,
    applicationSealed: sealApplication(ring, id, application),
    takenInOn: today,
    receivedOn,
    takenInBy,
  });
  if (!inserted) throw refusalError(refusalOf("already-running"));
  const detail = { kind, ground, channel, listing: publicId("lst", listing.id), receivedOn };
  await appendAudit(tx, { actor, action: "objection.take_in", subject: publicId("obj", id), detail });
  await startReview(tx, actor, inserted, listing, court);
  return inserted;
}

/** An application whose applicant nobody has seen yet: kept, and nothing follows from it. It looks nothing up. */
export async function receiveUnverified(
  tx: Transaction,
  ring: KeyRing,
  given: NewObjection & { list: Listing["list"]; courtCode: string; caseNumber: string },
  now: Date,
): Promise<ObjectionRow> {
  const { application, ...columns } = given;
  const id = newUuid();
  const inserted = await insertObjection(tx, {
    ...columns,
    id,
    state: "unverified",
    applicationSealed: sealApplication(ring, id, application),
    takenInOn: shanghaiDate(now),
  });
  if (!inserted) throw new Error("an unverified application was not kept");
  const { kind, ground } = given;
  const subject = publicId("obj", id);
  await appendAudit(tx, { actor: auditParty, action: "objection.receive", subject, detail: { kind, ground } });
  return inserted;
}

/** Identity was shown at a court's window or by post: the application is placed, and its time runs from that day. */
export async function verifyObjection(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { listingId, receivedOn }: { listingId: string; receivedOn: string },
): Promise<Step> {
  const listing = await requireOpenListing(tx, listingId);
  const court = competentCourt(listing);
  await requireJurisdiction(tx, actor, court, "act");
  const step = await takeStep(tx, actor, target, ({ objection }) => {
    const isOut = receivedOn < objection.takenInOn || receivedOn > shanghaiDate(target.now);
    if (isOut) throw new AppError("validation", { faults: [{ pointer: "#/receivedOn", code: "out_of_range" }] });
    const detail = { listing: publicId("lst", listingId), receivedOn };
    const change = { listingId, receivedOn, list: listing.list, caseNumber: listing.caseNumber };
    return { act: "verify", change, detail };
  });
  await startReview(tx, auditNameOf(actor), step.objection, listing, court ?? step.court);
  return step;
}

/** Nobody has shown who they are. */
export async function closeObjection(tx: Transaction, actor: CourtActor, target: Target, reason: string) {
  return takeStep(tx, actor, target, () => ({ act: "close", reason }));
}

/** The applicant takes it back. */
export async function withdrawObjection(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  reason: string,
): Promise<Step> {
  const step = await takeStep(tx, actor, target, () => ({ act: "withdraw", reason }));
  await endReview(tx, auditNameOf(actor), step, target.now);
  return step;
}

/** Stops the time of review and reconsideration; what no longer runs leaves the answers. */
export async function endReview(
  tx: Transaction,
  actor: string,
  { objection, current }: Step,
  now: Date,
): Promise<void> {
  await stopClocks(tx, publicId("obj", objection.id), ["correction_review", "reconsideration_decision"], now);
  if (!objection.listingId) return;
  const isOver = !isRunning(objection) && objection.state !== "upheld";
  if (objection.kind === "performance_notice" && isOver)
    await stopClocks(tx, publicId("lst", objection.listingId), ["deletion"], now);
  if (isRunning(current.objection) && !isRunning(objection)) await flagObjection(tx, actor, objection.listingId, false);
}

async function startReview(
  tx: Transaction,
  actor: string,
  { id, kind, receivedOn }: ObjectionRow,
  listing: Listing,
  court: string,
): Promise<void> {
  if (receivedOn === null) throw new Error("a review begins with the day of receipt");
  const matter = publicId("lst", listing.id);
  if (kind === "performance_notice") {
    if (endsByPerformance(listing))
      await startClock(tx, { kind: "deletion", subject: matter, court, startedOn: receivedOn });
    return;
  }
  const subject = publicId("obj", id);
  await startClock(tx, { kind: "correction_review", subject, matter, court, startedOn: receivedOn });
  await flagObjection(tx, actor, listing.id, true);
}

/**
 * Art. 10 para. 2: a listing with a term does not end by performance, so no time for its deletion runs. One that is not
 * public yet lapses, and nothing is deleted.
 */
function endsByPerformance({ list, state, termKind, grounds }: Listing): boolean {
  if (state !== "published") return false;
  return list === "consumption_limit" || (termKind !== "fixed" && !hasFixedGroundsOnly(grounds));
}

async function requireOpenListing(tx: Transaction, id: string): Promise<Listing> {
  const listing = await findListing(tx, id);
  if (!listing) throw new AppError("not-found");
  if (!openStates.includes(listing.state)) throw refusalError(refusalOf("not-listed"));
  return listing;
}
