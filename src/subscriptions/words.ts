// The words for what agencies are told and how it reaches them, for watches, and for where courts publish besides.
import type { noticeStates } from "./notices/notice-queries.ts";
import type { channels, noticeKinds } from "./notices/schema.ts";
import type { TakeDownState } from "./notices/take-down-queries.ts";
import type { watchEnds } from "./watches/schema.ts";
import type { attemptOutcomes, deliveryStates, disablings } from "./webhooks/schema.ts";

export const noticeKindWords: Record<(typeof noticeKinds)[number], string> = {
  ended: "名单已移出",
  changed: "名单已更正",
  listed: "名单已公布",
};

export const noticeStateWords: Record<(typeof noticeStates)[number], string> = {
  open: "待确认",
  overdue: "逾期未确认",
  acknowledged: "已确认",
  superseded: "已有更新的通知",
  told: "仅告知",
};

/** Where a listing is made known beside the register. */
export const publicationWords: Record<(typeof channels)[number], string> = {
  newspaper: "报纸",
  broadcast: "广播",
  television: "电视",
  website: "网站",
  notice_board: "公告栏",
  credit_bureau: "征信机构",
  employer: "所在单位",
  superior_unit: "上级单位",
  capital_contributor: "出资人",
  competent_department: "主管部门",
  financial_institution: "金融机构",
  industry_association: "行业协会",
};

export const takeDownWords: Record<TakeDownState, string> = {
  open: "待撤下",
  overdue: "逾期未撤下",
  done: "已撤下",
  cancelled: "因重新列入，不再撤下",
};

export const watchEndWords: Record<(typeof watchEnds)[number], string> = {
  withdrawn: "已取消",
  expired: "已到期",
  purpose: "事由已不在协议范围",
  agency: "单位协议已终止",
  erased: "依当事人请求删除",
};

export const disablingWords: Record<(typeof disablings)[number], string> = {
  exhausted: "多次推送未成功",
  gone: "接收方答复 410",
  events_gone: "未推送的事项已超过保存期",
  switched_off: "本单位停用",
};

export const deliveryStateWords: Record<(typeof deliveryStates)[number], string> = {
  pending: "待推送",
  delivered: "已送达",
  failed: "未送达",
  cancelled: "已取消",
};

export const attemptWords: Record<(typeof attemptOutcomes)[number], string> = {
  delivered: "已送达",
  refused: "接收方未接受",
  timeout: "超时",
  unreachable: "无法连接",
  tls: "证书未通过核验",
  name_unknown: "域名无法解析",
  address_refused: "地址不允许推送",
};
