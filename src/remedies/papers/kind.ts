// The papers that are printed from templates, under the names that they bear.
export const paperKinds = [
  "decision",
  "limit_order",
  "removal_notice",
  "rejection",
  "reconsideration_decision",
] as const;
export type PaperKind = (typeof paperKinds)[number];

export const paperTitles: Record<PaperKind, string> = {
  decision: "失信决定书",
  limit_order: "限制消费令",
  removal_notice: "解除通知书",
  rejection: "驳回纠正申请决定书",
  reconsideration_decision: "复议决定书",
};
