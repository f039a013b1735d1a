// Random lives of a task: reports of every kind, on fresh and old answers, while its listings end and come back, compared
// with a model that knows only what the law says of reports and sanctions.
import fc from "fast-check";
import { type Desk, listOf, MEASURE, ADVISORY, type Party } from "./desk.ts";

const formers = ["none", "carried_over", "lifted", "recorded_in_error"] as const;
const durations = ["once", "until", "while_listed"] as const;

export type Step =
  | { do: "check" }
  | { do: "end" }
  | { do: "list" }
  | {
      do: "report";
      kind: "sanctioned" | "not_sanctioned" | "not_the_person";
      measure: string;
      duration: (typeof durations)[number];
      former: (typeof formers)[number];
      replaces: "current" | "nothing";
    };

const report = fc.record({
  do: fc.constant("report" as const),
  kind: fc.constantFrom(
    "sanctioned" as const,
    "sanctioned" as const,
    "not_sanctioned" as const,
    "not_the_person" as const,
  ),
  measure: fc.constantFrom(MEASURE, ADVISORY),
  duration: fc.constantFrom(...durations),
  former: fc.constantFrom(...formers),
  replaces: fc.constantFrom("current" as const, "current" as const, "nothing" as const),
});

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: report },
    { weight: 2, arbitrary: fc.constant({ do: "check" as const }) },
    { weight: 1, arbitrary: fc.constant({ do: "end" as const }) },
    { weight: 1, arbitrary: fc.constant({ do: "list" as const }) },
  ),
  { minLength: 3, maxLength: 14 },
);

type Sanction = { measure: string; state: string; restsOn: string[] };
type Model = {
  /** Live listings, and those that the last check was answered with. */
  live: string[];
  answered: string[];
  reports: number;
  current: boolean;
  sanctions: Sanction[];
};

/** The first difference between what the service says after a step and what the model expects; null where there is none. */
export async function findDifference(desk: Desk, party: Party, life: readonly Step[]): Promise<string | null> {
  const first = await desk.publish(party);
  let { answer, task } = await desk.check(party);
  const model: Model = { live: [first.id], answered: [first.id], reports: 0, current: false, sanctions: [] };
  let current: string | undefined;
  for (const [place, step] of life.entries()) {
    switch (step.do) {
      case "check": {
        const again = await desk.check(party);
        if (model.live.length > 0) ({ answer, task } = again);
        if (model.live.length > 0) model.answered = [...model.live];
        break;
      }
      case "end": {
        const ended = model.live.shift();
        if (ended !== undefined) await desk.endListing(ended);
        break;
      }
      case "list":
        if (model.live.length === 0) model.live.push((await desk.publish(party)).id);
        break;
      case "report": {
        const expected = expectedOf(model, step);
        const { status, body } = await desk.report(task, bodyOf(desk, answer.id, step, place, current));
        const isTaken = status === 201;
        if (isTaken !== (expected !== null))
          return `step ${place}: ${status} ${String(body["code"])} for ${JSON.stringify({ step, model })}`;
        if (expected) Object.assign(model, expected);
        if (isTaken) current = (body["feedback"] as { id: string }).id;
      }
    }
    const difference = await compare(desk, task, model);
    if (difference !== null) return `after step ${place} (${JSON.stringify(step)}): ${difference}`;
  }
  return null;
}

type ReportStep = Extract<Step, { do: "report" }>;

/** The model after the report, or null where it is refused. */
function expectedOf(model: Model, step: ReportStep): Partial<Model> | null {
  const { kind, former, replaces, measure, duration } = step;
  if (model.current !== (replaces === "current" && model.current)) return null;
  if (!model.current && former !== "none") return null;
  const inForce = model.sanctions.filter(({ state }) => state === "active");
  if (former === "none" && inForce.length > 0) return null;
  if (kind !== "sanctioned" && (former === "carried_over" || former === "recorded_in_error")) return null;
  const ground = model.answered.filter((id) => model.live.includes(id));
  if (kind === "sanctioned" && ground.length === 0) return null;
  const isSupported = inForce.every(({ restsOn }) => restsOn.some((id) => ground.includes(id)));
  if (former === "recorded_in_error" && !isSupported) return null;
  const sanctions = model.sanctions.map((one) => ({ ...one, state: after(one.state, former) }));
  if (kind === "sanctioned") {
    if (duration !== "once" && sanctions.some((one) => one.measure === measure && one.state === "active")) return null;
    sanctions.push({ measure, state: duration === "once" ? "completed" : "active", restsOn: ground });
  }
  return { current: true, reports: model.reports + 1, sanctions };
}

function after(state: string, former: ReportStep["former"]): string {
  if (former === "lifted" && state === "active") return "lifted";
  if (former === "recorded_in_error" && (state === "active" || state === "completed")) return "cancelled";
  return state;
}

function bodyOf(desk: Desk, check: string, step: ReportStep, place: number, current: string | undefined): object {
  const { kind, measure, duration, former } = step;
  const reason = "测试事由";
  const formerSanctions = {
    none: undefined,
    carried_over: { outcome: "carried_over" },
    lifted: { outcome: "lifted", liftedOn: desk.today(), document: "厦财解〔2026〕1号", reason },
    recorded_in_error: { outcome: "recorded_in_error", reason },
  }[former];
  const replaces = step.replaces === "current" && current !== undefined ? { replaces: current } : {};
  // No two reports of a life are the same: the same again is no report.
  const common = { operator: `officer ${place}`, ...replaces, ...(formerSanctions && { formerSanctions }) };
  if (kind !== "sanctioned")
    return { kind, check, ...(kind === "not_sanctioned" && { reason: "no_basis" }), ...common };
  const until = duration === "until" ? { endsOn: "2999-12-31" } : {};
  return desk.sanctioned(check, { measure, duration, ...until, ...common });
}

async function compare(desk: Desk, task: string, model: Model): Promise<string | null> {
  const { body } = await desk.read(task);
  const said = {
    current: body["feedback"] !== null,
    reports: listOf(body, "history").length,
    sanctions: listOf(body, "sanctions").map(({ measure, state, listings }) => ({
      measure: (measure as { code: string }).code,
      state,
      rests: (listings as unknown[]).length,
    })),
  };
  const { current, reports, sanctions } = model;
  const expected = {
    current,
    reports,
    sanctions: sanctions.map(({ measure, state, restsOn }) => ({ measure, state, rests: restsOn.length })),
  };
  const [one, other] = [said, expected].map((side) => JSON.stringify(side));
  return one === other ? null : `${one} instead of ${other}`;
}
