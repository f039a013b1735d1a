// What the public log commits to of a sanction: that it was imposed, and how it was ended by an act.
import type { Fact, Json } from "../audit/index.ts";
import { publicId } from "../platform/id.ts";
import type { SanctionListingRow, SanctionRow } from "./sanction-queries.ts";

/** `listings` are those that it rested on from the beginning. */
export function impositionOf(row: SanctionRow, listings: readonly Pick<SanctionListingRow, "listingId">[]): Fact {
  return factOf(row, {
    act: "imposed",
    agency: publicId("agy", row.agencyId),
    at: row.recordedAt.toISOString(),
    check: publicId("chk", row.checkId),
    conditions: row.conditions,
    decision: [row.decisionNumber, row.decisionDatedOn],
    duration: row.duration,
    effect: row.effect,
    endsOn: row.endsOn,
    feedback: publicId("fbk", row.feedbackId),
    identityProof: row.identityProof && [row.identityProof.kind, row.identityProof.number],
    imposedOn: row.imposedOn,
    legalBasis: row.legalBasis,
    listings: listings.map(({ listingId }) => publicId("lst", listingId)).sort(),
    lists: row.lists,
    measure: row.measure,
    notice: row.noticeNumber && [row.noticeNumber, row.noticeServedOn, row.noticeServedHow],
    noticeException: row.noticeException && [row.noticeException, row.noticeExceptionArticle],
    officer: row.officer,
    purpose: row.purpose,
    task: publicId("tsk", row.taskId),
    title: row.title,
  });
}

export function liftOf(row: SanctionRow): Fact {
  const { liftedAt, liftedBy, liftDocument, liftedOn } = row;
  const at = liftedAt?.toISOString() ?? null;
  return factOf(row, { act: "lifted", at, by: liftedBy, document: liftDocument, liftedOn });
}

/** It was recorded in error; the report of this id says what was right. */
export function cancellationOf(row: SanctionRow, feedbackId: string, at: Date): Fact {
  return factOf(row, { act: "cancelled", at: at.toISOString(), feedback: publicId("fbk", feedbackId) });
}

function factOf({ id }: SanctionRow, act: Record<string, Json>): Fact {
  const subject = publicId("san", id);
  return { subject, fact: { ...act, kind: "sanction", sanction: subject, v: 1 } };
}
