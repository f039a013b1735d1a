// The search of a court: by name or case number in one court's list, by document in all that it may see.
import { appendAudit } from "../../audit/index.ts";
import { auditNameOf, type CourtActor, requireJurisdiction, visibleCourts } from "../../courts/index.ts";
import { type DocumentKind, nameKeys, parseCaseNumber, parseDocument } from "../../identity/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { Case } from "../act-queries.ts";
import type { Listing } from "../content.ts";
import { type PartyKeys, partyOf } from "../party.ts";
import { findSubjects, searchCases } from "./queries.ts";

export type Question = {
  name?: string | undefined;
  caseNumber?: string | undefined;
  document?: { type: DocumentKind; number: string; country?: string | undefined } | undefined;
  list?: Listing["list"] | undefined;
  court?: string | undefined;
};

/** One row more than `limit` says that there are more. That somebody looked is on record; for whom, is not. */
export async function searchListings(
  tx: Transaction,
  keys: PartyKeys,
  actor: CourtActor,
  question: Question,
  limit: number,
): Promise<Case[]> {
  const { name, caseNumber, document, list, court } = question;
  if (court !== undefined) await requireJurisdiction(tx, actor, court, "see");
  const subjectIds = document && (await findSubjects(tx, indexesOf(keys, document)));
  const found = await searchCases(
    tx,
    {
      courts: await courtsIn(tx, actor, question),
      list,
      caseNumber: caseNumber === undefined ? undefined : normalOf(caseNumber),
      nameKeys: name === undefined ? undefined : nameKeys(name),
      subjectIds,
    },
    limit,
  );
  await appendAudit(tx, {
    actor: auditNameOf(actor),
    action: "listing.search",
    subject: `court_${court ?? actor.court ?? ""}`,
    detail: { name: name !== undefined, caseNumber: caseNumber !== undefined, document: document?.type ?? null },
  });
  return found;
}

async function courtsIn(tx: Transaction, actor: CourtActor, { court, document }: Question): Promise<string[] | null> {
  if (court !== undefined) return [court];
  return document || actor.court === null ? visibleCourts(tx, actor) : [actor.court];
}

function indexesOf(keys: PartyKeys, { type, number, country }: NonNullable<Question["document"]>): Buffer[] {
  const parsed = parseDocument(type, number, country);
  if (!parsed.ok) throw new AppError("validation", { faults: [{ pointer: "#/document/number", code: parsed.fault }] });
  const { identity, further } = partyOf(keys, parsed.document, "");
  return further ? [identity.blindIndex, further.blindIndex] : [identity.blindIndex];
}

/** What is no case number is found nowhere, as it stands. */
function normalOf(raw: string): string {
  const parsed = parseCaseNumber(raw);
  return parsed.ok ? parsed.caseNumber.normal : raw;
}
