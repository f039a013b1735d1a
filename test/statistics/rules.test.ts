// Points out of figures: what each rule gives or takes, within its cap, and named with the figures that it was judged by.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { figuresByMonth, type MonthFigures } from "../../src/statistics/month-figures.ts";
import { editionFor, shippedRules } from "../../src/statistics/rule-edition.ts";
import { assess, AssessmentRules } from "../../src/statistics/rules.ts";

const MONTH = "2026-10";

/** `{ "checks.listed": 3 }` as the figures of a month. */
function monthOf(values: Record<string, number>): MonthFigures {
  const counts = Object.entries(values).map(([name, value]) => {
    const [figure = "", part = ""] = name.split(".");
    return { body: "a", month: MONTH, figure, part, value };
  });
  const month = figuresByMonth(counts, [MONTH]).get(MONTH);
  if (!month) throw new Error("no month");
  return month;
}

const title = { zh: "规则", en: "Rule" };

/** An edition of one rule as somebody gives it; name only what matters. */
function editionGiven(rule: object, over: object = {}): object {
  const rules = [{ code: "rule", title, figures: ["checks"], ...rule }];
  return { edition: "t", appliesFrom: "2026-01", basePoints: 100, pointsMin: 0, pointsMax: 110, rules, ...over };
}

const editionOf = (rule: object, over: object = {}) => AssessmentRules.parse(editionGiven(rule, over));

describe("a rule", () => {
  test("takes points for each unit beyond what it allows, and no more than its cap", () => {
    const rules = editionOf({ figures: ["tasksMissed"], each: -2, beyond: 1, cap: 5 });
    const points = [0, 1, 2, 3, 4, 50].map((tasksMissed) => assess(rules, monthOf({ tasksMissed })).points);
    expect(points).toEqual([100, 100, 98, 96, 95, 95]);
  });

  test("gives points by the first step that a share stays below", () => {
    const steps = [
      { below: 0.8, points: -10 },
      { below: 0.95, points: -5 },
    ];
    const rules = editionOf({
      figures: ["tasksAnswered.in_time"],
      of: ["tasksAnswered.in_time", "tasksMissed"],
      steps,
    });
    const share = (answered: number, tasksMissed: number) =>
      assess(rules, monthOf({ "tasksAnswered.in_time": answered, tasksMissed })).points;
    expect([share(79, 21), share(80, 20), share(94, 6), share(95, 5), share(1, 0)]).toEqual([90, 95, 95, 100, 100]);
  });

  test("of a share does not apply where there is nothing to have a share of", () => {
    const rules = editionOf({ figures: ["checks.listed"], of: ["checks"], steps: [{ below: 1, points: -50 }] });
    expect(assess(rules, monthOf({}))).toEqual({ edition: "t", basePoints: 100, points: 100, rules: [] });
  });

  test("is named with its figures where it gave or took something, and only there", () => {
    const taken = editionOf({ figures: ["tasksMissed"], of: ["tasksOpened"], steps: [{ below: 1, points: -3 }] });
    const { rules } = assess(taken, monthOf({ tasksMissed: 1, tasksOpened: 3 }));
    const named = { code: "rule", title, points: -3, value: 0.3333, figures: { tasksMissed: 1, tasksOpened: 3 } };
    expect(rules).toEqual([named]);
    expect(assess(taken, monthOf({ tasksMissed: 3, tasksOpened: 3 })).rules).toEqual([]);
  });

  test.each([
    ["a figure that nobody counts", { figures: ["ticketsRefused"], each: 1 }],
    ["a part that the figure does not have", { figures: ["checks.perhaps"], each: 1 }],
    ["a figure of courts", { figures: ["clocksKept"], each: 1 }],
    ["both steps and points for each", { each: 1, steps: [{ below: 1, points: 1 }] }],
    ["neither", {}],
  ])("with %s is refused", (_, rule) => {
    expect(AssessmentRules.safeParse(editionGiven(rule)).success).toBe(false);
    expect(AssessmentRules.safeParse(editionGiven({ each: 1 })).success).toBe(true);
  });
});

test("the sum stays within the edition's bounds, and is the base and what the named rules gave and took", () => {
  const names = ["checks.listed", "checks.clear", "tasksOpened", "tasksMissed", "tasksAnswered.in_time", "sanctions.X"];
  const values = fc.record(Object.fromEntries(names.map((name) => [name, fc.nat(60)])));
  fc.assert(
    fc.property(values, (given) => {
      const { points, basePoints, rules } = assess(shippedRules, monthOf(given));
      const sum = rules.reduce((total, rule) => total + rule.points, basePoints);
      expect(points).toBeCloseTo(Math.min(shippedRules.pointsMax, Math.max(shippedRules.pointsMin, sum)), 6);
      expect(rules.every((rule) => rule.points !== 0 && Object.keys(rule.figures).length > 0)).toBe(true);
    }),
  );
});

test("an edition holds from its month on, the later import before the earlier one of the same month", () => {
  const from = (edition: string, appliesFrom: string) => editionOf({ each: 1 }, { edition, appliesFrom });
  const editions = [from("a", "2026-01"), from("b", "2026-06"), from("c", "2026-06"), from("d", "2026-03")];
  const names = ["2025-12", "2026-01", "2026-04", "2026-06", "2027-01"].map(
    (month) => editionFor(editions, month)?.edition,
  );
  expect(names).toEqual([undefined, "a", "d", "c", "c"]);
});
