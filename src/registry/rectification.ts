// Rectification (art. 9 para. 2): what was recorded wrongly is worded anew, and what it said before is kept.
import type { CourtActor } from "../courts/index.ts";
import { nameKeys, textFault } from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Plan, type Taken, takeAct, type Target } from "./act.ts";
import type { Listing, ListingContent } from "./content.ts";
import { refuseFuture } from "./dates.ts";
import { recordMetDuty, startTerm, stopDeadlines } from "./deadlines.ts";
import type { RunningTerm } from "./drafted-values.ts";
import type { Ground } from "./grounds.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { refusalError } from "./refusal-error.ts";
import { stated } from "./stated.ts";
import { decidedTerm, findTermFault } from "./term.ts";
import { addsBurden } from "./transition.ts";

/** What may be rectified. Another party or another case is another listing: this one is revoked. */
export type Corrections = {
  [K in (typeof correctable)[number]]?: ListingContent[K] | undefined;
} & {
  grounds?: Ground[] | undefined;
  term?: RunningTerm | undefined;
};

export const correctable = [
  "name",
  "sex",
  "handler",
  "areaName",
  "titleDocument",
  "titleMaker",
  "obligation",
  "performance",
  "performedPart",
  "unperformedPart",
  "legalRepresentative",
  "filedOn",
] as const;

/** Names what differs; a ground more or a later end takes the president. */
export async function rectifyListing(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { corrections, reachedCourtOn, reason }: { corrections: Corrections; reachedCourtOn: string; reason: string },
): Promise<Taken> {
  refuseFuture("#/reachedCourtOn", reachedCourtOn, target.now);
  return takeAct(tx, actor, target, ({ listing }): Plan => {
    const content = correctedContent(listing, corrections);
    const fields = Object.keys(content);
    if (fields.length === 0) throw new AppError("conflict", { note: "the listing says so already" });
    const fault = findContentFault(listing, corrections);
    if (fault) throw refusalError(fault);
    requireTermEnd({ ...listing, ...content });
    const after = { grounds: listing.grounds, answersUntil: listing.answersUntil, ...content };
    return {
      act: { name: "rectify", addsBurden: addsBurden(listing, after) },
      content,
      reason,
      detail: { fields, reachedCourtOn },
      afterwards: (taken) => keepDeadlines(tx, taken, { startedOn: reachedCourtOn, now: target.now }),
    };
  });
}

async function keepDeadlines(
  tx: Transaction,
  { listing, before }: Taken,
  { startedOn, now }: { startedOn: string; now: Date },
): Promise<void> {
  await recordMetDuty(tx, listing, "rectification", { startedOn, now });
  if (listing.state !== "published" || listing.termEndsOn === before.termEndsOn) return;
  await stopDeadlines(tx, listing, ["term", "expiry"], now);
  await startTerm(tx, listing);
}

/** The columns that differ from what the listing says. */
function correctedContent(listing: Listing, { grounds, term, name, ...words }: Corrections): Partial<ListingContent> {
  const fault = name === undefined ? null : textFault(name);
  if (fault) throw new AppError("validation", { faults: [{ pointer: "#/corrections/name", code: fault }] });
  const starts = { decision: listing.decidedOn, effect: listing.effectiveOn, publication: listing.publishedOn };
  const said = {
    ...stated(words),
    ...(name === undefined ? {} : { name, nameKeys: nameKeys(name) }),
    ...(grounds && { grounds: [...new Set(grounds)].sort(), groundsRaw: null }),
    ...(term && decidedTerm(term, starts)),
  };
  const isNew = ([column, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(listing[column as keyof Listing]);
  return Object.fromEntries(Object.entries(said).filter(isNew));
}

/** What a file brought may not say when it was decided or took effect: no term of what is public runs from there. */
function requireTermEnd({ state, termKind, termEndsOn }: Listing): void {
  if (state === "published" && termKind === "fixed" && termEndsOn === null)
    throw new AppError("validation", { faults: [{ pointer: "#/corrections/term/runsFrom", code: "not_allowed" }] });
}

/** Arts. 1 and 2 hold for what is rectified as they do for what is decided. */
function findContentFault(listing: Listing, { grounds, term }: Corrections): Refusal | null {
  if (!grounds && !term) return null;
  if (listing.list === "consumption_limit") return refusalOf("other-list");
  const after = grounds ?? (listing.grounds as Ground[]);
  if (after.length === 0 || after.includes("GX")) return refusalOf("no-ground");
  if (term) return findTermFault(after, term);
  // The term as it stands belonged to the grounds as they were.
  const isOpen = after.length === 1 && after[0] === "G1";
  if (isOpen) return listing.termKind === "fixed" ? refusalOf("term-not-allowed") : null;
  return listing.termKind === "open" ? refusalOf("term-required") : null;
}
