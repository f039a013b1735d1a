// What leaves of obligations and reviews: all of it to the agency, to a court nothing of the agency's matter.
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { shanghaiTime } from "../../platform/time.ts";
import type { ObligationCase, ObligationRow } from "./obligation-queries.ts";
import type { ReviewCase } from "./review-queries.ts";
import { obligationStates, reviewCauses, reviewOutcomes } from "./schema.ts";

const instantText = z.iso.datetime({ offset: true });
const measureOf = z.object({ code: z.string(), title: z.string(), effect: z.string() });

const common = {
  id: z.string(),
  state: z.enum(obligationStates).openapi({
    description:
      "open: 待解除; lifted: 已解除; cancelled: 因重新列入，解除任务终止; closed: by the court, which says why; void: the sanction was recorded in error",
  }),
  overdue: z.boolean(),
  sanction: z.string(),
  measure: measureOf,
  purpose: z.string(),
  imposedOn: z.iso.date(),
  listing: z.string().openapi({ description: "The last listing that the sanction rested on" }),
  court: z.string().nullable(),
  aroseAt: instantText.openapi({ description: "When that listing stopped being a ground" }),
  notedOn: z.iso.date().openapi({ description: "The day on which the agency was told" }),
  dueOn: z.iso
    .date()
    .nullable()
    .openapi({ description: "The last day; null where no holiday notice reaches that far" }),
  liftedOn: z.iso.date().nullable(),
  cancelled: z.object({ listing: z.string(), at: instantText }).nullable(),
  closed: z.object({ court: z.string().nullable(), at: instantText, reason: z.string() }).nullable(),
};

export const ObligationView = z
  .object({
    ...common,
    check: z.string(),
    lift: z
      .object({ document: z.string().nullable(), note: z.string().nullable(), by: z.string().nullable() })
      .nullable(),
  })
  .openapi("LiftObligation");
export const CourtObligationView = z.object({ ...common, agency: z.string() }).openapi("LiftObligationOnListing");

export const ReviewView = z
  .object({
    id: z.string(),
    state: z.enum(["open", "done"]),
    overdue: z.boolean(),
    sanction: z.string(),
    measure: measureOf,
    purpose: z.string(),
    check: z.string(),
    listing: z.string(),
    court: z.string().nullable(),
    cause: z.enum(reviewCauses),
    notedOn: z.iso.date(),
    dueOn: z.iso.date().nullable(),
    outcome: z.enum(reviewOutcomes).nullable(),
    reviewedOn: z.iso.date().nullable(),
    document: z.string().nullable(),
    note: z.string().nullable(),
    operator: z.string().nullable(),
  })
  .openapi("PastRefusalReview");

export function obligationView(found: ObligationCase, today: string): z.infer<typeof ObligationView> {
  const { checkId, liftDocument, liftReason, liftedBy } = found.sanction;
  const isLifted = found.obligation.state === "lifted";
  return {
    ...commonView(found, today),
    check: publicId("chk", checkId),
    lift: isLifted ? { document: liftDocument, note: liftReason, by: liftedBy } : null,
  };
}

export function courtObligationView(found: ObligationCase, today: string): z.infer<typeof CourtObligationView> {
  return { ...commonView(found, today), agency: found.agency };
}

function commonView({ obligation, sanction }: ObligationCase, today: string) {
  const { state, dueOn, notedOn, court } = obligation;
  return {
    id: publicId("lft", obligation.id),
    state,
    overdue: state === "open" && dueOn !== null && dueOn < today,
    sanction: publicId("san", sanction.id),
    measure: { code: sanction.measure, title: sanction.title, effect: sanction.effect },
    purpose: sanction.purpose,
    imposedOn: sanction.imposedOn,
    listing: publicId("lst", obligation.listingId),
    court,
    aroseAt: shanghaiTime(obligation.aroseAt),
    notedOn,
    dueOn,
    liftedOn: state === "lifted" || state === "closed" ? sanction.liftedOn : null,
    ...endOf(obligation),
  };
}

function endOf({ cancelledBy, cancelledAt, closedAt, closedCourt, closeReason }: ObligationRow) {
  return {
    cancelled:
      cancelledBy === null || cancelledAt === null
        ? null
        : { listing: publicId("lst", cancelledBy), at: shanghaiTime(cancelledAt) },
    closed: closedAt && { court: closedCourt, at: shanghaiTime(closedAt), reason: closeReason ?? "" },
  };
}

export function reviewView({ review, sanction }: ReviewCase, today: string): z.infer<typeof ReviewView> {
  const { outcome, dueOn, cause, court, notedOn, reviewedOn, document, note, operator } = review;
  return {
    id: publicId("rvw", review.id),
    state: outcome === null ? "open" : "done",
    overdue: outcome === null && dueOn !== null && dueOn < today,
    sanction: publicId("san", sanction.id),
    measure: { code: sanction.measure, title: sanction.title, effect: sanction.effect },
    purpose: review.purpose,
    check: publicId("chk", sanction.checkId),
    listing: publicId("lst", review.listingId),
    court,
    cause,
    notedOn,
    dueOn,
    outcome,
    reviewedOn,
    document,
    note,
    operator,
  };
}
