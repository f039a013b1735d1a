// The words for what a check answers.
import { measureDecisionWords } from "../agencies/words.ts";
import type { Language } from "../platform/problem-catalogue.ts";
import type { Action, BulkState, DifferenceKind, Grade, Outcome } from "./codes.ts";

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
