// The year as a sequence of requests: who asks when, about how many at once, and who is asked about again.
import type { Agency } from "./agencies.ts";
import { apportion, evenly, type Sequence } from "./evenly.ts";
import type { Question } from "./questions.ts";

/** The figures of Xiamen, 2018. `automatic` are the provident fund's; how the rest divides is invented. */
export const XIAMEN = {
  records: 6_000_000,
  agencies: 53,
  checks: 281_003,
  hits: 607,
  automatic: 110_000,
  uploaded: 99_000,
};

export type Request = { agency: Agency; questions: [Question, ...Question[]] };

/** Sizes of one agency's batches in turn: from a morning's counter to a full batch. */
const BATCH_SIZES = [1_000, 24, 310, 6, 87, 640, 153, 12, 480, 55];
/** An agency's system asks once more about the party before, as after a lost answer: so often. */
const REPEATED_EVERY = 20;

export type Year = { visits: Sequence<Visit>[]; repeats: number };
type Visit = { agency: Agency; size: number; isRepeat: boolean };

/** Divides `checks` among the agencies as Xiamen's divided, the busier ones first. */
export function planYear(agencies: Agency[], checks: number): Year {
  const { automatic, uploaded } = XIAMEN;
  const parts = apportion(checks, [automatic, XIAMEN.checks - automatic - uploaded, uploaded]);
  const visits = (["automatic", "embedded", "uploading"] as const).flatMap((manner, group) => {
    const members = agencies.filter((agency) => agency.manner === manner);
    const weights = members.map((_, index) => members.length - index / 2);
    const quotas = apportion(parts[group] ?? 0, weights);
    return members.map((agency, index) => visitsOf(agency, index, quotas[index] ?? 0));
  });
  const repeats = visits.flatMap(({ items }) => items).filter(({ isRepeat }) => isRepeat).length;
  return { visits, repeats };
}

function visitsOf(agency: Agency, offset: number, quota: number): { count: number; items: Visit[] } {
  const items: Visit[] = [];
  for (let left = quota; left > 0;) {
    const nth = items.length + 1;
    const isBatch = agency.manner === "uploading";
    const size = isBatch ? Math.min(left, BATCH_SIZES[(nth + offset) % BATCH_SIZES.length] ?? 1) : 1;
    items.push({ agency, size, isRepeat: !isBatch && nth % REPEATED_EVERY === 0 });
    left -= size;
  }
  return { count: items.length, items };
}

/** The requests in their order. Only those who are not listed are asked about again, so that hits are persons too. */
export function* requestsOf({ visits }: Year, questions: Iterator<Question>): Generator<Request> {
  const before = new Map<Agency, Question>();
  for (const { agency, size, isRepeat } of evenly(visits)) {
    const known = isRepeat ? before.get(agency) : undefined;
    const asked = Array.from({ length: size }, () => known ?? take(questions)) as [Question, ...Question[]];
    const last = asked.findLast(({ outcome }) => outcome !== "listed");
    if (last) before.set(agency, last);
    yield { agency, questions: asked };
  }
}

function take(questions: Iterator<Question>): Question {
  const { done, value } = questions.next();
  if (done) throw new RangeError("The year asks about more parties than were planned.");
  return value;
}
