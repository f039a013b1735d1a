// What a court reads: one listing with everything about it, and pages of what it is competent for.
import { type CourtActor, requireJurisdiction } from "../courts/index.ts";
import { parseCaseNumber } from "../identity/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { shanghaiDate } from "../platform/time.ts";
import { type Case, findCase } from "./act-queries.ts";
import { findBars } from "./bars.ts";
import { regionAssignedBy, requireToSee } from "./competence.ts";
import { draftOf } from "./decision.ts";
import { type DocumentMask, listCases, listDocumentMasks, type ListingFilter } from "./listing-queries.ts";
import { listWindows } from "./proceeding-queries.ts";
import type { CaseView } from "./resource.ts";

/** For its court and the courts above it, or whoever may assign it to one; for others it does not exist. */
export async function readCase(reader: Reader, actor: CourtActor, id: string, now: Date): Promise<CaseView> {
  const found = await requireCase(reader, id);
  await requireToSee(reader, actor, found.listing);
  return describeCase(reader, found, now);
}

/** For the court that has just acted on it: after a transfer the case is another's, and this is its last look. */
export async function readActedOn(tx: Transaction, id: string, now: Date): Promise<CaseView> {
  return describeCase(tx, await requireCase(tx, id), now);
}

async function requireCase(reader: Reader, id: string): Promise<Case> {
  const found = await findCase(reader, id);
  if (!found) throw new AppError("not-found");
  return found;
}

async function describeCase(reader: Reader, found: Case, now: Date): Promise<CaseView> {
  const { listing } = found;
  const documents = await listDocumentMasks(reader, [listing.subjectId]);
  const windows = listing.list === "consumption_limit" ? await listWindows(reader, [listing.id]) : [];
  const bars = listing.state === "draft" ? findBars(await draftOf(reader, found), shanghaiDate(now)) : [];
  return { ...found, documents, windows, bars };
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
