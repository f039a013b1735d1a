// The words for measures, for the roles of parties, and for what a key may be used for.
import type { z } from "../platform/http.ts";
import type { Words } from "../ui/index.ts";
import type { Scope } from "./key.ts";
import type { measureDecisions, measureEffects } from "./measure.ts";
import type { AgencyMeasureView } from "./resource.ts";

export const effectWords: Record<(typeof measureEffects)[number], string> = {
  prohibit: "禁止",
  restrict: "限制",
  strict_review: "从严审核（不等于拒绝）",
  prudential_reference: "审慎性参考（不等于拒绝）",
  terminate_or_remove: "终止、免职或撤销",
  notify: "记录、通报或公示",
  assist: "协助查询、控制（凭法院文书）",
  key_supervision: "重点监管",
  criminal: "依法追究刑事责任（由司法机关办理）",
  encourage: "鼓励性措施（不得单独作为依据）",
};

/** Who decides on a measure. */
export const measureDecisionWords: Record<(typeof measureDecisions)[number], string> = {
  officer: "由经办人决定",
  first_stop: "先行拦截，可当场申请人工复核",
  information: "仅供知悉",
  court_order: "凭法院文书",
};

export const measureStateWords: Record<z.infer<typeof AgencyMeasureView>["state"], string> = {
  proposed: "待批准",
  switched_on: "已启用",
  withdrawn: "已停用",
};

/** By the roles of the catalogue, which is data: a test holds the table complete. */
export const partyRoleWords = {
  self: "申请人本人",
  co_applicant: "共同申请人",
  guarantor: "担保人",
  bidder: "投标人（供应商）",
  consortium_member: "联合体成员",
  agent: "授权代表",
  legal_representative: "法定代表人",
  principal_responsible_person: "主要负责人",
  actual_controller: "实际控制人",
  director: "董事",
  supervisor: "监事",
  senior_manager: "高级管理人员",
  founder: "发起人",
} satisfies Words;

export const keyScopeWords: Record<Scope, string> = {
  "checks:write": "核查",
  "checks:read": "查看核查记录",
  "sanctions:read": "查看反馈与惩戒",
  "sanctions:write": "登记反馈、惩戒与解除",
  "events:read": "接收通知事项",
  "webhooks:write": "管理推送地址",
  "watches:write": "关注当事人",
  "feeds:write": "报送名单数据",
  "audit:read": "查询历史时点（审计）",
  "portal:search": "公众查询",
};
