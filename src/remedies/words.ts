// The words for objections (纠正申请), for what is ordered about them, and for the papers that are printed.
import { exitWords } from "../registry/words.ts";
import type { CorrectionOperation, ObjectionAct, ObjectionGround, ObjectionKind, ObjectionState } from "./lifecycle.ts";
import type { PaperKind } from "./papers/kind.ts";
import type { channels, objection } from "./schema.ts";

export const objectionKindWords: Record<ObjectionKind, string> = {
  correction: "纠正申请",
  performance_notice: "告知已履行",
};

export const objectionGroundWords: Record<ObjectionGround, string> = {
  not_listable: "不应纳入",
  inaccurate: "信息不准确",
  deletable: "应予删除（解除）",
};

export const objectionStateWords: Record<ObjectionState, string> = {
  unverified: "待核实身份",
  under_review: "审查中",
  upheld: "理由成立，予以纠正",
  corrected: "已纠正",
  rejected: "驳回",
  under_reconsideration: "复议审查中",
  finally_rejected: "复议驳回",
  withdrawn: "已撤回",
  closed: "未核实身份，不予立案",
};

export const objectionActWords: Record<ObjectionAct, string> = {
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

export const channelWords: Record<(typeof channels)[number], string> = {
  window: "窗口",
  post: "邮寄",
  portal: "网上",
};

export const applicantWords: Record<(typeof objection.$inferSelect)["applicant"], string> = {
  party: "本人",
  agent: "代理人",
};

export const correctionWords: Record<CorrectionOperation, string> = {
  revoke: exitWords.revoke,
  early: exitWords.early,
  rectify: "更正（信息不准确）",
  delete: exitWords.delete,
  lift: exitWords.lift,
};

export const paperWords: Record<PaperKind, string> = {
  decision: "失信决定书",
  limit_order: "限制消费令",
  removal_notice: "解除通知书",
  rejection: "驳回纠正申请决定书",
  reconsideration_decision: "复议决定书",
};
