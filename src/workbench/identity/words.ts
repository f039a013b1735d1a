// The words for identity requests and their answers.
import type { Words } from "../words.ts";

export const requestStateWords: Words = { open: "待答复", answered: "已答复", revoked: "答复已撤销" };

export const findingWords: Words = { same: "是名单所列之人", different: "不是名单所列之人", unable: "无法核实" };

export const findingHints: Words = {
  same: "该证件号码记入名单信息，此后核查为号码与姓名一致。",
  different: "此后凭该证件核查，不再提示该条名单信息；核查单位可向当事人出具核实证明。",
  unable: "核查结果不变。",
};

export const proofWords: Words = {
  id_document: "身份证件原件",
  id_history: "公安机关出具的曾用名、号码变更证明",
  household_register: "户口簿",
  registry_extract: "登记机关出具的名称变更材料",
  court_paper: "法院文书",
  statement: "本人书面说明",
};

/** What the page that follows an act says. */
export const identityDoneWords: Words = {
  answer: "已答复，核查单位即时得到通知。",
  revoke: "答复已撤销，核查结果恢复原状，核查单位即时得到通知。",
};
