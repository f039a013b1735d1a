// Bringing what is owed about sanctions in line with the register as it is: whatever is missing is noted, nothing is ever
// taken away, and doing it twice does it once.
import { readCalendarFor, type WorkingCalendar } from "../../courts/index.ts";
import type { NewEvent } from "../../events/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { newUuid } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { dueDate } from "./due.ts";
import { type Evidence, readEvidence } from "./evidence.ts";
import { lockSanctions, readTold } from "./evidence-queries.ts";
import { cancelledEvent, dueEvent, reapplicationEvent, reviewEvent } from "./notice.ts";
import {
  cancelObligations,
  insertObligations,
  insertRests,
  type NewObligation,
  setEndedByDate,
} from "./obligation-queries.ts";
import { findReapplication, findReviewCause, planLifting } from "./plan.ts";
import { insertReapplications, insertReviews, type NewReview } from "./review-queries.ts";

/** Sanctions that are looked at in one go: a few milliseconds of the event loop. */
export const SLICE_ROWS = 1_000;

/** What the agencies are to be told, in its order; `counts` for the audit trail. */
export type Settled = { events: NewEvent[]; counts: Record<Count, number> };
type Count = "arisen" | "cancelled" | "endedByDate" | "reapplications" | "reviews";

/** At most `SLICE_ROWS` sanctions in the order of their ids. */
export async function settleSanctions(tx: Transaction, ids: readonly string[], now: Date): Promise<Settled> {
  await lockSanctions(tx, ids);
  const evidence = await readEvidence(tx, ids);
  const calendar = await readCalendarFor(tx);
  const active = await settleActive(tx, evidence, { calendar, now });
  const once = await settleOnce(tx, evidence, { calendar, now });
  return { events: [...active.events, ...once.events], counts: { ...active.counts, ...once.counts } };
}

type Moment = { calendar: WorkingCalendar; now: Date };

async function settleActive(tx: Transaction, evidence: readonly Evidence[], { calendar, now }: Moment) {
  const notedOn = shanghaiDate(now);
  const planned = evidence.map(({ sanction, facts }) => ({ sanction, plan: planLifting(facts, now) }));
  const cancelled = planned.flatMap(({ sanction, plan }) => plan.cancelled.map((one) => ({ ...one, sanction })));
  const arisen = planned.flatMap(({ sanction, plan }) =>
    plan.arisen.map(({ at: aroseAt, listingId, regained }) => {
      const { id: sanctionId, agencyId, purpose } = sanction;
      const dueOn = dueDate(calendar, "lift", notedOn, purpose);
      const [cancelledBy, cancelledAt] = [regained?.listingId ?? null, regained?.at ?? null];
      const of = { id: newUuid(), sanctionId, agencyId, purpose, listingId };
      return { sanction, row: { ...of, aroseAt, notedOn, dueOn, cancelledBy, cancelledAt } satisfies NewObligation };
    }),
  );
  const isCancelled = await cancelObligations(
    tx,
    cancelled.map(({ id, at, listingId }) => ({ id, at, listingId })),
  );
  const isNew = await insertObligations(
    tx,
    arisen.map(({ row }) => row),
  );
  await insertRests(
    tx,
    planned.flatMap(({ sanction: { id: sanctionId }, plan: { adopted, names } }) =>
      adopted.map(({ listingId, from }) => ({ sanctionId, listingId, from, names })),
    ),
  );
  const ended = planned.filter(({ plan }) => plan.hasEnded).map(({ sanction }) => sanction.id);
  await setEndedByDate(tx, ended);
  const events = [
    ...cancelled.filter(({ id }) => isCancelled.has(id)).map(({ sanction, ...one }) => cancelledEvent(sanction, one)),
    ...arisen.filter(({ row }) => isNew.has(row.id)).flatMap(({ sanction, row }) => toldOf(sanction, row)),
  ];
  const relisted = arisen.filter(({ row }) => isNew.has(row.id) && row.cancelledBy !== null).length;
  const counts = { arisen: isNew.size, cancelled: isCancelled.size + relisted, endedByDate: ended.length };
  return { events, counts };
}

/** Of a loss that was made good before anybody noted it, both are told. */
function toldOf(sanction: Evidence["sanction"], row: NewObligation): NewEvent[] {
  const due = dueEvent(sanction, row);
  return row.cancelledBy === null ? [due] : [due, cancelledEvent(sanction, { id: row.id, listingId: row.cancelledBy })];
}

async function settleOnce(tx: Transaction, evidence: readonly Evidence[], { calendar, now }: Moment) {
  const completed = evidence.filter(({ facts }) => facts.state === "completed");
  if (completed.length === 0) return { events: [], counts: { reapplications: 0, reviews: 0 } };
  const known = await readTold(
    tx,
    completed.map(({ sanction }) => sanction.id),
  );
  const notedOn = shanghaiDate(now);
  const reapplications = completed.flatMap(({ sanction, facts }) => {
    const loss = known.told.includes(sanction.id) ? null : findReapplication(facts, now);
    return loss ? [{ sanction, listingId: loss.listingId, openedAt: loss.at }] : [];
  });
  const reviews = completed.flatMap(({ sanction, facts }) => {
    const found = known.reviewed.includes(sanction.id) ? null : findReviewCause(facts);
    if (!found) return [];
    const { id: sanctionId, agencyId, purpose } = sanction;
    const dueOn = dueDate(calendar, "review", notedOn, purpose);
    const row: NewReview = {
      id: newUuid(),
      sanctionId,
      agencyId,
      purpose,
      listingId: found.by,
      ...found,
      notedOn,
      dueOn,
    };
    return [{ sanction, row }];
  });
  const isTold = await insertReapplications(
    tx,
    reapplications.map(({ sanction: { id: sanctionId, agencyId }, ...row }) => ({ sanctionId, agencyId, ...row })),
  );
  const isReviewed = await insertReviews(
    tx,
    reviews.map(({ row }) => row),
  );
  const events = [
    ...reapplications
      .filter(({ sanction }) => isTold.has(sanction.id))
      .map(({ sanction, listingId }) => reapplicationEvent(sanction, listingId)),
    ...reviews
      .filter(({ sanction }) => isReviewed.has(sanction.id))
      .map(({ sanction, row }) => reviewEvent(sanction, row)),
  ];
  return { events, counts: { reapplications: isTold.size, reviews: isReviewed.size } };
}
