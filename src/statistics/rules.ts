// Points out of figures by rules that are data: what each rule gave or took is named with its figures, so that whoever is
// assessed can object to it.
import { z } from "../platform/http.ts";
import { figureNameOf, figures } from "./figures.ts";
import type { MonthFigures } from "./month-figures.ts";

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const POINTS_MAX = 1_000;

const points = z.number().min(-POINTS_MAX).max(POINTS_MAX);
const wording = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
const names = z
  .array(z.string().refine(isFigureOfAgencies, { params: { code: "not_allowed" } }))
  .min(1)
  .max(20);

const Rule = z
  .strictObject({
    code: z.string().regex(/^[a-z0-9-]{1,60}$/),
    title: wording,
    /** What is judged: the sum of these figures. */
    figures: names,
    /** With these, the share that the former have of them; where these are nothing, the rule does not apply. */
    of: names.optional(),
    /** Points for each unit beyond `beyond`, up to `cap` either way. */
    each: points.optional(),
    beyond: z.number().min(0).default(0),
    cap: z.number().positive().max(POINTS_MAX).optional(),
    /** Points of the first step that the value stays below. */
    steps: z
      .array(z.strictObject({ below: z.number(), points }))
      .min(1)
      .max(20)
      .optional(),
  })
  .refine(({ each, steps }) => (each === undefined) !== (steps === undefined), { params: { code: "not_allowed" } });

export const AssessmentRules = z.strictObject({
  edition: z.string().min(1).max(60),
  appliesFrom: z.string().regex(MONTH),
  basePoints: points,
  pointsMin: points,
  pointsMax: points,
  rules: z.array(Rule).min(1).max(100),
});

export type AssessmentRules = z.infer<typeof AssessmentRules>;
type Rule = z.infer<typeof Rule>;

/** A rule that gave or took points, and from what. */
export type AppliedRule = {
  code: string;
  title: { zh: string; en: string };
  points: number;
  /** The figure that was judged; of a share, from 0 to 1. */
  value: number;
  figures: Record<string, number>;
};

export type Assessment = { edition: string; basePoints: number; points: number; rules: AppliedRule[] };

/** What the figures of a closed month come to. */
export function assess(
  { edition, basePoints, pointsMin, pointsMax, rules }: AssessmentRules,
  month: MonthFigures,
): Assessment {
  const applied = rules.map((rule) => apply(rule, month)).filter((result) => result !== null);
  const sum = applied.reduce((total, rule) => total + rule.points, basePoints);
  return { edition, basePoints, points: rounded(Math.min(pointsMax, Math.max(pointsMin, sum))), rules: applied };
}

function apply(rule: Rule, month: MonthFigures): AppliedRule | null {
  const { code, title, of } = rule;
  const total = of && sumOf(of, month);
  if (total === 0) return null;
  const value = total === undefined ? sumOf(rule.figures, month) : sumOf(rule.figures, month) / total;
  const given = rounded(pointsFor(rule, value));
  if (given === 0) return null;
  const judged = [...new Set([...rule.figures, ...(of ?? [])])];
  return {
    code,
    title,
    points: given,
    value: rounded(value, 4),
    figures: Object.fromEntries(judged.map((name) => [name, month.valueOf(name)])),
  };
}

function pointsFor({ each = 0, beyond, cap = Infinity, steps }: Rule, value: number): number {
  if (steps)
    return steps.toSorted((one, other) => one.below - other.below).find(({ below }) => value < below)?.points ?? 0;
  const sum = each * Math.max(0, value - beyond);
  return Math.sign(sum) * Math.min(Math.abs(sum), cap);
}

function sumOf(names: readonly string[], month: MonthFigures): number {
  return names.reduce((sum, name) => sum + month.valueOf(name), 0);
}

function rounded(value: number, digits = 2): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

/** A figure of agencies, or a part of one. */
function isFigureOfAgencies(name: string): boolean {
  const figure = figures.agency[figureNameOf(name)];
  if (!figure) return false;
  const part = name.slice(figureNameOf(name).length + 1);
  return part === "" || (figure.parts !== undefined && (figure.parts.length === 0 || figure.parts.includes(part)));
}
