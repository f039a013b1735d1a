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
  "missing from snapshot": "全量文件未再载明",
  "removed by the file": "文件载明移出",
  "rolled back": "文件载入已回退",
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

/** The acts of a court, as their forms are called. */
export const actWords: Words = {
  amend: "修改草稿",
  decide: "决定纳入（限制消费）",
  reject: "不予纳入",
  "record-service": "登记送达",
  "state-unperformed": "登记未履行情况",
  "grant-grace": "给予宽限期",
  publish: "公布",
  lapse: "宽限期内已履行，不再公布",
  rectify: "更正",
  "second-look": "移出复核",
  shield: "登记全国库已屏蔽",
  "open-window": "暂时解除限制消费",
  "close-window": "提前收回暂时解除",
  transfer: "移送其他法院",
};

/** What was done, on the page that follows. */
export const doneWords: Words = {
  amend: "草稿已修改。",
  decide: "已作出决定。下一步：送达，并登记送达日期。",
  reject: "已决定不予纳入。",
  "record-service": "送达已登记。",
  "state-unperformed": "未履行情况已登记，三日以内可以据此公布。",
  "grant-grace": "宽限期已登记，期间不公布、不命中。",
  publish: "已公布，自此刻起的核查均会命中。",
  lapse: "已登记宽限期内履行，不再公布。",
  rectify: "已更正，更正前的内容留存。",
  exit: "已移出，自此刻起的核查不再命中。",
  "second-look": "复核已登记。",
  shield: "全国库屏蔽已登记。",
  "open-window": "已暂时解除所列限制。",
  "close-window": "暂时解除已收回。",
  transfer: "已移送，今后由接收法院办理。",
  saved: "已保存。",
  added: "已增加一名当事人。",
  removed: "已删去一名当事人。",
  handed_up: "草拟已提交，待院长（或受托签发人）决定。请打印决定书和限制消费令。",
  discarded: "未提交的草拟已放弃。",
};

/** Members of a listing, as its pages call them. */
export const memberWords: Words = {
  list: "名单",
  capacity: "身份",
  name: "姓名或者名称",
  sex: "性别",
  ageAtPublication: "公布时年龄",
  courtName: "执行法院",
  handler: "承办人",
  areaName: "省份",
  caseNumberRaw: "案号",
  titleDocument: "执行依据文号",
  titleMaker: "作出执行依据单位",
  grounds: "失信行为情形",
  groundsRaw: "情形原文",
  obligation: "生效法律文书确定的义务",
  performance: "履行情况",
  performedPart: "已履行部分",
  unperformedPart: "未履行部分",
  legalRepresentative: "法定代表人或者负责人",
  filedOn: "立案日期",
  decidedOn: "决定日期",
  effectiveOn: "生效日期",
  publishedOn: "公布日期",
  termKind: "期限",
  termRunsFrom: "期限起算",
  termEndsOn: "期限届满日",
};

export const paperWords: Words = {
  decision: "失信决定书",
  limit_order: "限制消费令",
  removal_notice: "解除通知书",
  rejection: "驳回纠正申请决定书",
  reconsideration_decision: "复议决定书",
};

export const auditWords: Words = {
  "listing.draft": "草拟",
  "listing.amend": "修改草稿",
  "listing.decide": "决定",
  "listing.reject": "不予纳入",
  "listing.record_service": "登记送达",
  "listing.state_unperformed": "登记未履行情况",
  "listing.grant_grace": "给予宽限期",
  "listing.publish": "公布",
  "listing.lapse": "宽限期内已履行",
  "listing.rectify": "更正",
  "listing.exit": "移出",
  "listing.second_look": "移出复核",
  "listing.shield": "登记全国库已屏蔽",
  "listing.open_window": "暂时解除限制消费",
  "listing.close_window": "收回暂时解除",
  "listing.transfer": "移送",
  "listing.reveal": "查看完整证件号码",
  "paper.print": "打印文书",
  "listing.enter": "登记已决定的名单信息",
  "listing.sign": "签发一批决定",
  "listing.search": "在辖区内查找",
  "listing.identify": "登记身份核实结论",
  "listing.objection": "登记纠正（复议）审查情况",
  "listing.record_publication": "登记在其他渠道公布",
  "party_code.issue": "发放当事人查询码",
  "objection.take_in": "收到纠正申请",
  "objection.receive": "网上收到纠正申请",
  "objection.verify": "核实身份并立案",
  "objection.close": "不予立案",
  "objection.withdraw": "登记申请人撤回",
  "objection.uphold": "理由成立，予以纠正",
  "objection.reject": "驳回",
  "objection.record_service": "登记驳回决定送达",
  "objection.correct": "执行纠正",
  "objection.apply_for_reconsideration": "收到复议申请",
  "objection.uphold_reconsideration": "复议：理由成立",
  "objection.reject_reconsideration": "复议：驳回",
  "identity_request.ask": "单位请求核实身份",
  "identity_request.join": "另一单位提出同一请求",
  "identity_request.restate": "单位补充请求",
  "identity_request.reveal": "查看完整姓名、证件号码",
  "identity_request.answer": "答复",
  "identity_request.revoke": "撤销答复",
  "feed.upload": "报送数据",
  "feed.hold": "数据异常，已暂缓生效",
  "feed.activate": "生效",
  "feed.release": "放行",
  "feed.discard": "作废",
  "feed.rollback": "回退",
  "agency.create": "接入共享单位",
  "agency.agreement": "变更共享协议",
  "agency.purpose": "核准事由",
  "agency.purpose_withdraw": "撤销事由",
  "agency.suspend": "暂停共享",
  "agency.resume": "恢复共享",
  "agency.limit": "设定核查额度",
  "key.issue": "签发密钥",
  "key.roll": "更换密钥",
  "key.revoke": "吊销密钥",
  "measure.propose": "提出启用",
  "measure.approve": "批准",
  "measure.withdraw": "停用",
  "account.create": "新增账号",
  "account.enrol": "启用账号",
  "account.role": "变更角色",
  "account.disable": "停用账号",
  "account.enable": "恢复账号",
  "account.reset": "重置账号",
  "account.delegate": "院长授权",
  "account.end_delegation": "终止授权",
  "account.password": "修改密码",
  "account.recovery_codes": "重新生成恢复码",
  "account.security_key.add": "添加安全密钥",
  "account.security_key.remove": "移除安全密钥",
  "enrolment.refuse": "启用未通过",
  "session.refuse": "登录未通过",
};

export const objectionStateWords: Words = {
  unverified: "身份待核实",
  under_review: "审查中",
  upheld: "理由成立，待纠正",
  corrected: "已纠正",
  rejected: "驳回",
  under_reconsideration: "复议审查中",
  finally_rejected: "复议驳回",
  withdrawn: "已撤回",
  closed: "已终止",
};

export const checklistWords: Words = {
  security_given: "被执行人提供了充分有效担保",
  property_controlled: "被采取查封、扣押、冻结等措施的财产足以清偿债务",
  later_in_order: "被执行人履行顺序在后，对其依法不应强制执行",
  not_refusing: "其他不属于有履行能力而拒不履行的情形",
};

export const findingWords: Words = { confirmed: "复核无异议", objected: "复核有异议" };
export const extensionWords: Words = {
  serious_violence: "以暴力、威胁方法妨碍、抗拒执行情节严重",
  several_acts: "具有多项失信行为",
};
export const replacedByWords: Words = { court: "经法院办理", file: "文件更新", roll_back: "文件回退" };
