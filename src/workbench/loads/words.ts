// The words for loads: their states, what became of rows, and what a gate found.
import type { Tone } from "../../ui/index.ts";
import type { Words } from "../words.ts";

export const loadStateWords: Words = {
  receiving: "接收中",
  validating: "校验中",
  held: "待放行（数据异常）",
  ready: "待放行",
  activated: "已生效",
  rolled_back: "已回退",
  discarded: "已作废",
  failed: "失败",
};

export const loadTones: Readonly<Record<string, Tone>> = {
  receiving: "info",
  validating: "info",
  held: "bad",
  ready: "warn",
  activated: "good",
  failed: "bad",
};

export const scopeWords: Words = { national: "全国", province: "省级", city: "市级", court: "法院" };
export const modeWords: Words = { snapshot: "全量", delta: "增量" };
export const activationWords: Words = { automatic: "检查通过后自动生效", manual: "检查通过后仍须放行" };

/** What a load does, or would do, with a row: as its counts and its difference name it. */
export const outcomeWords: Words = {
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
  adopted: "由本来源接管",
  parted: "其他来源所有，本来源不再列明",
  conflicts: "与来源法院的记载不一致",
  conflict: "与来源法院的记载不一致",
  left: "回退时保留（法院另有办理）",
};

/** What the page that follows an act says. */
export const loadDoneWords: Words = {
  uploaded: "文件已收到，正在校验。",
  release: "已放行。",
  discard: "已作废，名单没有变化。",
  rollback: "已回退。",
  working: "决定已作出，正在执行；请稍后刷新。",
};
