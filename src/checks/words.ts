// The words for what a check answers.
import { measureDecisionWords } from "../agencies/words.ts";
import type { Language } from "../platform/problem-catalogue.ts";
import type { Action, BulkState, DifferenceKind, Grade, Outcome, OutcomeThen } from "./codes.ts";
import type { AlertAction, MisuseRule } from "./misuse/rules.ts";
import type { AlertState } from "./misuse/schema.ts";

export const outcomeWords: Record<Outcome, string> = {
  listed: "命中（列入名单）",
  review: "待核实（不得据此实施惩戒）",
  clear: "未查到有效名单信息（以所提供证件、截至查询时点）",
};

export const gradeWords: Record<Grade, string> = {
  exact: "号码与姓名（名称）一致",
  conflict: "号码一致，姓名（名称）不一致",
  probable: "姓名一致，号码部分隐去",
};

export const actionWords: Record<Action, string> = {
  none: "本事项无惩戒依据，照常办理",
  decide: "由经办人决定",
  first_stop: measureDecisionWords.first_stop,
  verify_identity: "先核实身份",
};

/** For papers that are read in either language. */
export const outcomeLabels: Record<Language, Record<Outcome, string>> = {
  zh: outcomeWords,
  en: {
    listed: "listed",
    review: "to be verified (no ground for a sanction)",
    clear: "no listing in force found",
  },
};

export const actionLabels: Record<Language, Record<Action, string>> = {
  zh: actionWords,
  en: {
    none: "no ground for a sanction: the matter goes on",
    decide: "an officer decides",
    first_stop: "held up until a person has looked, at once on request",
    verify_identity: "the identity is to be verified first",
  },
};

export const differenceWords: Record<DifferenceKind, string> = {
  listed: "新公布",
  changed: "已更正",
  ended: "已移出",
  term_over: "期限届满",
  identified: "法院核实身份",
};

export const bulkStateWords: Record<BulkState, string> = {
  queued: "排队中",
  running: "核查中",
  succeeded: "已完成",
  failed: "未能完成",
  canceled: "已取消",
};

export const misuseRuleWords: Record<MisuseRule, string> = {
  sequential_numbers: "连续号码核查",
  low_hit_rate: "命中率异常偏低",
  off_hours: "非工作时间大量核查",
  same_person: "多名经办人核查同一当事人",
  canary: "核查警示号码",
};

/** What a rule has counted. */
export const misuseFactWords: Readonly<Record<string, string>> = {
  numbers: "最近核查的号码",
  neighbours: "与其他号码相邻的",
  checks: "核查次数",
  persons: "涉及的人（单位）",
  personsFound: "查到的人（单位）",
  reviews: "待核实的",
  offHours: "非工作时间的",
  operators: "经办人",
};

export const misuseActionWords: Record<AlertAction, string> = {
  alert: "仅提示",
  slow: "限速",
  block: "核查行为异常，已暂停",
};

export const misuseStateWords: Record<AlertState, string> = {
  open: "待核实",
  acknowledged: "核实中",
  closed: "已办结",
};

/** Of a check that was sent after the act: what held then. Nothing is said to have been clear. */
export const outcomeThenWords: Record<OutcomeThen, string> = {
  listed: "办理时已列入名单",
  review: "办理时已有待核实的名单信息",
  unknown: "办理时未核查，不视为未列入名单",
};
