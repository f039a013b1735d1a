// The review of a past refusal: what the agency found when it looked at the matter again.
import { appendAudit } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";
import type { AgencyActor } from "./obligation.ts";
import { findReviewCase, type ReviewCase, type ReviewRow, setReviewed } from "./review-queries.ts";

export type Review = {
  outcome: NonNullable<ReviewRow["outcome"]>;
  reviewedOn: string;
  document: string;
  note?: string | undefined;
};

export async function completeReview(
  tx: Transaction,
  { agencyId, keyId, operator }: AgencyActor,
  id: string,
  { outcome, reviewedOn, document, note }: Review,
  now: Date,
): Promise<ReviewCase> {
  const found = await findReviewCase(tx, agencyId, id);
  if (!found) throw new AppError("not-found");
  if (reviewedOn < found.review.notedOn || reviewedOn > shanghaiDate(now))
    throw new AppError("validation", { faults: [{ pointer: "#/reviewedOn", code: "out_of_range" }] });
  const done = { outcome, reviewedOn, reviewedAt: now, operator, keyId, document, note: note ?? null };
  const review = await setReviewed(tx, agencyId, id, done);
  if (!review) throw new AppError("conflict", { note: "the review is done" });
  await appendAudit(tx, {
    actor: `agency:${publicId("agy", agencyId)}/${keyId}`,
    action: "review.complete",
    subject: publicId("rvw", id),
    detail: { sanction: publicId("san", review.sanctionId), outcome, operator },
  });
  return { ...found, review };
}
