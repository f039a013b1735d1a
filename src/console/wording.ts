// The words of the console for the codes of the API, as the labels of the project have them.

type Words = Readonly<Record<string, string>>;

export const wordOf = (words: Words, code: string): string => words[code] ?? code;

export const choicesOf = (words: Words, codes: readonly string[] = Object.keys(words)) =>
  codes.map((value) => ({ value, label: wordOf(words, value) }));

export const effectWords: Words = {
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

export const decisionWords: Words = {
  officer: "由经办人决定",
  first_stop: "先行拦截，可当场申请人工复核",
  information: "仅供知悉",
  court_order: "凭法院文书",
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

export const capacityWords: Words = {
  debtor: "被执行人",
  legal_representative: "法定代表人",
  principal: "主要负责人",
  actual_controller: "实际控制人",
  directly_responsible: "影响债务履行的直接责任人员",
};

export const feedbackWords: Words = {
  sanctioned: "已实施惩戒",
  not_sanctioned: "未实施惩戒",
  not_the_person: "经核实非本人",
};

export const reasonWords: Words = {
  no_basis: "本事项无依据",
  settled: "当事人已履行",
  listing_ended: "名单已移出",
  condition_not_met: "措施所附条件不具备",
  withdrawn: "当事人撤回事项",
  discretion: "依裁量不予实施",
};

export const durationWords: Words = { once: "一次性", until: "至指定日期", while_listed: "在列期间" };

export const sanctionWords: Words = {
  active: "实施中",
  completed: "已实施（一次性）",
  lifted: "已解除",
  ended_by_date: "期限届满",
  cancelled: "登记有误，已另行登记",
};

export const identityProofWords: Words = {
  id_history: "户籍、证件变更记录",
  registry_extract: "登记机关档案（曾用名称）",
};

export const exceptionWords: Words = {
  confidential: "法律、行政法规规定应当保密",
  not_required: "法律、行政法规规定不需要告知",
  would_hinder: "告知将妨碍国家机关履行法定职责",
};

export const serviceWords: Words = {
  in_person: "直接送达",
  left: "留置送达",
  electronic: "电子送达",
  post: "邮寄送达",
  entrusted: "委托送达",
  forwarded: "转交送达",
  notice: "公告送达",
};

export const formerSanctionWords: Words = {
  carried_over: "原惩戒继续有效，转入本次反馈",
  lifted: "原惩戒已解除",
  recorded_in_error: "原惩戒登记有误",
};

export const obligationWords: Words = {
  open: "待解除",
  lifted: "已解除",
  cancelled: "因重新列入，解除任务终止",
  closed: "法院终止",
  void: "惩戒登记有误，任务作废",
};

export const reviewCauseWords: Words = { revoked: "名单已撤销（不应纳入）", identity_rectified: "身份已更正" };

export const reviewOutcomeWords: Words = {
  reversed: "原决定已撤销或者变更",
  reconsidered: "已重新办理",
  upheld: "依据其他事由维持",
};

export const findingWords: Words = { same: "同一人（单位）", different: "不是同一人（单位）", unable: "无法判断" };

export const requestWords: Words = { open: "待法院答复", answered: "已答复", revoked: "答复已撤销" };

export const noticeWords: Words = {
  open: "待确认",
  overdue: "逾期未确认",
  acknowledged: "已确认",
  superseded: "已有更新的通知",
  told: "仅告知",
};

export const noticeKindWords: Words = { ended: "名单已移出", changed: "名单已更正", listed: "名单已公布" };

export const exitWords: Words = {
  revoke: "撤销（不应纳入）",
  delete: "删除",
  expire: "期限届满删除",
  early: "提前删除",
};

export const bulkWords: Words = {
  queued: "排队中",
  running: "核查中",
  succeeded: "已完成",
  failed: "未能完成",
  canceled: "已取消",
};

export const watchEndWords: Words = {
  withdrawn: "已取消",
  expired: "已到期",
  purpose: "事由已不在协议范围",
  agency: "单位协议已终止",
  erased: "依当事人请求删除",
};

export const proofWords: Words = {
  id_document: "身份证件原件",
  id_history: "公安机关出具的曾用名、号码变更证明",
  household_register: "户口簿",
  registry_extract: "登记机关档案（载曾用名称）",
  court_paper: "法院文书",
  statement: "当事人书面陈述",
};

export const endpointWords: Words = { enabled: "启用", disabled: "停用" };
export const disablingWords: Words = {
  exhausted: "多次推送未成功",
  gone: "接收方答复 410",
  events_gone: "未推送的事项已超过保存期",
  switched_off: "本单位停用",
};
export const deliveryWords: Words = {
  pending: "待推送",
  delivered: "已送达",
  failed: "未送达",
  cancelled: "已取消",
};

export const attemptWords: Words = {
  delivered: "已送达",
  refused: "接收方未接受",
  timeout: "超时",
  unreachable: "无法连接",
  tls: "证书未通过核验",
  name_unknown: "域名无法解析",
  address_refused: "地址不允许推送",
};

export const measureStateWords: Words = { proposed: "待批准", switched_on: "已启用", withdrawn: "已停用" };

export const scopeWords: Words = {
  "checks:write": "核查",
  "checks:read": "查看核查记录",
  "sanctions:read": "查看反馈与惩戒",
  "sanctions:write": "登记反馈、惩戒与解除",
  "events:read": "接收通知事项",
  "webhooks:write": "管理推送地址",
  "watches:write": "关注当事人",
  "feeds:write": "报送名单数据",
  "audit:read": "查询历史时点（审计）",
};

export const misuseRuleWords: Words = {
  sequential_numbers: "连续号码核查",
  low_hit_rate: "命中率异常偏低",
  off_hours: "非工作时间大量核查",
  same_person: "多名经办人核查同一当事人",
  canary: "核查警示号码",
};

export const misuseFactWords: Words = {
  numbers: "最近核查的号码",
  neighbours: "与其他号码相邻的",
  checks: "核查次数",
  persons: "涉及的人（单位）",
  personsFound: "查到的人（单位）",
  reviews: "待核实的",
  offHours: "非工作时间的",
  operators: "经办人",
};

export const misuseActionWords: Words = { alert: "仅提示", slow: "限速", block: "核查行为异常，已暂停" };

export const misuseStateWords: Words = { open: "待核实", acknowledged: "核实中", closed: "已办结" };
