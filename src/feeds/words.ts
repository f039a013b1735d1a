// The words for loads: where they come from, how far they are, and what becomes of their rows.
import type { StagedOutcome } from "../registry/index.ts";
import type { LoadState } from "./lifecycle.ts";
import type { ExceptionKind, feedScopes, feedSource, LoadCounts, LoadMode } from "./schema.ts";

export const loadStateWords: Record<LoadState, string> = {
  receiving: "接收中",
  validating: "校验中",
  held: "待放行",
  ready: "检查通过，待放行",
  activated: "已生效",
  rolled_back: "已回退",
  discarded: "已作废",
  failed: "失败",
};

export const feedScopeWords: Record<(typeof feedScopes)[number], string> = {
  national: "全国",
  province: "省级",
  city: "市级",
  court: "法院",
};

export const loadModeWords: Record<LoadMode, string> = { snapshot: "全量", delta: "增量" };

export const activationWords: Record<(typeof feedSource.$inferSelect)["activation"], string> = {
  automatic: "检查通过后自动生效",
  manual: "检查通过后仍须放行",
};

type Counted = Exclude<keyof LoadCounts, "rejectedByCode" | "unknownColumns">;

/** What a load does, or would do, with a row: as its counts, its difference and its exceptions name it. */
export const rowOutcomeWords: Record<Counted | StagedOutcome | ExceptionKind, string> = {
  read: "读取",
  accepted: "合格",
  rejected: "不合格",
  new: "新增",
  changed: "变更",
  unchanged: "不变",
  ended: "移出",
  removed: "文件注明移出",
  missing: "文件中没有而移出",
  superseded: "法院已移出，不再列入",
  disputed: "其他来源已移出",
  joined: "其他来源已有，本来源也列明",
  restated: "其他来源已有，本来源所载有变",
  named: "其他来源已有，本来源仍列明",
  adopted: "由本来源接管",
  parted: "其他来源所有，本来源不再列明",
  conflicts: "与来源法院的记载不一致",
  conflict: "与来源法院的记载不一致",
  left: "回退时保留（法院另有办理）",
};
