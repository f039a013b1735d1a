// The transition table as a whole: every cell has an outcome with its article, and no sequence of acts reaches what is forbidden.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Authority,
  enforcementOpinion,
  limitRule,
  listRule,
  type Staff,
  workingRule,
} from "../../src/courts/index.ts";
import { addDays } from "../../src/platform/time.ts";
import type { Exit } from "../../src/registry/exit.ts";
import { listingStates, lists } from "../../src/registry/schema.ts";
import {
  type Act,
  type ListingFacts,
  type ListingState,
  transition,
  transitions,
} from "../../src/registry/transition.ts";
import {
  clerk,
  fixedTerm,
  judge,
  limitDraft,
  listDraft,
  listingFacts,
  on,
  president,
  system,
  TODAY,
} from "./case-facts.ts";

const MINOR = "2015-01-01";
const exit = (given: Exit): Act => ({ name: "exit", exit: given });

const acts: Act[] = [
  { name: "amend" },
  { name: "decide", draft: listDraft() },
  { name: "decide", draft: listDraft({ party: { kind: "person", latestBirth: MINOR } }) },
  { name: "reject" },
  { name: "record_service" },
  { name: "state_unperformed" },
  ...[29, 45, 100].map((days): Act => ({ name: "grant_grace", until: addDays(TODAY, days) })),
  { name: "publish" },
  { name: "lapse" },
  { name: "rectify", addsBurden: false },
  { name: "rectify", addsBurden: true },
  { name: "second_look" },
  { name: "shield" },
  { name: "open_window", window: { measures: ["LIM2015-1"], from: TODAY, until: TODAY } },
  { name: "close_window" },
  { name: "transfer" },
];
const exits: Act[] = [
  ...(["R1", "R2", "R3", "R5", "R6", "R7"] as const).map((code) => exit({ operation: "delete", ground: { code } })),
  exit({ operation: "delete", ground: { code: "R4", searches: 1, hasLead: false } }),
  exit({ operation: "revoke" }),
  exit({ operation: "expire" }),
  exit({ operation: "early" }),
  ...(["performed", "security", "consent", "role_ended", "private"] as const).map((ground) =>
    exit({ operation: "lift", ground }),
  ),
];

const unpublished: ListingState[] = ["decided", "grace"];
const inForce: ListingState[] = [...unpublished, "published"];
const decision = [listRule("第五条"), limitRule()];
const grace = [enforcementOpinion("第十五条"), enforcementOpinion("第十五条")];
const window = [limitRule("第八条"), limitRule("第八条")];
const working = [workingRule, workingRule];

// What the law says, once more and by hand: act, from, to (null: it stays), by whom, and the article for each list.
test.each<[Act["name"], ListingState[], ListingState | null, Authority, string[]]>([
  ["amend", ["draft"], null, "clerk", decision],
  ["decide", ["draft"], "decided", "president", decision],
  ["reject", ["draft"], "ended", "judge", decision],
  ["record_service", unpublished, null, "clerk", decision],
  ["state_unperformed", unpublished, null, "clerk", grace],
  ["grant_grace", ["decided"], "grace", "judge", grace],
  ["publish", unpublished, "published", "judge", [listRule("第六条"), limitRule()]],
  ["lapse", ["grace"], "lapsed", "judge", grace],
  ["rectify", inForce, null, "judge", [listRule("第九条第二款"), enforcementOpinion("第十八条")]],
  ["exit", inForce, "ended", "judge", [listRule("第十条"), listRule("第十条")]],
  ["second_look", ["ended", "lapsed"], null, "judge", working],
  ["shield", ["ended"], null, "clerk", working],
  ["open_window", ["published"], null, "president", window],
  ["close_window", ["published"], null, "president", window],
  ["transfer", ["draft", ...inForce], null, "judge_or_system", working],
])("%s leads from its states to its state, by its authority and article", (name, from, to, authority, articles) => {
  const [dishonest, consumption_limit] = articles;
  expect(transitions[name]).toEqual({ from, to, authority, article: { dishonest, consumption_limit } });
});

test("every act is in the table, and every pair of state, act and person has an outcome with its article", () => {
  expect(new Set([...acts, ...exits].map(({ name }) => name))).toEqual(new Set(Object.keys(transitions)));
  const auditor: Staff = { id: "auditor", role: "auditor", delegation: null };
  let refusals = 0;
  for (const list of lists)
    for (const state of listingStates)
      for (const act of [...acts, ...exits].map((given) => onList(given, list)))
        for (const staff of [clerk, judge, president, system, auditor])
          for (const facts of [{}, fixedTerm, { servedOn: null }]) {
            const outcome = transition(listingFacts({ list, state, ...facts }), act, staff, on(TODAY));
            if (!("refused" in outcome)) continue;
            refusals++;
            const { article, reason } = outcome.refused;
            expect(article).toMatch(/规定|意见|规则/);
            expect(reason.zh).toMatch(/\p{Script=Han}/u);
            expect(reason.en).toMatch(/^[A-Z].*\.$/);
          }
  expect(refusals).toBeGreaterThan(1_000);
});

