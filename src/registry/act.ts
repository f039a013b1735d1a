// The one way in which a court changes a listing: under the lock of its case, as far as the law allows, with its history
// and its audit entry in the same transaction.
import { appendAudit } from "../audit/index.ts";
import { auditNameOf, type CourtActor, requireJurisdiction, staffOf } from "../courts/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { ChangeKind } from "./change-fact.ts";
import { recordChange } from "./change-queries.ts";
import { competentCourt, findCompetentCourt } from "./competence.ts";
import { contentHash, COURT_SOURCE, type Listing, type ListingContent, pickContent } from "./content.ts";
import {
  type Case,
  findCase,
  insertVersion,
  isDebtorListed,
  lockCase,
  nameAsFurtherSource,
  type Proceeding,
  readDocumentKind,
  updateListing,
} from "./act-queries.ts";
import { updateProceeding } from "./proceeding-queries.ts";
import { requireLawful } from "./refusal-error.ts";
import { type Act, type ListingFacts, type Outcome, transition } from "./transition.ts";

/** What is acted on: the listing as the actor saw it. */
export type Target = { id: string; version: number; now: Date };

/** What an act writes besides the state that the law gives. */
export type Plan = {
  act: Act;
  /** Why, for the audit trail. */
  reason?: string;
  /** Facts for the audit trail, without personal data. */
  detail?: Record<string, unknown>;
  content?: Partial<ListingContent>;
  columns?: Partial<Pick<Listing, "competentCourt" | "exitOperation" | "exitReason">>;
  proceeding?: Partial<Proceeding>;
  /** Answers differ from now on, although the content does not. */
  changesAnswers?: boolean;
  /** What else is written: all of it before the register's position is taken, for which every writer queues. */
  afterwards?: (taken: Taken) => Promise<void>;
};

export type Taken = { listing: Listing; before: Listing; outcome: Exclude<Outcome, { refused: unknown }> };

/** Takes the act that `plan` makes of the case as it is. Nobody else acts on the case until the transaction ends. */
export async function takeAct(
  tx: Transaction,
  actor: CourtActor,
  { id, version, now }: Target,
  plan: (current: Case) => Plan | Promise<Plan>,
  requireMatter: (tx: Transaction, actor: CourtActor, listing: Listing) => Promise<void> = requireOwnMatter,
): Promise<Taken> {
  const current = await openCase(tx, actor, id, requireMatter);
  if (current.listing.version !== version) throw new AppError("precondition-failed");
  const { act, reason, detail, content, columns, proceeding, changesAnswers, afterwards } = await plan(current);
  const outcome = transition(await readFacts(tx, current, act.name), act, staffOf(actor), now);
  requireLawful(outcome);
  const before = current.listing;
  const listing = await writeListing(tx, before, {
    // A legacy number names no court: the first that acts has taken the case over.
    competentCourt: competentCourt(before) === null ? actor.court : before.competentCourt,
    ...columns,
    ...(await contentChange(tx, before, content)),
    ...endOf(actor, act, now),
    state: outcome.next,
  });
  if (content) await keepContent(tx, before, listing);
  if (proceeding) await updateProceeding(tx, id, proceeding);
  const taken = { listing, before, outcome };
  await afterwards?.(taken);
  await appendAudit(tx, {
    actor: auditNameOf(actor),
    action: `listing.${act.name}`,
    subject: publicId("lst", id),
    ...(reason === undefined ? {} : { reason }),
    detail: { ...detail, state: listing.state, version: listing.version },
  });
  const change = changeOf(before, listing, changesAnswers ?? content !== undefined);
  if (change) await recordChange(tx, id, change);
  return taken;
}

/** The case under its lock; `not-found` and `jurisdiction` for whoever may not see it or not act on it. */
async function openCase(
  tx: Transaction,
  actor: CourtActor,
  id: string,
  requireMatter: typeof requireOwnMatter,
): Promise<Case> {
  const known = await findCase(tx, id);
  if (!known) throw new AppError("not-found");
  await requireMatter(tx, actor, known.listing);
  await lockCase(tx, known.listing.caseNumber);
  const current = await findCase(tx, id);
  if (!current) throw new AppError("not-found");
  return current;
}

async function requireOwnMatter(tx: Transaction, actor: CourtActor, listing: Listing): Promise<void> {
  await requireJurisdiction(tx, actor, await findCompetentCourt(tx, listing), "act");
}

/** What the law asks of a listing when an act of that name is taken on it. */
export async function readFacts(
  reader: Reader,
  { listing, proceeding }: Case,
  act: Act["name"],
): Promise<ListingFacts> {
  const { list, capacity, state, grounds, termKind, answersUntil, endedBy } = listing;
  // A court's exit is recorded over that of a file, so that neither a later file nor a roll-back lists the party again.
  const isFilesEnd = act === "exit" && state === "ended" && endedBy?.startsWith("feed:");
  const isLimit = list === "consumption_limit" && capacity === "debtor";
  return {
    list,
    capacity,
    state: isFilesEnd ? "published" : state,
    grounds,
    termKind,
    answersUntil,
    debtorListed: isLimit && (await isDebtorListed(reader, listing)),
    draftedBy: proceeding?.draftedBy ?? [],
    servedOn: proceeding?.servedOn ?? null,
    graceEndsOn: proceeding?.graceEndsOn ?? null,
    unperformedOn: proceeding?.unperformedOn ?? null,
    endedBy,
  };
}

async function writeListing(tx: Transaction, before: Listing, change: Partial<Listing>): Promise<Listing> {
  const listing = await updateListing(tx, before, change);
  // Files take no lock of a case: a load may have written the row meanwhile.
  if (!listing) throw new AppError("precondition-failed");
  return listing;
}

/** With the content its hash; what a court has worded is the court's, whichever file brought it. */
async function contentChange(
  tx: Transaction,
  before: Listing,
  content: Partial<ListingContent> | undefined,
): Promise<Partial<Listing>> {
  if (!content) return {};
  const whole = { ...pickContent(before), ...content };
  const kind = await readDocumentKind(tx, before.subjectId);
  return { ...content, contentHash: contentHash(whole, kind), source: COURT_SOURCE };
}

async function keepContent(tx: Transaction, before: Listing, after: Listing): Promise<void> {
  await insertVersion(tx, before, pickContent(before));
  if (before.source !== after.source) await nameAsFurtherSource(tx, before);
}

/** By whom and when, for the acts that end a period. */
function endOf(actor: CourtActor, { name }: Act, now: Date): Partial<Listing> {
  const isEnd = name === "reject" || name === "lapse" || name === "exit";
  return isEnd ? { endedAt: now, endedBy: staffOf(actor).id } : {};
}

/** What followers of the register are told; null where it never showed the listing and does not now. */
function changeOf(before: Listing, after: Listing, isChanged: boolean): ChangeKind | null {
  if (after.state === "published") {
    if (before.state !== "published") return "listed";
    return isChanged ? "changed" : null;
  }
  const isEnded = after.endedBy !== before.endedBy;
  return isEnded && (before.state === "published" || before.state === "ended") ? "ended" : null;
}
