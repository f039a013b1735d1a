// What a court reads: one listing with everything about it, and pages of what it is competent for.
import { type CourtActor, requireJurisdiction, staffOf } from "../courts/index.ts";
import { parseCaseNumber } from "../identity/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { uuidOf } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { readFacts } from "./act.ts";
import { type Case, findCase } from "./act-queries.ts";
import { type Draft, findBars } from "./bars.ts";
import { mayDo, regionAssignedBy, requireToSee } from "./competence.ts";
import { draftOf } from "./decision.ts";
import { type DocumentMask, listCases, listDocumentMasks, type ListingFilter } from "./listing-queries.ts";
import { noOpenings, openActs, openExits, type Openings } from "./openings.ts";
import { listWindows, type WindowRow } from "./proceeding-queries.ts";
import type { CaseView } from "./resource.ts";

/** For its court and the courts above it, or whoever may assign it to one; for others it does not exist. */
export async function readCase(reader: Reader, actor: CourtActor, id: string, now: Date): Promise<CaseView> {
  return describeCase(reader, actor, await requireSeen(reader, actor, id), now);
}

/** The same without what is around it. */
export async function requireSeen(reader: Reader, actor: CourtActor, id: string): Promise<Case> {
  const found = await requireCase(reader, id);
  await requireToSee(reader, actor, found.listing);
  return found;
}

/** `not-found` for what is no id of a listing. */
export function listingIdOf(given: string): string {
  const id = uuidOf("lst", given);
  if (id === null) throw new AppError("not-found");
  return id;
}

/** For the court that has just acted on it: after a transfer the case is another's, and this is its last look. */
export async function readActedOn(tx: Transaction, actor: CourtActor, id: string, now: Date): Promise<CaseView> {
  return describeCase(tx, actor, await requireCase(tx, id), now);
}

async function requireCase(reader: Reader, id: string): Promise<Case> {
  const found = await findCase(reader, id);
  if (!found) throw new AppError("not-found");
  return found;
}

async function describeCase(reader: Reader, actor: CourtActor, found: Case, now: Date): Promise<CaseView> {
  const { listing } = found;
  const documents = await listDocumentMasks(reader, [listing.subjectId]);
  const windows = listing.list === "consumption_limit" ? await listWindows(reader, [listing.id]) : [];
  const draft = listing.state === "draft" ? await draftOf(reader, found) : null;
  const bars = draft ? findBars(draft, shanghaiDate(now)) : [];
  const next = await readOpenings(reader, actor, found, { draft, windows, now });
  return { ...found, documents, windows, bars, next };
}

type Around = { draft: Draft | null; windows: readonly WindowRow[]; now: Date };

async function readOpenings(
  reader: Reader,
  actor: CourtActor,
  found: Case,
  { draft, windows, now }: Around,
): Promise<Openings> {
  const may = await mayDo(reader, actor, found.listing);
  if (may === "see") return noOpenings;
  const { exit } = found;
  const due = {
    secondLook: exit?.needsSecondLook === true && exit.secondLookAt === null,
    shield: exit?.wasPublic === true && exit.shieldedOn === null,
    openWindow: windows.some(({ closedAt }) => closedAt === null),
  };
  const staff = staffOf(actor);
  const acts = openActs(await readFacts(reader, found, "amend"), staff, { draft, due, now });
  // Whoever assigns does nothing else: it becomes the matter of the court that it is given to.
  if (may === "assign") return { acts: acts.filter(({ name }) => name === "transfer"), exits: [] };
  return { acts, exits: openExits(await readFacts(reader, found, "exit"), staff, now) };
}

/** One row more than `limit` says that there is a next page. */
export async function readCases(
  reader: Reader,
  actor: CourtActor,
  filter: ListingFilter,
  { now, before, limit }: { now: Date; before: string | null; limit: number },
): Promise<(Case & { documents: DocumentMask[] })[]> {
  await requireJurisdiction(reader, actor, filter.court, "see");
  const { caseNumber } = filter;
  const normal = caseNumber === undefined ? undefined : normalOf(caseNumber);
  const region = filter.task === "assignment" ? await regionAssignedBy(reader, filter.court) : undefined;
  const page = { today: shanghaiDate(now), before, limit };
  return readDocuments(reader, await listCases(reader, { ...filter, caseNumber: normal, region }, page));
}

/** What is no case number is found nowhere, as it stands. */
function normalOf(raw: string): string {
  const parsed = parseCaseNumber(raw);
  return parsed.ok ? parsed.caseNumber.normal : raw;
}

/** Each with the masks of its party's documents. */
export async function readDocuments<Found extends Pick<Case, "listing">>(
  reader: Reader,
  cases: readonly Found[],
): Promise<(Found & { documents: DocumentMask[] })[]> {
  const masks = await listDocumentMasks(
    reader,
    cases.map(({ listing }) => listing.subjectId),
  );
  const bySubject = Map.groupBy(masks, ({ subjectId }) => subjectId);
  return cases.map((found) => ({ ...found, documents: bySubject.get(found.listing.subjectId) ?? [] }));
}
