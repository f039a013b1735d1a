// The words for what a listing says, and for how it begins and ends.
import { partyRoleWords } from "../agencies/words.ts";
import type { Capacity } from "./bars.ts";
import type { BarToG1, TermDecision, TermStart } from "./drafted-values.ts";
import type { FileEnd } from "./exit-reason.ts";
import type { DeletionGround, LiftGround } from "./exit.ts";
import type { Ground } from "./grounds.ts";
import type { CourtTask } from "./listing-queries.ts";
import type { listing, listingExit, listingStates, lists, proceeding, servicesOfPapers } from "./schema.ts";

type Listing = typeof listing.$inferSelect;
type ListingExit = typeof listingExit.$inferSelect;

export const listWords: Record<(typeof lists)[number], string> = {
  dishonest: "失信被执行人名单",
  consumption_limit: "限制消费名单",
};

export const listingStateWords: Record<(typeof listingStates)[number], string> = {
  draft: "草拟",
  decided: "已决定，未公布",
  grace: "宽限期内",
  published: "已公布",
  ended: "已移出",
  lapsed: "宽限期内已履行，不再公布",
};

export const courtTaskWords: Record<CourtTask, string> = {
  publication: "待公布",
  second_look: "待复核",
  shield: "待登记全国库屏蔽",
  lift_limit: "待解除限制消费",
  expiry: "期限届满待删除",
  assignment: "待分配管辖",
};

export const groundWords: Record<Ground, string> = {
  G1: "有履行能力而拒不履行生效法律文书确定义务",
  G2: "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
  G3: "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
  G4: "违反财产报告制度",
  G5: "违反限制消费令",
  G6: "无正当理由拒不履行执行和解协议",
  GX: "情形待确认（原文保留）",
};

export const capacityWords: Record<Capacity, string> = {
  debtor: "被执行人",
  legal_representative: partyRoleWords.legal_representative,
  principal: "主要负责人",
  actual_controller: partyRoleWords.actual_controller,
  directly_responsible: "影响债务履行的直接责任人员",
};

export const sexWords: Record<NonNullable<Listing["sex"]>, string> = { male: "男", female: "女" };

export const initiatorWords: Record<(typeof proceeding.$inferSelect)["initiatedBy"], string> = {
  creditor: "申请执行人申请",
  court: "人民法院依职权",
};

/** The bars to G1, item by item. */
export const barWords: Record<BarToG1, string> = {
  security_given: "被执行人提供了充分有效担保",
  property_controlled: "被采取查封、扣押、冻结等措施的财产足以清偿债务",
  later_in_order: "被执行人履行顺序在后，对其依法不应强制执行",
  not_refusing: "其他不属于有履行能力而拒不履行的情形",
};

export const termWords: Record<Listing["termKind"], string> = {
  open: "无固定期限",
  fixed: "有纳入期限",
  unknown: "期限未载明",
};

export const termStartWords: Record<TermStart, string> = {
  decision: "自决定之日",
  effect: "自生效之日",
  publication: "自公布之日",
};

type Extension = NonNullable<Extract<TermDecision, { kind: "fixed" }>["extension"]>;
export const extensionWords: Record<Extension, string> = {
  serious_violence: "以暴力、威胁方法妨碍、抗拒执行情节严重",
  several_acts: "具有多项失信行为",
};

/** The ways in which a paper is served. */
export const serviceWords: Record<(typeof servicesOfPapers)[number], string> = {
  in_person: "直接送达",
  left: "留置送达",
  electronic: "电子送达",
  entrusted: "委托送达",
  post: "邮寄送达",
  forwarded: "转交送达",
  notice: "公告送达",
};

export const exitWords: Record<ListingExit["operation"], string> = {
  revoke: "撤销（不应纳入）",
  delete: "删除",
  expire: "期限届满删除",
  early: "提前删除",
  lift: "解除限制消费",
  lapse: "宽限期内已履行，不再公布",
};

/** Why it ended: by a court's ground, or by what a file said. */
export const exitReasonWords: Record<DeletionGround["code"] | LiftGround | FileEnd, string> = {
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

/** What a second person found who looked at a removal again. */
export const secondLookWords: Record<NonNullable<ListingExit["finding"]>, string> = {
  confirmed: "复核无异议",
  objected: "复核有异议",
};
