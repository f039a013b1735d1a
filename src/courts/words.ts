// The words for who signs in, for courts, and for what a deadline is about.
import type { ClockName } from "./clock-kinds.ts";
import type { accountRoles, courtLevels } from "./schema.ts";

export const roleWords: Record<(typeof accountRoles)[number], string> = {
  clerk: "书记员",
  judge: "执行法官",
  president: "院长（或受托签发人）",
  auditor: "审计员",
  system_admin: "系统管理员",
  security_admin: "安全管理员",
  credit_authority: "信用牵头部门",
  assessor: "考核部门",
  agency_officer: "经办人",
  agency_liaison: "联络员",
};

export const courtLevelWords: Record<(typeof courtLevels)[number], string> = {
  supreme: "最高人民法院",
  high: "高级人民法院",
  intermediate: "中级人民法院",
  basic: "基层人民法院",
  special: "专门人民法院",
};

export const clockWords: Record<ClockName, string> = {
  application_decision: "对纳入申请作出决定",
  grace: "宽限期",
  revocation: "撤销",
  rectification: "更正",
  deletion: "删除",
  term: "纳入期限",
  expiry: "届满删除",
  correction_review: "审查纠正申请",
  correction_execution: "执行纠正决定",
  reconsideration_filing: "申请复议期间",
  reconsideration_decision: "作出复议决定",
  successor_naming: "单位确定继任人",
  exception_window: "暂时解除限制消费",
  second_look: "移出复核",
  take_down: "撤下其他公布渠道",
  identity_request: "答复身份核实请求",
};
