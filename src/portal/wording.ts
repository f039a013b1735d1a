// The Chinese words of the public's pages for the codes of the API.

export const listNames: Readonly<Record<string, string>> = {
  dishonest: "失信被执行人名单",
  consumption_limit: "限制消费名单",
};

export const groundNames: Readonly<Record<string, string>> = {
  G1: "有履行能力而拒不履行生效法律文书确定义务",
  G2: "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
  G3: "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
  G4: "违反财产报告制度",
  G5: "违反限制消费令",
  G6: "无正当理由拒不履行执行和解协议",
  GX: "情形待确认（原文保留）",
};

export const capacityNames: Readonly<Record<string, string>> = {
  debtor: "被执行人",
  legal_representative: "单位的法定代表人",
  principal: "单位的主要负责人",
  actual_controller: "单位的实际控制人",
  directly_responsible: "影响债务履行的直接责任人员",
};

export const sexNames = { male: "男", female: "女" } as const;

export const objectionStateNames: Readonly<Record<string, string>> = {
  unverified: "已收到，尚未核实身份",
  under_review: "法院审查中",
  upheld: "理由成立，予以纠正",
  corrected: "已纠正",
  rejected: "驳回",
  under_reconsideration: "上一级法院复议中",
  finally_rejected: "复议驳回",
  withdrawn: "已撤回",
  closed: "未核实身份，已终结",
};

export const objectionKindNames: Readonly<Record<string, string>> = {
  correction: "纠正申请",
  performance_notice: "告知已履行",
};

export const outcomeNames: Readonly<Record<string, string>> = {
  listed: "命中（列入名单）",
  review: "待核实",
  clear: "未查到有效名单信息",
};
