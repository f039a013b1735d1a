// A court's finding on whether the holder of a document is the party of a listing: from its position of the register on,
// checks answer by it, and from the position at which it is taken back they do not any more.
import { appendAudit } from "../../audit/index.ts";
import { type IdentityDocument, nameKeys } from "../../identity/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import { readPosition, recordChange } from "../change-queries.ts";
import { tryLockApplying } from "../compare-queries.ts";
import type { Listing } from "../content.ts";
import { naturalKey } from "../natural-key.ts";
import { partyOf, type PartyKeys } from "../party.ts";
import { addDocuments } from "../party-queries.ts";
import {
  countVersionUp,
  deleteDocuments,
  endFinding,
  findHolder,
  type FindingRow,
  insertFinding,
  listListingsOf,
  lockFinding,
  partDocuments,
} from "./queries.ts";

/** Whom a check asked about. */
export type AskedParty = { document: IdentityDocument; names: readonly string[] };

export type NewFinding = {
  /** Of the request that the court answered. */
  id: string;
  /** Of the number, as the record of checks has it. */
  blindIndex: Buffer;
  listing: Pick<Listing, "id" | "subjectId">;
  finding: FindingRow["finding"];
  court: string;
  asked: AskedParty;
};

/** A load takes seconds, a first one minutes. */
const LOAD_RETRY_SECONDS = 30;

/**
 * Of the same party the names are remembered, and the number becomes the party's unless it is somebody's already. Every
 * writer of the register queues for the last step.
 */
export async function recordIdentityFinding(
  tx: Transaction,
  keys: PartyKeys,
  actor: string,
  { id, blindIndex, listing, finding, court, asked }: NewFinding,
): Promise<void> {
  const isSame = finding === "same";
  const addedTo = isSame ? await addNumber(tx, keys, id, listing, asked) : null;
  const names = isSame ? [...new Set(asked.names.flatMap(nameKeys))] : null;
  const position = await takePosition(tx, actor, listing.id, { finding, request: publicId("idr", id) });
  const row = { id, blindIndex, listingId: listing.id, finding, court, nameKeys: names, addedTo };
  if (!(await insertFinding(tx, { ...row, fromPosition: position })))
    throw new AppError("conflict", { members: { note: "another finding of this document and this listing stands" } });
}

/** False where the finding does not stand. */
export async function endIdentityFinding(
  tx: Transaction,
  keys: PartyKeys,
  actor: string,
  { id, document }: { id: string; document: IdentityDocument },
): Promise<boolean> {
  const found = await lockFinding(tx, id);
  if (!found) return false;
  if (found.addedTo !== null) await takeNumberBack(tx, keys, id, found.addedTo, document);
  const position = await takePosition(tx, actor, found.listingId, { finding: null, request: publicId("idr", id) });
  await endFinding(tx, id, position);
  return true;
}

/** Of a listing that no answer shows nothing changes; its finding stands from the position that the register has. */
async function takePosition(
  tx: Transaction,
  actor: string,
  listingId: string,
  detail: Record<string, string | null>,
): Promise<number> {
  const published = await countVersionUp(tx, listingId);
  await appendAudit(tx, { actor, action: "listing.identify", subject: publicId("lst", listingId), detail });
  return published ? recordChange(tx, listingId, "identified") : readPosition(tx);
}

/** Under whom the number is entered; null where it had a party. */
async function addNumber(
  tx: Transaction,
  keys: PartyKeys,
  id: string,
  { subjectId }: Pick<Listing, "subjectId">,
  { document }: AskedParty,
): Promise<string | null> {
  const party = partyOf(keys, document, "");
  if ((await findHolder(tx, party.identity.blindIndex)) !== null) return null;
  await requireNoLoad(tx);
  return (await addDocuments(tx, keys, party, { subjectId, source: sourceOf(id) })) ? subjectId : null;
}

/** What was listed under the number itself meanwhile goes on being found by it. */
async function takeNumberBack(
  tx: Transaction,
  keys: PartyKeys,
  id: string,
  addedTo: string,
  document: IdentityDocument,
): Promise<void> {
  await requireNoLoad(tx);
  const { kind, subjectId, identity } = partyOf(keys, document, "");
  const own = (await listListingsOf(tx, addedTo)).filter(
    (listing) => naturalKey(listing, identity.blindIndex) === listing.naturalKey,
  );
  const [first] = own;
  if (!first) return deleteDocuments(tx, sourceOf(id));
  const documents = { from: sourceOf(id), to: first.source };
  await partDocuments(tx, { kind, subjectId, listings: own, documents });
}

/** A load has read whose each number is, and writes by it: nobody else gives a number to another party meanwhile. */
async function requireNoLoad(tx: Transaction): Promise<void> {
  if (!(await tryLockApplying(tx)))
    throw new AppError("temporary-reduced-capacity", { retryAfterSeconds: LOAD_RETRY_SECONDS });
}

/** What `document.source` says of a number that a finding brought; a look back tells them by it (`src/checks/replay`). */
function sourceOf(id: string): string {
  return `finding:${id}`;
}
