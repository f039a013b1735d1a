// A listing as the register showed it at a moment of the past, and the receipt of the change that made it so.
import { type Opening, readReceipt, type Receipt } from "../audit/index.ts";
import { type CourtActor, requireJurisdiction } from "../courts/index.ts";
import type { Reader, Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Case, findCase } from "./act-queries.ts";
import { changeFactOf, type LoggedChange } from "./change-fact.ts";
import { findCompetentCourt } from "./competence.ts";
import type { Listing } from "./content.ts";
import { type DocumentMask, listDocumentMasks } from "./listing-queries.ts";
import { findChange, findContent } from "./log-queries.ts";

export type ListingAt = { listing: Listing; change: LoggedChange; documents: DocumentMask[] };

/** `not-found` before the register first showed it. */
export async function readListingAt(reader: Reader, actor: CourtActor, id: string, at: Date): Promise<ListingAt> {
  const { listing } = await requireSeen(reader, actor, id);
  const change = await requireChange(reader, id, { at });
  const said = (await findContent(reader, id, change.version)) ?? {};
  const { version, state, underObjection, contentHash } = change;
  const isLast = state === "ended" && version === listing.version;
  const exit = isLast ? {} : { endedAt: null, endedBy: null, exitOperation: null, exitReason: null };
  return {
    listing: { ...listing, ...said, ...exit, version, state, underObjection, contentHash },
    change,
    documents: await listDocumentMasks(reader, [listing.subjectId]),
  };
}

/** Of the change by which the listing came into `version`, or the newest one. */
export async function readListingReceipt(
  { db, sql }: { db: Reader; sql: Sql },
  actor: CourtActor,
  id: string,
  version?: number,
): Promise<Receipt> {
  await requireSeen(db, actor, id);
  const { salt, ...change } = await requireChange(db, id, { version });
  const opening: Opening | null = salt && { fact: changeFactOf(change), salt };
  return readReceipt(sql, { kind: "listing", row: change.position }, opening);
}

async function requireSeen(reader: Reader, actor: CourtActor, id: string): Promise<Case> {
  const found = await findCase(reader, id);
  if (!found) throw new AppError("not-found");
  await requireJurisdiction(reader, actor, await findCompetentCourt(reader, found.listing), "see");
  return found;
}

async function requireChange(reader: Reader, id: string, upTo: Parameters<typeof findChange>[2]) {
  const change = await findChange(reader, id, upTo);
  if (!change) throw new AppError("not-found");
  return change;
}
