// What became of a deadline, in a word.
import { type Markup, tag, type Tone } from "../ui/index.ts";

const states: Readonly<Record<string, readonly [string, Tone]>> = {
  running: ["计算中", "info"],
  due_unknown: ["工作日历未载入", "warn"],
  stopped_in_time: ["按期办结", "good"],
  stopped_late: ["逾期办结", "warn"],
  overdue: ["已逾期", "bad"],
  elapsed: ["已届满", "plain"],
};

export function clockStateTag(state: string): Markup {
  const [words, tone] = states[state] ?? [state, "plain"];
  return tag(words, tone);
}