function onList(act: Act, list: ListingFacts["list"]): Act {
  return act.name === "decide" && list === "consumption_limit" ? { name: "decide", draft: limitDraft() } : act;
}

type Step = { act: Act; staff: Staff; day: string; before: ListingFacts; next: ListingState };

/** Runs acts over days as verbs would, each recording what it is about; those refused change nothing. */
function live(start: ListingFacts, plan: readonly { act: Act; staff: Staff; wait: number }[]): Step[] {
  const steps: Step[] = [];
  let listing = start;
  let day = TODAY;
  for (const { act: given, staff, wait } of plan) {
    day = addDays(day, wait);
    const act = given.name === "grant_grace" ? { ...given, until: addDays(day, 46) } : onList(given, listing.list);
    const outcome = transition(listing, act, staff, on(day));
    if ("refused" in outcome) continue;
    steps.push({ act, staff, day, before: listing, next: outcome.next });
    listing = afterAct(listing, act, staff, day, outcome.next);
  }
  return steps;
}

function afterAct(listing: ListingFacts, act: Act, { id }: Staff, day: string, state: ListingState): ListingFacts {
  const after = { ...listing, state };
  if (act.name === "amend") return { ...after, draftedBy: [...listing.draftedBy, id] };
  if (act.name === "record_service") return { ...after, servedOn: day };
  if (act.name === "state_unperformed") return { ...after, unperformedOn: day };
  if (act.name === "grant_grace") return { ...after, graceEndsOn: act.until };
  return act.name === "exit" || act.name === "lapse" ? { ...after, endedBy: id } : after;
}

const lawful: Record<ListingState, readonly ListingState[]> = {
  draft: ["draft", "decided", "ended"],
  decided: ["decided", "grace", "published", "ended"],
  grace: ["grace", "published", "ended", "lapsed"],
  published: ["published", "ended"],
  ended: ["ended"],
  lapsed: ["lapsed"],
};

/** What the law forbids in a step that was taken, said without the table. */
function faultsOf({ act, staff, day, before, next }: Step): string[] {
  const { state, draftedBy, servedOn, graceEndsOn, unperformedOn, answersUntil, termKind } = before;
  const isPublished = next === "published" && state !== "published";
  const deletes = act.name === "exit" && act.exit.operation === "delete";
  const party = act.name === "decide" ? act.draft?.party : undefined;
  const isMinor = party?.kind === "person" && party.latestBirth === MINOR;
  const forbidden: Record<string, boolean> = {
    "goes where no path leads": !lawful[state].includes(next),
    "is decided by somebody else than the president": act.name === "decide" && staff !== president,
    "is decided by who drew it up": act.name === "decide" && draftedBy.includes(staff.id),
    "lists a minor": isMinor,
    "is published without service": isPublished && servedOn === null,
    "is published in grace": isPublished && state === "grace" && day <= (graceEndsOn ?? day),
    "is published on an old statement": isPublished && (unperformedOn ?? "") < addDays(day, -3),
    "is published after its term": isPublished && answersUntil !== null && answersUntil < day,
    "is deleted although it has a term": deletes && termKind === "fixed",
    "is ended by the register before its term": next === "ended" && staff === system && (answersUntil ?? day) >= day,
    "is ended early by a judge": act.name === "exit" && act.exit.operation === "early" && staff !== president,
  };
  return Object.keys(forbidden).filter((fault) => forbidden[fault]);
}

const path = (...steps: [Act, Staff, number?][]) => steps.map(([act, staff, wait = 0]) => ({ act, staff, wait }));
const decided: [Act, Staff] = [{ name: "decide", draft: listDraft() }, president];
/** Together they come through every state, whatever else is tried. */
const paths = [
  path(decided, [{ name: "grant_grace", until: TODAY }, judge], [{ name: "lapse" }, judge]),
  path(
    decided,
    [{ name: "record_service" }, clerk],
    [{ name: "state_unperformed" }, clerk],
    [{ name: "publish" }, judge],
    [exit({ operation: "revoke" }), judge],
  ),
];

test("no sequence of acts by anybody reaches what the law forbids, and together they reach every state", () => {
  const act = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...acts) }, fc.constantFrom(...exits));
  const staff = fc.constantFrom(clerk, judge, president, system);
  const wait = fc.constantFrom(0, 0, 0, 1, 4, 46, 47);
  const plan = fc.array(fc.record({ act, staff, wait }), { minLength: 20, maxLength: 100 });
  const term = fc.constantFrom({}, fixedTerm, { ...fixedTerm, answersUntil: "2026-12-20" });
  const reached = new Set<ListingState>();
  fc.assert(
    fc.property(fc.constantFrom(...lists), term, plan, (list, facts, planned) => {
      const fresh = { list, state: "draft", servedOn: null, unperformedOn: null } as const;
      const steps = live(listingFacts({ ...fresh, ...facts }), planned);
      expect(steps.flatMap(faultsOf)).toEqual([]);
      for (const { before, next } of steps) reached.add(before.state).add(next);
    }),
    { numRuns: 2_000, examples: paths.map((planned) => ["dishonest", {}, planned]) },
  );
  expect(reached).toEqual(new Set(listingStates));
});
