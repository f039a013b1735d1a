// A recorded check asked again: whether the register of then gives the recorded answer, and what today's says and why.
import { findPurpose } from "../../agencies/index.ts";
import { canonicalJson } from "../../audit/index.ts";
import { type DocumentKind, parseDocument } from "../../identity/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { AnswerSource, StoredMatch } from "../answer.ts";
import type { Question } from "../check.ts";
import type { DifferenceKind } from "../codes.ts";
import type { CheckRow } from "../queries.ts";
import { openParty } from "../record.ts";
import type { Party } from "../request.ts";
import { findingsAt } from "./as-of.ts";
import { findLastChanges, type LastChange, listToldApart } from "./queries.ts";

export type Difference = { listingId: string; what: DifferenceKind; change: LastChange };

/** The same question once more, as a check of its own: no answer without its record. */
export function questionOf(ring: KeyRing, row: CheckRow, operator: string): Question {
  const purpose = findPurpose(row.purpose);
  if (!purpose) throw new AppError("purpose-not-permitted");
  const { caseReference, id: previousCheckId } = row;
  return { purpose, caseReference, operator, parties: [partyOf(ring, row)], previousCheckId };
}

/** Whether what the register said at the position of the check gives the answer that is on record. */
export async function isReproduced(tx: Transaction, ring: KeyRing, row: CheckRow): Promise<boolean> {
  const { lists, checkedAt: at, registerPosition: position } = row;
  const found = await findingsAt(tx, ring, { party: partyOf(ring, row), lists, at, position });
  return found.outcome === row.outcome && textOf(found.matches ?? []) === textOf(row.matches ?? []);
}

/** In the order of today's answer, and then what it lacks. */
export async function findDifferences(tx: Transaction, row: CheckRow, today: AnswerSource): Promise<Difference[]> {
  const [then, now] = [matchesById(row.matches), matchesById(today.matches)];
  const differing = [...new Set([...now.keys(), ...then.keys()])].filter(
    (id) => textOf([then.get(id)]) !== textOf([now.get(id)]),
  );
  const changes = await findLastChanges(tx, differing, today.registerPosition);
  const toldApart = new Set(await listToldApart(tx, row.subjectIndex, today.registerPosition));
  const changeOf = new Map(changes.map((change) => [change.listingId, change]));
  return differing.flatMap((listingId) => {
    const change = changeOf.get(listingId);
    if (!change) return [];
    if (now.has(listingId)) return { listingId, what: then.has(listingId) ? "changed" : "listed", change };
    if (change.state !== "published") return { listingId, what: "ended", change };
    return { listingId, what: toldApart.has(listingId) ? "identified" : "term_over", change };
  });
}

function partyOf(ring: KeyRing, row: CheckRow): Party {
  const { names, number, country } = openParty(ring, row);
  const [name = "", ...formerNames] = names;
  const { role, reference, onBehalfOf } = row;
  const read = parseDocument(row.documentKind as DocumentKind, number, country ?? undefined);
  if (!read.ok) throw new Error("a recorded number does not parse");
  return {
    name,
    ...(formerNames.length > 0 && { formerNames }),
    ...(reference !== null && { reference }),
    ...(onBehalfOf !== null && { onBehalfOf }),
    role,
    identity: read.document,
  };
}

function matchesById(matches: StoredMatch[] | null): Map<string, StoredMatch> {
  return new Map((matches ?? []).map((match) => [match.listingId, match]));
}

function textOf(matches: readonly (StoredMatch | undefined)[]): string {
  return canonicalJson(matches.map((match) => match ?? null));
}
