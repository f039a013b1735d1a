// What may be done next about a listing by whoever looks at it: the acts of its state that are in their authority, each
// with its article and what the law has against it today.
import { addMonths, type Staff } from "../courts/index.ts";
import { shanghaiDate } from "../platform/time.ts";
import type { Draft } from "./bars.ts";
import { articleOf, type DeletionGround, type Exit, type LiftGround } from "./exit.ts";
import type { Refusal } from "./refusal.ts";
import { type Act, type ListingFacts, transition, transitions } from "./transition.ts";

type Opening = { article: string; refusal: Refusal | null };
export type Openings = {
  acts: (Opening & { name: Exclude<Act["name"], "exit"> })[];
  exits: (Opening & { operation: Exit["operation"]; ground: DeletionGround["code"] | LiftGround | null })[];
};

/** What is left to be done of acts that are done once. */
export type Due = { secondLook: boolean; shield: boolean; openWindow: boolean };

const deletions = ["R1", "R2", "R3", "R5", "R6", "R7"] as const;
const lifts = ["performed", "security", "consent", "role_ended", "private"] as const satisfies LiftGround[];

/** Of an act that is not this person's, not of this state or not of this list nothing is said. */
const notOpen: readonly string[] = ["role", "wrong-state", "other-list"] satisfies Refusal["code"][];

export const noOpenings: Openings = { acts: [], exits: [] };

/** `draft` is what would be decided on; null where there is none. */
export function openActs(
  facts: ListingFacts,
  staff: Staff,
  { draft, due, now }: { draft: Draft | null; due: Due; now: Date },
): Openings["acts"] {
  const asked = samplesOf(shanghaiDate(now), draft).filter(({ name }) => isDue(name, due));
  return asked.flatMap((act) => {
    const opening = openingOf(facts, act, staff, now);
    return opening ? [{ name: act.name, article: transitions[act.name].article[facts.list], ...opening }] : [];
  });
}

export function openExits(facts: ListingFacts, staff: Staff, now: Date): Openings["exits"] {
  return exitsToTry.flatMap((exit) => {
    const opening = openingOf(facts, { name: "exit", exit }, staff, now);
    const { operation } = exit;
    return opening ? [{ operation, ground: groundIn(exit), article: articleOf(exit, facts.list), ...opening }] : [];
  });
}

/** Null where the act is not open at all. */
function openingOf(facts: ListingFacts, act: Act, staff: Staff, now: Date): Pick<Opening, "refusal"> | null {
  const outcome = transition(facts, act, staff, now);
  const refusal = "refused" in outcome ? outcome.refused : null;
  return refusal && notOpen.includes(refusal.code) ? null : { refusal };
}

type Sample = Exclude<Act, { name: "exit" }>;

/** Each act as the law refuses nobody for what is written into it. */
function samplesOf(today: string, draft: Draft | null): Sample[] {
  const window = { measures: ["*"], from: today, until: today };
  return [
    { name: "amend" },
    { name: "decide", draft },
    { name: "reject" },
    { name: "record_service" },
    { name: "state_unperformed" },
    { name: "grant_grace", until: addMonths(today, 1) },
    { name: "publish" },
    { name: "lapse" },
    { name: "rectify", addsBurden: false },
    { name: "second_look" },
    { name: "shield" },
    { name: "open_window", window },
    { name: "close_window" },
    { name: "transfer" },
  ];
}

const exitsToTry: Exit[] = [
  { operation: "revoke" },
  ...deletions.map((code): Exit => ({ operation: "delete", ground: { code } })),
  { operation: "delete", ground: { code: "R4", searches: 2, hasLead: false } },
  { operation: "expire" },
  { operation: "early" },
  ...lifts.map((ground): Exit => ({ operation: "lift", ground })),
];

function groundIn(exit: Exit): Openings["exits"][number]["ground"] {
  if (exit.operation === "delete") return exit.ground.code;
  return exit.operation === "lift" ? exit.ground : null;
}

function isDue(name: Sample["name"], { secondLook, shield, openWindow }: Due): boolean {
  switch (name) {
    case "second_look":
      return secondLook;
    case "shield":
      return shield;
    case "close_window":
      return openWindow;
    default:
      return true;
  }
}
