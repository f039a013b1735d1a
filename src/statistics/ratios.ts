// Shares and means out of the figures of a month: of what came due, how much was done in time; null where nothing came due.
import type { FigureScope } from "./figure-scope.ts";
import type { MonthFigures } from "./month-figures.ts";

type Ratio = { zh: string; en: string; of: readonly string[]; to: readonly string[] };

/** The sum of the figures `of` to the sum of the figures `to`. */
export const ratios: Record<FigureScope, Record<string, Ratio>> = {
  agency: {
    tasksInTime: {
      zh: "及时反馈率：及时反馈数 ÷（及时反馈数＋期满未反馈数）",
      en: "Tasks answered in time, of those answered in time or missed",
      of: ["tasksAnswered.in_time"],
      to: ["tasksAnswered.in_time", "tasksMissed"],
    },
    liftsInTime: {
      zh: "及时解除率：及时解除数 ÷（及时解除数＋期满未解除数）",
      en: "Sanctions lifted in time, of those lifted in time or missed",
      of: ["liftsDone.in_time"],
      to: ["liftsDone.in_time", "liftsMissed"],
    },
    removalsInTime: {
      zh: "移出告知及时确认率",
      en: "Removals acknowledged in time, of those acknowledged in time or missed",
      of: ["removalsAcknowledged.in_time"],
      to: ["removalsAcknowledged.in_time", "removalsMissed"],
    },
  },
  court: {
    removalsInTime: {
      zh: "三个工作日内移出率",
      en: "Revocations, deletions and expiries in time, of those that had a last day",
      of: ["removalTimes.in_time"],
      to: ["removalTimes.in_time", "removalTimes.late"],
    },
    clocksInTime: {
      zh: "期限按期办结率",
      en: "Deadlines kept, of those that were met in time or late",
      of: ["clocksKept"],
      to: ["clocksKept", "clocksLate"],
    },
    objectionDaysMean: {
      zh: "纠正申请平均审查天数（自然日）",
      en: "Calendar days from receipt of an application to its review, on average",
      of: ["objectionDays"],
      to: ["objectionsReviewed"],
    },
  },
  register: {},
};

const SCALE = 10_000;

export function ratiosOf(scope: FigureScope, month: MonthFigures): Record<string, number | null> {
  const sum = (names: readonly string[]) => names.reduce((total, name) => total + month.valueOf(name), 0);
  return Object.fromEntries(
    Object.entries(ratios[scope]).map(([name, { of, to }]) => {
      const total = sum(to);
      return [name, total === 0 ? null : Math.round((sum(of) / total) * SCALE) / SCALE];
    }),
  );
}
