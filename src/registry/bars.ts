// What forbids a listing or a limit before it is decided (arts. 1–5 and 10 of the list rule, art. 1 of the limit rule).
import { addMonths, listRule } from "../courts/index.ts";
import { isMinor } from "../identity/index.ts";
import type { BarToG1, Checklist, TermDecision } from "./drafted-values.ts";
import type { Ground } from "./grounds.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { findTermFault } from "./term.ts";

export const capacities = [
  "debtor",
  "legal_representative",
  "principal",
  "actual_controller",
  "directly_responsible",
] as const;
export type Capacity = (typeof capacities)[number];

/** Art. 3, item by item: where one is present, G1 does not hold. */
const barsToG1: Record<BarToG1, string> = {
  security_given: listRule("第三条第一项"),
  property_controlled: listRule("第三条第二项"),
  later_in_order: listRule("第三条第三项"),
  not_refusing: listRule("第三条第四项"),
};

/** An earlier period of the same party in the same case. */
export type EarlierPeriod = { endedOn: string; deletion: "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | null };

type Order = {
  capacity: Capacity;
  /** The latest birth date that the document leaves room for; null where it shows none. */
  party: { kind: "organisation" } | { kind: "person"; latestBirth: string | null };
  performed: boolean;
};

export type LimitDraft = Order & {
  list: "consumption_limit";
  /** The last day for performance by the enforcement notice. */
  noticeEndsOn: string;
  /** Whether the unit is under a limit of its own, in force or in this draft; for its officers only. */
  unitLimited: boolean;
};

export type DishonestDraft = Order & {
  list: "dishonest";
  initiatedBy: "creditor" | "court";
  /** The day on which the creditor's application was received, or the court took the matter up. */
  receivedOn: string;
  grounds: readonly Ground[];
  groundAroseOn: string;
  /** Asked only where G1 is named. */
  checklist: Checklist;
  term: TermDecision;
  /** The enforcement notice carried the warning of the list. */
  warned: boolean;
  /** The debtor is under the limit, in force or in this draft. */
  limited: boolean;
  earlier: readonly EarlierPeriod[];
};

export type Draft = DishonestDraft | LimitDraft;

/** The months after a deletion by R3 in which the creditor's application is not supported. */
const creditorBarMonths = 6;

/** Everything that forbids to decide this draft on the day `on`; empty where nothing does. */
export function findBars(draft: Draft, on: string): Refusal[] {
  const bars = draft.list === "dishonest" ? listBars(draft) : limitBars(draft, on);
  return [...partyBars(draft, on), ...bars];
}

/** Art. 10: through this day the creditor's own application is refused after a deletion by R3. */
export function creditorBarredUntil(deletedOn: string): string {
  return addMonths(deletedOn, creditorBarMonths);
}

function partyBars({ party, performed }: Draft, on: string): Refusal[] {
  const bars: Refusal[] = [];
  // Art. 4: age by the document on the day of the decision; an age that nobody knows may be under 18.
  if (party.kind === "person" && party.latestBirth === null) bars.push(refusalOf("birth-date-missing"));
  if (party.kind === "person" && party.latestBirth !== null && isMinor(party.latestBirth, on))
    bars.push(refusalOf("minor"));
  if (performed) bars.push(refusalOf("already-performed"));
  return bars;
}

function listBars(draft: DishonestDraft): Refusal[] {
  const { capacity, grounds, checklist, term, warned, limited } = draft;
  const bars: Refusal[] = [];
  // Art. 1: the list names the debtor; a unit's officers are reached by the limit only.
  if (capacity !== "debtor") bars.push(refusalOf("officer-not-debtor"));
  if (grounds.length === 0 || grounds.includes("GX")) bars.push(refusalOf("no-ground"));
  if (grounds.includes("G1")) bars.push(...g1Bars(checklist));
  const termFault = findTermFault(grounds, term);
  if (termFault) bars.push(termFault);
  if (!warned) bars.push(refusalOf("no-warning"));
  if (!limited) bars.push(refusalOf("limit-missing"));
  return [...bars, ...relistingBars(draft)];
}

function g1Bars(checklist: DishonestDraft["checklist"]): Refusal[] {
  const items = Object.entries(barsToG1) as [BarToG1, string][];
  return items.flatMap(([bar, article]) => {
    if (checklist[bar] === null) return [refusalOf("checklist-open", article)];
    return checklist[bar] ? [refusalOf("ground-barred", article)] : [];
  });
}

/** Art. 10: a deleted party is listed again only for a ground that arises anew. The bar of R3 meets the creditor alone. */
function relistingBars({ earlier, initiatedBy, receivedOn, groundAroseOn }: DishonestDraft): Refusal[] {
  const deleted = earlier.filter(({ deletion }) => deletion !== null);
  const bars: Refusal[] = [];
  if (deleted.some(({ endedOn }) => groundAroseOn < endedOn)) bars.push(refusalOf("no-new-ground"));
  const isBarred = deleted.some(
    ({ deletion, endedOn }) => deletion === "R3" && receivedOn <= creditorBarredUntil(endedOn),
  );
  if (isBarred && initiatedBy === "creditor") bars.push(refusalOf("six-month-bar"));
  return bars;
}

function limitBars({ capacity, noticeEndsOn, unitLimited }: LimitDraft, on: string): Refusal[] {
  const bars: Refusal[] = [];
  if (on <= noticeEndsOn) bars.push(refusalOf("notice-running"));
  if (capacity !== "debtor" && !unitLimited) bars.push(refusalOf("unit-not-limited"));
  return bars;
}
