// The words for what a check answers.
import type { Wording } from "../../platform/problem-catalogue.ts";
import type { DocumentKind } from "../../identity/index.ts";
import type { Action, Grade, List, Outcome, OutcomeThen } from "../codes.ts";

export const outcomeLabels: Record<Outcome, Wording> = {
  listed: { zh: "命中（列入名单）", en: "listed" },
  review: { zh: "待核实（不得据此实施惩戒）", en: "to be verified (no ground for a sanction)" },
  clear: { zh: "未查到有效名单信息（以所提供证件、截至查询时点）", en: "no listing in force found" },
};

export const listLabels: Record<List, Wording> = {
  dishonest: { zh: "失信被执行人名单", en: "list of dishonest judgment debtors" },
  consumption_limit: { zh: "限制消费名单", en: "list of consumption limits" },
};

export const gradeLabels: Record<Grade, Wording> = {
  exact: { zh: "号码与姓名（名称）一致", en: "number and name agree" },
  conflict: { zh: "号码一致，姓名（名称）不一致", en: "the number agrees, the name does not" },
  probable: { zh: "姓名一致，号码部分隐去", en: "the name agrees, the listed number is masked" },
};

export const actionLabels: Record<Action, Wording> = {
  none: { zh: "本事项无惩戒依据，照常办理", en: "no ground for a sanction: the matter goes on" },
  decide: { zh: "由经办人决定", en: "an officer decides" },
  first_stop: { zh: "先行拦截，可当场申请人工复核", en: "held up until a person has looked, at once on request" },
  verify_identity: { zh: "先核实身份", en: "the identity is to be verified first" },
};

/** Of a check that was sent after the act: what held then. Nothing is said to have been clear. */
export const outcomeThenLabels: Record<OutcomeThen, Wording> = {
  listed: { zh: "办理时已列入名单", en: "listed when the agency acted" },
  review: { zh: "办理时已有待核实的名单信息", en: "a listing to be verified when the agency acted" },
  unknown: {
    zh: "办理时未核查，不视为未列入名单",
    en: "not asked when the agency acted, and not to be taken as clear",
  },
};

export const documentLabels: Record<DocumentKind, string> = {
  resident_id: "居民身份证（居住证）",
  uscc: "统一社会信用代码",
  organization_code: "组织机构代码",
  registration_number: "工商注册号",
  hk_macau_permit: "港澳居民来往内地通行证",
  taiwan_permit: "台湾居民来往大陆通行证",
  foreign_permanent_resident: "外国人永久居留身份证",
  passport: "护照",
};

/** By the catalogue's role codes. */
export const roleLabels: Record<string, string> = {
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
};
