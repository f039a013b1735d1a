// How the pages of loads colour a state, and what they say after an act.
import type { Tone, Words } from "../../ui/index.ts";

export const loadTones: Readonly<Record<string, Tone>> = {
  receiving: "info",
  validating: "info",
  held: "bad",
  ready: "warn",
  activated: "good",
  failed: "bad",
};

/** What the page that follows an act says. */
export const loadDoneWords: Words = {
  uploaded: "文件已收到，正在校验。",
  release: "已放行。",
  discard: "已作废，名单没有变化。",
  rollback: "已回退。",
  working: "决定已作出，正在执行；请稍后刷新。",
};
