// The answer's shape: three outcomes, grades, and the view that names every field which leaves.
import { findPurpose, measureDecisions, measureEffects } from "../agencies/index.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";
import { lists } from "../registry/schema.ts";
import { type Action, actions, type Grade, grades, type List, type Outcome, outcomes } from "./codes.ts";
import { type Acted, lateView, LateView } from "./late.ts";
import { actionWords } from "./words.ts";

export type { Action, Grade, List, Outcome };

/** A match as the group statement stores it: what the listing said at that instant, without its name. */
export type StoredMatch = {
  listingId: string;
  list: List;
  grade: Grade;
  courtCode: string | null;
  courtName: string;
  caseNumber: string;
  grounds: string[];
  publishedOn: string;
  termKind: "open" | "fixed" | "unknown";
  termEndsOn: string | null;
  capacity: string;
  underObjection: boolean;
};

/** A measure as the answer offered it, in the words in which it was approved. */
export type StoredMeasure = {
  measureId: string;
  code: string;
  title: string;
  effect: (typeof measureEffects)[number];
  decision: (typeof measureDecisions)[number];
  legalBasis: string;
  conditions: string[];
  humanDesk: string | null;
};

/** What of a recorded check its answer is made from. */
export type AnswerSource = {
  id: string;
  checkedAt: Date;
  purpose: string;
  lists: readonly string[];
  outcome: Outcome;
  matches: StoredMatch[] | null;
  /** Null in a row from before measures. */
  action: Action | null;
  measures: StoredMeasure[] | null;
  /** Of the feedback task; null without one, and where the working calendar does not reach that far. */
  feedbackDueOn: string | null;
  registerPosition: number;
  matcherVersion: number;
  documentKind: string;
  /** Null in a row from before the public log. */
  logGroup?: number | null;
} & Acted;

const Match = z
  .object({
    listingId: z.string(),
    list: z.enum(lists),
    grade: z.enum(grades).openapi({
      description:
        "exact: number and name agree; conflict: number agrees, name does not; probable: name agrees with a masked number",
    }),
    comparedFields: z.array(z.enum(["document", "masked_document", "name"])),
    court: z.object({ code: z.string().nullable(), name: z.string() }),
    caseNumber: z.string(),
    grounds: z.array(z.string()),
    publishedOn: z.iso.date(),
    term: z.object({ kind: z.enum(["open", "fixed", "unknown"]), endsOn: z.iso.date().nullable() }),
    capacity: z.string(),
    underObjection: z.boolean(),
  })
  .openapi("Match");

const OfferedMeasure = z
  .object({
    id: z.string(),
    code: z.string(),
    title: z.string(),
    effect: z.enum(measureEffects),
    legalBasis: z.string(),
    decision: z.enum(measureDecisions).openapi({
      description: "Who decides: the officer, the court by an order; first_stop holds up until a person has looked",
    }),
    conditions: z.array(z.string()).openapi({ description: "What must hold besides, and be looked at by a person" }),
  })
  .openapi("OfferedMeasure");

/** Never in an answer of the register. */
export const sandbox = z.literal(true).optional().openapi({
  description:
    "Of a key of the sandbox (`sx_test_…`): about documented people, not from the register, and not recorded",
});

const outcome = z.enum(outcomes);

const listOutcomes = z
  .object({ dishonest: outcome.optional(), consumption_limit: outcome.optional() })
  .openapi({ description: "One entry for each list that the purpose asks" });

/** What the register says about a party, whenever it was asked. */
export const Findings = z.object({
  registerPosition: z.int().openapi({ description: "How many changes the register had seen" }),
  matcherVersion: z.int(),
  outcome,
  lists: listOutcomes,
  comparedDocuments: z.array(z.string()).openapi({ description: "Kinds of document that were compared" }),
  matches: z.array(Match),
});

export const CheckAnswer = z
  .object({
    id: z.string(),
    sandbox,
    checkedAt: z.iso.datetime({ offset: true }).openapi({ description: "The instant of which the answer is true" }),
    validUntil: z.iso.datetime({ offset: true }).openapi({
      description: "checkedAt plus the purpose's hours of use; no licence to cache: acting later needs a new check",
    }),
    registerPosition: z.int().openapi({ description: "How many changes the register had seen" }),
    matcherVersion: z.int(),
    outcome,
    lists: listOutcomes,
    comparedDocuments: z.array(z.string()).openapi({ description: "Kinds of document that were compared" }),
    action: z.enum(actions).openapi({
      description:
        "none: no measure of the agency applies, the matter goes on; decide: an officer decides on a measure; first_stop: " +
        "the same, held up until a person has looked; verify_identity: a measure would apply if the party is the listed one",
    }),
    matches: z.array(Match),
    measures: z.array(OfferedMeasure).openapi({
      description:
        "What is switched on for the agency today, for this purpose, role and kind of party and the list of an exact match, " +
        "but for what a court has excepted",
    }),
    firstStop: z
      .object({ text: z.string(), humanDesk: z.string() })
      .nullable()
      .openapi({ description: "What to tell who is held up, and where a person looks at the matter at once" }),
    feedbackDueOn: z.iso.date().nullable().openapi({
      description: "The last day for feedback; null where the action is none, or the calendar of that day is not known",
    }),
    receipt: z
      .string()
      .nullable()
      .openapi({ description: "Where the receipt is, seconds after the answer; null for checks from before the log" }),
    late: LateView.optional().openapi({
      description: "Of a check that was sent after the act: the outcome is of `checkedAt`, and no clear for the act",
    }),
  })
  .openapi("CheckAnswer");

