// What a sanction rests on: the answer of a check that may still be used, a measure which it offered, and matches that
// are live at the moment of recording.
import { findPurpose } from "../agencies/index.ts";
import { openParty } from "../checks/index.ts";
import { nameKeys } from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { shanghaiDate } from "../platform/time.ts";
import { measuresLeftOut } from "../registry/index.ts";
import { holdListing, type LiveListing, readLive } from "./ground-queries.ts";
import { identityFindingOf } from "./identity/index.ts";
import { findOffer, type OfferedMeasure, type StoredMatch } from "./offer.ts";
import { invalid } from "./refusal.ts";
import type { Imposed } from "./report.ts";
import type { CheckRow } from "./task-queries.ts";

export type Ground = {
  check: CheckRow;
  measure: OfferedMeasure;
  lists: ("dishonest" | "consumption_limit")[];
  listings: { listingId: string; grade: "exact" | "conflict" }[];
};

const HOUR_MS = 3_600_000;

/**
 * The ground of a sanction of `given.measure`, held until the transaction's end: a removal at the same moment comes first,
 * and is refused here, or after, and finds the sanction.
 */
export async function requireGround(
  tx: Transaction,
  ring: KeyRing,
  check: CheckRow,
  given: Pick<Imposed, "measure" | "confirmedConditions" | "identityProof">,
  now: Date,
): Promise<Ground> {
  const { identityProof: proof } = given;
  requireUsable(check, now);
  const matches = check.matches ?? [];
  const isExact = matches.some(({ grade }) => grade === "exact");
  if (isExact && proof) throw invalid("identityProof", "not_allowed");
  const settled = isExact ? matches.filter(({ grade }) => grade === "exact") : await settleReview(tx, check, proof);
  if (matches.length > 0 && settled.length === 0) throw new AppError("identity-not-confirmed");
  const measure = await findOffer(tx, check, given.measure, { settled, today: shanghaiDate(now) });
  if (!measure) throw new AppError("measure-not-offered");
  requireConditions(measure, given.confirmedConditions);
  const rested = settled.filter(({ list }) => measure.lists.includes(list));
  const live = await holdLive(
    tx,
    ring,
    check,
    rested.map(({ listingId }) => listingId),
    now,
  );
  const listings = live.filter(
    ({ numberAgrees, nameAgrees, nameIsFound }) => numberAgrees && (nameAgrees || nameIsFound || !isExact),
  );
  if (live.length > 0 && listings.length === 0) throw new AppError("identity-not-confirmed");
  if (listings.length === 0) throw new AppError("listing-ended");
  await requireNoWindow(tx, listings, measure.code, now);
  const named = listings.map(({ id, nameAgrees }) => {
    return { listingId: id, grade: nameAgrees ? ("exact" as const) : ("conflict" as const) };
  });
  return { check, measure, lists: measure.lists, listings: named };
}

/**
 * The matches of a `review` of which it is known that they are the party's: the court has said so, or only the name differs
 * and the officer has seen why. What the court has found to be somebody else no officer overrules.
 */
async function settleReview(tx: Transaction, check: CheckRow, proof: Imposed["identityProof"]): Promise<StoredMatch[]> {
  const found = await Promise.all(
    (check.matches ?? []).map(async (match) => {
      const known = await identityFindingOf(tx, check.subjectIndex, match.listingId);
      return { match, finding: known?.finding };
    }),
  );
  return found.flatMap(({ match, finding }) => {
    const isSeen = proof !== undefined && match.grade === "conflict" && finding !== "different";
    return finding === "same" || isSeen ? [match] : [];
  });
}

/** An answer may be acted on for its purpose's hours; later the register is asked again. */
function requireUsable({ checkedAt, purpose }: CheckRow, now: Date): void {
  const hours = findPurpose(purpose)?.useWithinHours ?? 0;
  if (now.getTime() > checkedAt.getTime() + hours * HOUR_MS) throw new AppError("answer-expired");
}

/** What a list cannot know, a person has looked at: all of it. */
function requireConditions({ conditions }: OfferedMeasure, confirmed: readonly string[]): void {
  const isSame = conditions.length === new Set(confirmed).size && conditions.every((one) => confirmed.includes(one));
  if (isSame) return;
  throw new AppError("conditions-not-confirmed", {
    faults: [{ pointer: "#/confirmedConditions", code: confirmed.length === 0 ? "required" : "not_allowed" }],
  });
}

/**
 * The live ones of these listings, one of them held. More are not: whoever waits for a row while holding another could
 * stop a load that writes both, and one live listing is enough for a sanction.
 */
async function holdLive(
  tx: Transaction,
  ring: KeyRing,
  check: CheckRow,
  ids: readonly string[],
  now: Date,
): Promise<LiveListing[]> {
  const today = shanghaiDate(now);
  const asked = { subjectIndex: check.subjectIndex, nameKeys: openParty(ring, check).names.flatMap(nameKeys) };
  for (const id of ids.toSorted()) if (await holdListing(tx, id, today)) return readLive(tx, ids, asked, today);
  return [];
}

/** A court's leave since the answer (limit rule art. 8) takes the measure out of it. */
async function requireNoWindow(
  tx: Transaction,
  live: readonly LiveListing[],
  measure: string,
  now: Date,
): Promise<void> {
  const subjects = [...new Set(live.map(({ subjectId }) => subjectId))];
  const leftOut = await measuresLeftOut(tx, subjects, shanghaiDate(now));
  if ([...leftOut.values()].some((codes) => codes.has(measure))) throw new AppError("measure-not-offered");
}
