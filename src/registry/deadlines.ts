// The deadlines of a listing: each act starts and stops its own, from when the reason arose and not from when it was entered.
import { type ClockName, type ClockStart, moveClocks, startClock, stopClocks } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { publicId } from "../platform/id.ts";
import { competentCourt } from "./competence.ts";
import type { Listing } from "./content.ts";

/** A legacy case number names no court: there its name says whose duty it is. */
export async function startDeadline(
  tx: Transaction,
  listing: Listing,
  start: Pick<ClockStart, "kind" | "startedOn" | "statedDay">,
): Promise<void> {
  const court = competentCourt(listing) ?? listing.courtName;
  await startClock(tx, { ...start, subject: publicId("lst", listing.id), court });
}

export async function stopDeadlines(
  tx: Transaction,
  { id }: Listing,
  kinds: readonly ClockName[],
  now: Date,
): Promise<void> {
  await stopClocks(tx, publicId("lst", id), kinds, now);
}

/** What runs is from now on the duty of the court that took the case over. */
export async function moveDeadlines(tx: Transaction, listing: Listing): Promise<void> {
  await moveClocks(tx, publicId("lst", listing.id), competentCourt(listing) ?? listing.courtName);
}

/** A duty that is met as it is recorded: how long it took is on record. */
export async function recordMetDuty(
  tx: Transaction,
  listing: Listing,
  kind: ClockName,
  { startedOn, now }: { startedOn: string; now: Date },
): Promise<void> {
  await startDeadline(tx, listing, { kind, startedOn });
  await stopDeadlines(tx, listing, [kind], now);
}

/** Of a published listing with a term: the term itself, and the court's days to delete it afterwards. */
export async function startTerm(tx: Transaction, listing: Listing): Promise<void> {
  const { termRunsFrom, termEndsOn, decidedOn, effectiveOn, publishedOn } = listing;
  const startedOn = { decision: decidedOn, effect: effectiveOn, publication: publishedOn }[
    termRunsFrom ?? "publication"
  ];
  if (termEndsOn === null || startedOn === null) return;
  await startDeadline(tx, listing, { kind: "term", startedOn, statedDay: termEndsOn });
  await startDeadline(tx, listing, { kind: "expiry", startedOn: termEndsOn });
}

/** What runs on a listing that has ended, besides the second look. */
export const endedDeadlines = [
  "application_decision",
  "grace",
  "term",
  "expiry",
  "revocation",
  "deletion",
  "exception_window",
] as const satisfies ClockName[];
