// The papers that are printed from templates.
export const paperKinds = [
  "decision",
  "limit_order",
  "removal_notice",
  "rejection",
  "reconsideration_decision",
] as const;
export type PaperKind = (typeof paperKinds)[number];
