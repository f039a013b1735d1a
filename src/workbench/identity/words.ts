// What the pages of identity requests say of an answer, before and after it is given.
import type { Words } from "../../ui/index.ts";

export const findingHints: Words = {
  same: "该证件号码记入名单信息，此后核查为号码与姓名一致。",
  different: "此后凭该证件核查，不再提示该条名单信息；核查单位可向当事人出具核实证明。",
  unable: "核查结果不变。",
};

/** What the page that follows an act says. */
export const identityDoneWords: Words = {
  answer: "已答复，核查单位即时得到通知。",
  revoke: "答复已撤销，核查结果恢复原状，核查单位即时得到通知。",
};
