// What the public log commits to of a check. The group statement writes the fact's text and hashes it; from a stored row
// the same fact is made again here.
import { canonicalJson, commitmentOfText, type Hash, type Json } from "../audit/index.ts";
import { publicId } from "../platform/id.ts";
import type { Action, Outcome } from "./answer.ts";
import type { StoredCheck } from "./queries.ts";
import { type SealedParty, subjectCommitment } from "./reading/subject.ts";

export type CheckFact = {
  /** With `measures` since version 2. */
  action?: Action;
  agency: string;
  /** The matches as they were answered. */
  answer: readonly Json[];
  checkedAt: string;
  id: string;
  key: string;
  kind: "check";
  lists: readonly string[];
  matcherVersion: number;
  /** The codes of what was offered. */
  measures?: readonly string[];
  outcome: Outcome;
  purpose: string;
  registerPosition: number;
  /**
   * Case reference, operator, role, kind of document, organisation, reference, on behalf of, batch, previous check; since
   * version 3 when and why the agency had acted before it asked, and a check that was asked first stays at version 2.
   */
  request: readonly (string | null)[];
  /** A commitment of its own: who knows name and number can compute it, and nobody reads them here. */
  subject: string;
  v: 1 | 2 | 3;
};

/** The fact that the statement committed to, from the row that it wrote. */
export function factOf(row: StoredCheck, party: SealedParty, salt: Buffer): CheckFact {
  return JSON.parse(factTextOf(row, party, salt)) as CheckFact;
}

/** The entry of a row. */
export function entryOfRow(row: StoredCheck, party: SealedParty, salt: Buffer): Hash {
  return commitmentOfText(salt, factTextOf(row, party, salt));
}

const json = (value: unknown) => JSON.stringify(value);

/** The fact in canonical JSON, put together as the statement does it: 1 µs, where sorting and writing an object takes 4. */
function factTextOf(row: StoredCheck, party: SealedParty, salt: Buffer): string {
  const answer = (row.matches ?? []).map((match) =>
    canonicalJson({ ...match, listingId: publicId("lst", match.listingId) }),
  );
  const request = [
    row.caseReference,
    row.operator,
    row.role,
    row.documentKind,
    row.organisationName,
    row.reference,
    row.onBehalfOf,
    row.batchId,
    row.previousCheckId,
    ...(row.actedAt ? [row.actedAt.toISOString(), row.actedReason] : []),
  ];
  // A row from before measures keeps the fact that its leaf was made of.
  const isFirst = row.action === null;
  const codes = json((row.measures ?? []).map(({ code }) => code));
  return (
    `{${isFirst ? "" : `"action":"${row.action}",`}"agency":"${agencyIdOf(row.agencyId)}","answer":[${answer.join()}],"checkedAt":"${timeOf(row.checkedAt.getTime())}",` +
    `"id":"${publicId("chk", row.id)}","key":${json(row.keyId)},"kind":"check","lists":${json(row.lists)},` +
    `"matcherVersion":${row.matcherVersion},${isFirst ? "" : `"measures":${codes},`}"outcome":"${row.outcome}",` +
    `"purpose":${json(row.purpose)},` +
    `"registerPosition":${row.registerPosition},"request":${json(request)},` +
    `"subject":"${subjectCommitment(salt, row.documentKind, party)}","v":${isFirst ? 1 : row.actedAt ? 3 : 2}}`
  );
}

/** Rows of one group agree in these, and a group has up to a thousand. */
const agencyIdOf = rememberLast((uuid: string) => publicId("agy", uuid));
const timeOf = rememberLast((ms: number) => new Date(ms).toISOString());

function rememberLast<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { key: Key; value: Value } | null = null;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}
