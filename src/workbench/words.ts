// The words for what the API answers in codes, as the table of labels has them.

export type Words = Readonly<Record<string, string>>;

/** What has no word is shown as it is: a new code is no reason for an empty cell. */
export const wordOf = (words: Words, code: string | null): string => (code === null ? "" : (words[code] ?? code));

export const listWords: Words = { dishonest: "失信被执行人名单", consumption_limit: "限制消费名单" };

export const stateWords: Words = {
  draft: "草拟",
  decided: "已决定，未公布",
  grace: "宽限期内",
  published: "已公布",
  ended: "已移出",
  lapsed: "宽限期内已履行，不再公布",
};

export const taskWords: Words = {
  publication: "待公布",
  second_look: "待复核",
  shield: "待登记全国库屏蔽",
  lift_limit: "待解除限制消费",
  expiry: "期限届满待删除",
  assignment: "待分配管辖",
};

export const groundWords: Words = {
  G1: "有履行能力而拒不履行生效法律文书确定义务",
  G2: "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
  G3: "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
  G4: "违反财产报告制度",
  G5: "违反限制消费令",
  G6: "无正当理由拒不履行执行和解协议",
  GX: "情形待确认（原文保留）",
};

export const termWords: Words = { open: "无固定期限", fixed: "有纳入期限", unknown: "期限未载明" };

export const termStartWords: Words = { decision: "自决定之日", effect: "自生效之日", publication: "自公布之日" };

export const capacityWords: Words = {
  debtor: "被执行人",
  legal_representative: "法定代表人",
  principal: "主要负责人",
  actual_controller: "实际控制人",
  directly_responsible: "影响债务履行的直接责任人员",
};

export const exitWords: Words = {
  revoke: "撤销（不应纳入）",
  delete: "删除",
  expire: "期限届满删除",
  early: "提前删除",
  lift: "解除限制消费",
  lapse: "宽限期内已履行，不再公布",
};

export const exitReasonWords: Words = {
  R1: "删除：已履行或执行完毕",
  R2: "删除：和解协议已履行完毕",
  R3: "删除：申请执行人申请，法院同意",
  R4: "删除：终本后查无可供执行财产",
  R5: "删除：裁定中止执行",
  R6: "删除：裁定不予执行",
  R7: "删除：裁定终结执行",
  performed: "解除限消：全部履行",
  security: "解除限消：提供有效担保",
  consent: "解除限消：申请执行人同意",
  role_ended: "解除限消：不再担任相关职务",
  private: "准许因私消费（个人财产）",
};

export const documentWords: Words = {
  resident_id: "居民身份证",
  uscc: "统一社会信用代码",
  organization_code: "组织机构代码",
  registration_number: "工商注册号",
  hk_macau_permit: "港澳居民来往内地通行证",
  taiwan_permit: "台湾居民来往大陆通行证",
  foreign_permanent_resident: "外国人永久居留身份证",
  passport: "护照",
  masked_resident_id: "居民身份证（号码部分隐去）",
  masked_uscc: "统一社会信用代码（号码部分隐去）",
  masked_organization_code: "组织机构代码（号码部分隐去）",
};

export const serviceWords: Words = {
  in_person: "直接送达",
  left: "留置送达",
  electronic: "电子送达",
  entrusted: "委托送达",
  post: "邮寄送达",
  forwarded: "转交送达",
  notice: "公告送达",
};

export const clockWords: Words = {
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

export const gradeWords: Words = {
  exact: "号码与姓名（名称）一致",
  conflict: "号码一致，姓名（名称）不一致",
  probable: "姓名一致，号码部分隐去",
};

export const durationWords: Words = { once: "一次性", until: "至指定日期", while_listed: "在列期间" };

export const sanctionStateWords: Words = {
  active: "实施中",
  completed: "已完成",
  lifted: "已解除",
  cancelled: "已撤回",
};

export const sexWords: Words = { male: "男", female: "女" };
export const initiatorWords: Words = { creditor: "申请执行人申请", court: "人民法院依职权" };
