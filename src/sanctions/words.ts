// The words for reports, sanctions and their lifting, and for what is asked and found about an identity.
import type { RequestState } from "./identity/resource.ts";
import type { Finding, ProofKind } from "./identity/rules.ts";
import type { Duration, FeedbackKind, FormerSanctions, noticeExceptions, reasons, SanctionState } from "./lifecycle.ts";
import type { obligationQueries } from "./lifting/obligation-queries.ts";
import type { obligationStates, reviewCauses, reviewOutcomes } from "./lifting/schema.ts";
import type { taskStates } from "./task-queries.ts";

export const taskStateWords: Record<(typeof taskStates)[number], string> = {
  open: "待反馈",
  overdue: "逾期未反馈",
  settled: "已反馈",
};

export const feedbackWords: Record<FeedbackKind, string> = {
  sanctioned: "已实施惩戒",
  not_sanctioned: "未实施惩戒",
  not_the_person: "经核实非本人",
};

/** Why nothing was done about a match. */
export const reasonWords: Record<(typeof reasons)[number], string> = {
  no_basis: "本事项无依据",
  settled: "当事人已履行",
  listing_ended: "名单已移出",
  condition_not_met: "措施所附条件不具备",
  withdrawn: "当事人撤回事项",
  discretion: "依裁量不予实施",
};

export const durationWords: Record<Duration, string> = {
  once: "一次性",
  until: "至指定日期",
  while_listed: "在列期间",
};

export const sanctionStateWords: Record<SanctionState, string> = {
  active: "实施中",
  completed: "已实施（一次性）",
  lifted: "已解除",
  ended_by_date: "期限届满",
  cancelled: "登记有误，已另行登记",
};

export const noticeExceptionWords: Record<(typeof noticeExceptions)[number], string> = {
  confidential: "法律、行政法规规定应当保密",
  not_required: "法律、行政法规规定不需要告知",
  would_hinder: "告知将妨碍国家机关履行法定职责",
};

export const formerSanctionWords: Record<FormerSanctions, string> = {
  carried_over: "原惩戒继续有效，转入本次反馈",
  lifted: "原惩戒已解除",
  recorded_in_error: "原惩戒登记有误",
};

type Obligation = (typeof obligationStates)[number] | (typeof obligationQueries)[number];
export const obligationWords: Record<Obligation, string> = {
  open: "待解除",
  overdue: "逾期未解除",
  due_unknown: "期限未定（工作日历未载入）",
  lifted: "已解除",
  cancelled: "因重新列入，解除任务终止",
  closed: "法院说明理由，任务终止",
  void: "惩戒登记有误，任务作废",
};

export const reviewCauseWords: Record<(typeof reviewCauses)[number], string> = {
  revoked: "名单已撤销（不应纳入）",
  identity_rectified: "身份已更正",
};

export const reviewOutcomeWords: Record<(typeof reviewOutcomes)[number], string> = {
  reversed: "原决定已撤销或者变更",
  reconsidered: "已重新办理",
  upheld: "依据其他事由维持",
};

export const requestStateWords: Record<RequestState, string> = {
  open: "待答复",
  answered: "已答复",
  revoked: "答复已撤销",
};

/** Whether somebody is the party of a listing. */
export const findingWords: Record<Finding, string> = {
  same: "是名单所列当事人",
  different: "不是名单所列当事人",
  unable: "无法核实",
};

export const proofWords: Record<ProofKind, string> = {
  id_document: "身份证件原件",
  id_history: "公安机关出具的曾用名、号码变更证明",
  household_register: "户口簿",
  registry_extract: "登记机关档案（载曾用名称）",
  court_paper: "法院文书",
  statement: "当事人书面陈述",
};
