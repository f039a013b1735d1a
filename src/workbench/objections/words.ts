// The words for objections, their acts and what is ordered.
import type { Tone } from "../../ui/index.ts";
import type { Words } from "../words.ts";

export const kindWords: Words = { correction: "纠正申请", performance_notice: "告知已履行" };

export const objectionGroundWords: Words = {
  not_listable: "不应纳入",
  inaccurate: "记载信息不准确",
  deletable: "应予删除（解除）",
};

export const objectionStateWords: Words = {
  unverified: "待核实身份",
  under_review: "审查中",
  upheld: "理由成立，待执行纠正",
  corrected: "理由成立，已纠正",
  rejected: "驳回",
  under_reconsideration: "复议中",
  finally_rejected: "复议驳回",
  withdrawn: "已撤回",
  closed: "未核实身份，不予立案",
};

export const objectionTones: Readonly<Record<string, Tone>> = {
  unverified: "warn",
  under_review: "info",
  upheld: "warn",
  under_reconsideration: "info",
  corrected: "good",
};

export const channelWords: Words = { window: "窗口", post: "邮寄", portal: "网上" };

export const applicantWords: Words = { party: "本人", agent: "代理人" };

export const correctionWords: Words = {
  revoke: "撤销（不应纳入）",
  rectify: "更正（信息不准确）",
  delete: "删除",
  early: "提前删除",
  lift: "解除限制消费",
};

export const actWords: Words = {
  verify: "核实身份并立案",
  close: "不予立案",
  withdraw: "登记申请人撤回",
  uphold: "理由成立，予以纠正",
  reject: "驳回",
  record_service: "登记驳回决定送达",
  correct: "执行纠正",
  apply_for_reconsideration: "收到复议申请",
  uphold_reconsideration: "复议：理由成立",
  reject_reconsideration: "复议：驳回",
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
