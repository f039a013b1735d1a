// Printing a paper: from what the register knows to its bytes, of which number, day and SHA-256 are kept.
import { createHash } from "node:crypto";
import { limitItems } from "../../agencies/index.ts";
import { appendAudit } from "../../audit/index.ts";
import { auditNameOf, type CourtActor, findCourt, requireJurisdiction } from "../../courts/index.ts";
import { redactNumbers } from "../../identity/index.ts";
import { documentWords } from "../../identity/words.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId, uuidOf } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { competentCourt, type Listing } from "../../registry/index.ts";
import { type Paper, printPaper, wordOf } from "../../ui/index.ts";
import { findObjection, type ObjectionCase } from "../queries.ts";
import { enforcingCourt } from "../step.ts";
import type { PaperKind } from "./kind.ts";
import { findListed, findPaper, insertPaper, type Listed, type PaperRow } from "./queries.ts";
import {
  decisionText,
  limitOrderText,
  type NamedParty,
  reconsiderationText,
  rejectionText,
  removalText,
} from "./template.ts";

export type PaperOrder = {
  kind: PaperKind;
  /** The public id of the listing or the objection. */
  subject: string;
  number: string;
  datedOn: string;
  /** Of a decision on an objection. */
  reasons?: string | undefined;
  /** Of a decision on reconsideration: what it orders; left out where it rejects. */
  correction?: "revoke" | "rectify" | "delete" | "early" | "lift" | undefined;
};

export type PrintedPaper = { row: PaperRow; html: string };

/** The same order gives the same paper again; another text under a number that is taken is `conflict`. */
export async function printCourtPaper(
  tx: Transaction,
  actor: CourtActor,
  order: PaperOrder,
  { demonstration }: { demonstration: boolean },
): Promise<PrintedPaper> {
  const { paper, court } = await composePaper(tx, actor, order);
  const html = await printPaper(paper, { demonstration });
  const sha256 = createHash("sha256").update(html).digest();
  const { kind, number, datedOn, subject } = order;
  const printedBy = auditNameOf(actor);
  const row = { id: newUuid(), kind, court, number, datedOn, subject, sha256, printedBy };
  const inserted = await insertPaper(tx, row);
  if (!inserted) return { row: await requireSamePaper(tx, row), html };
  const detail = { kind, number, datedOn, sha256: sha256.toString("hex") };
  await appendAudit(tx, { actor: printedBy, action: "paper.print", subject, detail });
  return { row: inserted, html };
}

async function requireSamePaper(
  tx: Transaction,
  row: Pick<PaperRow, "court" | "number" | "sha256">,
): Promise<PaperRow> {
  const known = await findPaper(tx, row.court, row.number);
  if (!known?.sha256.equals(row.sha256))
    throw new AppError("conflict", { note: "a paper of this number was printed with another text" });
  return known;
}

type Composed = { paper: Paper; court: string };

async function composePaper(tx: Transaction, actor: CourtActor, order: PaperOrder): Promise<Composed> {
  switch (order.kind) {
    case "decision":
    case "limit_order":
    case "removal_notice":
      return composeListingPaper(tx, actor, order);
    case "rejection":
    case "reconsideration_decision":
      return composeObjectionPaper(tx, actor, order);
  }
}

async function composeListingPaper(tx: Transaction, actor: CourtActor, order: PaperOrder): Promise<Composed> {
  const id = uuidOf("lst", order.subject);
  const listed = id === null ? null : await findListed(tx, id);
  if (!listed) throw new AppError("not-found");
  const { listing } = listed;
  const court = competentCourt(listing);
  await requireJurisdiction(tx, actor, court, "act");
  if (court === null) throw new AppError("not-found");
  const heading = { court: await nameOf(tx, court), number: order.number, datedOn: order.datedOn };
  const party = namedParty(listed);
  switch (order.kind) {
    case "decision":
      requireThat(listing.list === "dishonest");
      return { court, paper: decisionText(heading, party, listing, listed.termMonths) };
    case "limit_order":
      requireThat(listing.list === "consumption_limit");
      return { court, paper: limitOrderText(heading, party, listing, limitItems) };
    case "removal_notice":
      return { court, paper: removalText(heading, party, listing, endOf(listing)) };
    case "rejection":
    case "reconsideration_decision":
      throw new AppError("not-found");
  }
}

async function composeObjectionPaper(tx: Transaction, actor: CourtActor, order: PaperOrder): Promise<Composed> {
  const id = uuidOf("obj", order.subject);
  const found = id === null ? null : await findObjection(tx, id);
  if (!found) throw new AppError("not-found");
  const enforcing = enforcingCourt(found);
  await requireJurisdiction(tx, actor, enforcing, "see");
  const reviewed = reviewedOf(found, order);
  const court = order.kind === "rejection" ? enforcing : found.reconsideration?.courtCode;
  requireThat(court !== undefined);
  await requireJurisdiction(tx, actor, court, "act");
  const heading = { court: await nameOf(tx, court), number: order.number, datedOn: order.datedOn };
  if (order.kind === "rejection") return { court, paper: rejectionText(heading, reviewed) };
  const paper = reconsiderationText(heading, {
    ...reviewed,
    enforcingCourt: await nameOf(tx, enforcing),
    rejectionNumber: found.objection.paperNumber ?? "",
    filedOn: found.reconsideration?.filedOn ?? "",
    correction: order.correction ?? null,
  });
  return { court, paper };
}

function reviewedOf({ listing, objection }: ObjectionCase, { reasons }: PaperOrder) {
  if (reasons === undefined) throw new AppError("validation", { faults: [{ pointer: "#/reasons", code: "required" }] });
  const { ground, receivedOn, kind, list } = objection;
  requireThat(listing !== null && receivedOn !== null && kind === "correction");
  return { list, name: listing.name, ground, receivedOn, reasons: redactNumbers(reasons) };
}

/** A paper about what has not happened is none. */
function requireThat(holds: boolean): asserts holds {
  if (!holds) throw new AppError("conflict", { note: "the paper is not about this" });
}

function endOf({ state, endedAt, exitOperation }: Listing): string {
  requireThat(state === "ended" && endedAt !== null && exitOperation !== null);
  return shanghaiDate(endedAt);
}

async function nameOf(reader: Reader, code: string): Promise<string> {
  return (await findCourt(reader, code))?.name ?? code;
}

function namedParty({ listing, documentKind, masked }: Listed): NamedParty {
  const kind = documentKind.replace(/^masked_/, "");
  // A paper names a person's number by the statute's word.
  const documentTitle = kind === "resident_id" ? "居民身份证号码" : wordOf<string>(documentWords, kind);
  return { name: listing.name, sex: listing.sex, documentTitle, maskedNumber: masked };
}

/** For the list of papers. */
export function paperView({ id, kind, court, number, datedOn, subject, sha256, printedBy }: PaperRow) {
  const hex = sha256.toString("hex");
  return { id: publicId("pap", id), kind, court, number, datedOn, subject, sha256: hex, printedBy };
}