export type CheckAnswerView = z.infer<typeof CheckAnswer>;

const HOUR_MS = 3_600_000;

/** The outcome of one list: exact decides, any other match asks for a person, nothing is clear. */
export function outcomeOf(matches: StoredMatch[]): Outcome {
  if (matches.some(({ grade }) => grade === "exact")) return "listed";
  return matches.length > 0 ? "review" : "clear";
}

/** The answer as the caller sees it; equal for the check's own response and for a later look at the record. */
export function answerView(source: AnswerSource): CheckAnswerView {
  const purpose = findPurpose(source.purpose);
  const id = publicId("chk", source.id);
  const { matches, ...findings } = findingsView(source);
  const measures = source.measures ?? [];
  const { actedAt, actedReason: reason } = source;
  return {
    id,
    ...timesOf(source.checkedAt, purpose?.useWithinHours ?? 0),
    ...findings,
    action: actionOf(source),
    matches,
    measures: measures.map(measureView),
    firstStop: firstStopOf(measures),
    feedbackDueOn: source.feedbackDueOn,
    receipt: source.logGroup === null ? null : `/v1/checks/${id}/receipt`,
    ...(actedAt && { late: lateView({ actedAt, reason: reason ?? "" }, source.matches) }),
  };
}

/** Before measures, whatever was not sure asked for a person. */
export function actionOf({ action, outcome }: Pick<AnswerSource, "action" | "outcome">): Action {
  return action ?? (outcome === "review" ? "verify_identity" : "none");
}

/** The part of an answer that the register gives. */
export type FindingsSource = Pick<
  AnswerSource,
  "registerPosition" | "matcherVersion" | "outcome" | "lists" | "documentKind" | "matches"
>;

export function findingsView(source: FindingsSource): z.infer<typeof Findings> {
  const matches = source.matches ?? [];
  const asked = source.lists as List[];
  return {
    registerPosition: source.registerPosition,
    matcherVersion: source.matcherVersion,
    outcome: source.outcome,
    lists: Object.fromEntries(asked.map((list) => [list, outcomeOf(matches.filter((match) => match.list === list))])),
    comparedDocuments: comparedKinds(source.documentKind),
    matches: matches.map(matchView),
  };
}

type Times = { checkedAt: string; validUntil: string };
let lastTimes: { checkedAt: Date; hours: number; times: Times } | null = null;

/** The answers of one group share their instant, so its texts are made once. */
function timesOf(checkedAt: Date, hours: number): Times {
  if (lastTimes?.checkedAt !== checkedAt || lastTimes.hours !== hours) {
    const validUntil = new Date(checkedAt.getTime() + hours * HOUR_MS);
    lastTimes = {
      checkedAt,
      hours,
      times: { checkedAt: shanghaiTime(checkedAt), validUntil: shanghaiTime(validUntil) },
    };
  }
  return lastTimes.times;
}

/** A unified code is compared by the organisation code inside it, so rows with either are found (GB 32100: characters 9–17). */
function comparedKinds(documentKind: string): string[] {
  return documentKind === "uscc" ? ["uscc", "organization_code"] : [documentKind];
}

function measureView(measure: StoredMeasure): CheckAnswerView["measures"][number] {
  const { measureId, code, title, effect, legalBasis, decision, conditions } = measure;
  return { id: publicId("ams", measureId), code, title, effect, legalBasis, decision, conditions };
}

function firstStopOf(measures: readonly StoredMeasure[]): CheckAnswerView["firstStop"] {
  const desks = new Set(measures.flatMap(({ humanDesk }) => humanDesk ?? []));
  return desks.size === 0 ? null : { text: actionWords.first_stop, humanDesk: [...desks].join("；") };
}

function matchView(match: StoredMatch): CheckAnswerView["matches"][number] {
  return {
    listingId: publicId("lst", match.listingId),
    list: match.list,
    grade: match.grade,
    comparedFields: [match.grade === "probable" ? "masked_document" : "document", "name"],
    court: { code: match.courtCode, name: match.courtName },
    caseNumber: match.caseNumber,
    grounds: match.grounds,
    publishedOn: match.publishedOn,
    term: { kind: match.termKind, endsOn: match.termEndsOn },
    capacity: match.capacity,
    underObjection: match.underObjection,
  };
}
