// How the pages of objections colour a state, and what they say after an act.
import type { Tone, Words } from "../../ui/index.ts";

export const objectionTones: Readonly<Record<string, Tone>> = {
  unverified: "warn",
  under_review: "info",
  upheld: "warn",
  under_reconsideration: "info",
  corrected: "good",
};

/** What the page that follows an act says. */
export const doneWords: Words = {
  taken_in: "纠正申请已收到，审查期限开始计算。",
  verify: "申请人身份已核实，审查期限开始计算。",
  close: "已不予立案。",
  withdraw: "已登记撤回。",
  uphold: "已决定理由成立，三个工作日内执行纠正。",
  reject: "已决定驳回。请送达决定书，并登记送达日期。",
  record_service: "送达已登记，申请复议的期间开始计算。",
  correct: "纠正已执行，名单信息已更新。",
  apply_for_reconsideration: "复议申请已收到。",
  uphold_reconsideration: "复议决定：理由成立，由执行法院三个工作日内纠正。",
  reject_reconsideration: "复议决定：驳回。",
};
