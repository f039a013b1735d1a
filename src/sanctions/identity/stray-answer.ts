// Whether each answer of a court is what its facts say, and what checks go by is what was answered: for `fsck`.
import { canonicalJson } from "../../audit/index.ts";
import type { Reader } from "../../platform/database.ts";
import { publicId } from "../../platform/id.ts";
import { answerOf, revocationOf } from "./fact.ts";
import {
  type Answered,
  findUnansweredFinding,
  type IdentityFact,
  listAnswered,
  listIdentityFacts,
} from "./fact-queries.ts";
import type { RequestRow } from "./queries.ts";

/** Names the first answer that differs, or is gone. */
export async function findStrayAnswer(reader: Reader): Promise<string | null> {
  const facts = Map.groupBy(await listIdentityFacts(reader), ({ subject }) => subject);
  for (const answered of await listAnswered(reader)) {
    const id = publicId("idr", answered.request.id);
    const known = facts.get(id) ?? [];
    facts.delete(id);
    if (!isAsSaid(answered.request, known) || !isGoneBy(answered)) return `what is said by ${id}`;
  }
  const [gone] = facts.keys();
  if (gone !== undefined) return `the removal of ${gone}`;
  const invented = await findUnansweredFinding(reader);
  return invented === null ? null : `the finding of ${publicId("idr", invented)}`;
}

function isAsSaid(row: RequestRow, known: readonly IdentityFact[]): boolean {
  const said = [answerOf(row), ...(row.revokedAt === null ? [] : [revocationOf(row)])].map(({ fact }) => fact);
  return canonicalJson(said) === canonicalJson(known.map(({ fact }) => fact));
}

/** A check goes by it as long as the court does. */
function isGoneBy({ request, finding }: Answered): boolean {
  if (request.finding === "unable" || finding === null) return request.finding === "unable" && finding === null;
  return (
    finding.finding === request.finding &&
    finding.listingId === request.listingId &&
    finding.blindIndex.equals(request.subjectIndex) &&
    (finding.untilPosition === null) === (request.revokedAt === null)
  );
}
