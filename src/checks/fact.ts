// What the public log commits to of a check. The group statement writes the fact's text and hashes it; from a stored row
// the same fact is made again here.
import { canonicalJson, commitmentOfText, type Json } from "../audit/index.ts";
import { publicId } from "../platform/id.ts";
import type { Outcome } from "./answer.ts";
import type { CheckRow } from "./queries.ts";
import { type SealedParty, subjectCommitment } from "./reading/subject.ts";

export type CheckFact = {
  agency: string;
  /** The matches as they were answered. */
  answer: readonly Json[];
  checkedAt: string;
  id: string;
  key: string;
  kind: "check";
  lists: readonly string[];
  matcherVersion: number;
  outcome: Outcome;
  purpose: string;
  registerPosition: number;
  /** Case reference, operator, role, kind of document, organisation, reference, on behalf of, batch, previous check. */
  request: readonly (string | null)[];
  /** A commitment of its own: who knows name and number can compute it, and nobody reads them here. */
  subject: string;
  v: 1;
};

/** The entry of a fact. Only matches come in the database's order of members; without any the plain writer serves. */
export function entryOfFact(fact: CheckFact, salt: Buffer): Buffer {
  return commitmentOfText(salt, fact.answer.length === 0 ? JSON.stringify(fact) : canonicalJson(fact));
}

/** The fact that the statement committed to, from the row that it wrote. */
export function factOf(row: CheckRow, party: SealedParty, salt: Buffer): CheckFact {
  return {
    agency: publicId("agy", row.agencyId),
    answer: (row.matches ?? []).map((match) => ({ ...match, listingId: publicId("lst", match.listingId) })),
    checkedAt: row.checkedAt.toISOString(),
    id: publicId("chk", row.id),
    key: row.keyId,
    kind: "check",
    lists: row.lists,
    matcherVersion: row.matcherVersion,
    outcome: row.outcome,
    purpose: row.purpose,
    registerPosition: row.registerPosition,
    request: [
      row.caseReference,
      row.operator,
      row.role,
      row.documentKind,
      row.organisationName,
      row.reference,
      row.onBehalfOf,
      row.batchId,
      row.previousCheckId,
    ],
    subject: subjectCommitment(salt, row.documentKind, party),
    v: 1,
  };
}
