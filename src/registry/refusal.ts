// Why the law does not allow an act on a listing: a stable code, the article, and the reason in both languages.
import { enforcementOpinion, limitRule, listRule, refusedBy } from "../courts/index.ts";
import type { Wording } from "../platform/problem-catalogue.ts";

export type Refusal = { code: RefusalCode; article: string; reason: Wording };

/** `wrong-state` and `role` are refused by the article of the act they are about. */
const refusals = {
  "wrong-state": refusedBy(
    listRule("第五条"),
    "名单信息的当前状态不允许此操作",
    "The listing's state does not allow this act.",
  ),
  role: refusedBy(listRule("第五条"), "无权办理此操作", "The act is not in this person's authority."),
  "same-person": refusedBy(
    listRule("第十三条"),
    "不得审批本人经办的事项",
    "Nobody decides on what they drew up or did.",
  ),

  minor: refusedBy(listRule("第四条"), "未成年人不得纳入", "A minor may not be listed."),
  "birth-date-missing": refusedBy(
    listRule("第四条"),
    "不能确认当事人已成年，请查明出生日期",
    "The party's birth date is not known: find out that they are of age.",
  ),
  "officer-not-debtor": refusedBy(
    listRule("第一条"),
    "单位负责人等不得因单位失信被纳入",
    "Only the debtor is listed, never the officers of a unit for the unit.",
  ),
  "already-performed": refusedBy(listRule("第一条"), "义务已经履行", "The obligation is performed."),
  "no-ground": refusedBy(listRule("第一条"), "未写明第一条所列情形", "No ground of the article is named."),
  "no-warning": refusedBy(
    listRule("第五条"),
    "执行通知书未载明纳入名单的风险提示",
    "The enforcement notice carried no warning of the list.",
  ),
  "notice-running": refusedBy(
    limitRule(),
    "执行通知书指定的履行期间尚未届满",
    "The time that the enforcement notice gives has not passed.",
  ),
  "unit-not-limited": refusedBy(
    limitRule(),
    "尚未对该单位采取限制消费措施，不得限制其负责人等",
    "The unit itself is not limited, so its officers are not.",
  ),
  "checklist-open": refusedBy(
    listRule("第三条"),
    "不得纳入的情形尚未逐项核对",
    "The bars to this ground have not been answered one by one.",
  ),
  "ground-barred": refusedBy(
    listRule("第三条"),
    "存在不得以有履行能力而拒不履行为由纳入的情形",
    "A bar to the ground “able but refusing” is present.",
  ),
  "term-required": refusedBy(
    listRule("第二条"),
    "除单独适用第一条第一项外，决定应当载明纳入期限",
    "Only the first ground alone is without a term.",
  ),
  "term-not-allowed": refusedBy(
    listRule("第二条"),
    "单独适用第一条第一项的，不设纳入期限",
    "The first ground alone carries no term.",
  ),
  "term-length": refusedBy(
    listRule("第二条"),
    "纳入期限为二年，可以延长一至三年",
    "A term is two years, or is extended by one to three.",
  ),
  "extension-reason": refusedBy(
    listRule("第二条"),
    "延长须有情节严重或者多项失信行为",
    "An extension needs serious violence or threat, or several dishonest acts.",
  ),
  "limit-missing": refusedBy(
    limitRule("第一条"),
    "纳入名单的，应当同时限制消费",
    "Whoever is listed must be under the consumption limit.",
  ),
  "six-month-bar": refusedBy(
    listRule("第十条"),
    "删除后六个月内，申请执行人再次申请不予支持",
    "Within six months of a deletion at the creditor's wish, the creditor's application is not granted.",
  ),
  "no-new-ground": refusedBy(
    listRule("第十条"),
    "删除后未再出现第一条所列情形",
    "No ground has arisen since the earlier listing was deleted.",
  ),

  "grace-length": refusedBy(enforcementOpinion("第十五条"), "宽限期为一至三个月", "Grace is one to three months."),
  "grace-running": refusedBy(enforcementOpinion("第十五条"), "宽限期尚未届满", "The grace period has not ended."),
  "performed-in-grace": refusedBy(
    enforcementOpinion("第十五条"),
    "宽限期内已履行，不再公布，无须删除",
    "What is performed in grace lapses; there is nothing to delete.",
  ),
  "not-served": refusedBy(listRule("第五条"), "决定书尚未送达", "The decision is not recorded as served."),
  "statement-missing": refusedBy(
    enforcementOpinion("第十五条"),
    "没有三日以内的未履行情况说明",
    "No statement of non-performance of the last three days is on record.",
  ),
  "term-ended": refusedBy(listRule("第十条第二款"), "纳入期限已届满", "The term has ended."),

  "term-fixed": refusedBy(
    listRule("第十条第二款"),
    "有纳入期限，不适用第十条第一款删除情形",
    "A listing with a term is not deleted: it expires, or is ended early or revoked.",
  ),
  "term-running": refusedBy(listRule("第十条第二款"), "纳入期限未届满或未设期限", "No term of this listing has ended."),
  "searches-missing": refusedBy(
    listRule("第十条第一款第四项"),
    "须经网络查控两次以上未发现财产，且无有效财产线索",
    "Two searches or more must have found nothing, and nobody may have given a lead.",
  ),
  "other-list": refusedBy(
    limitRule("第九条"),
    "此移出方式不适用于该名单",
    "This way off the list belongs to the other list.",
  ),
  "limit-follows-listing": refusedBy(
    limitRule("第一条"),
    "当事人仍在失信名单内，不得解除限制消费",
    "The party is still listed, and whoever is listed must be limited.",
  ),
  "only-officers": refusedBy(
    enforcementOpinion("第十七条"),
    "此情形仅适用于单位的法定代表人等",
    "This is open only to those limited for a unit.",
  ),
  "window-length": refusedBy(
    limitRule("第八条"),
    "暂时解除最长一个月，且须写明项目",
    "A window names its measures and lasts a month at most.",
  ),
} as const satisfies Record<string, Omit<Refusal, "code">>;

export type RefusalCode = keyof typeof refusals;

/** The refusal of this code, by another article than its usual one where the act has its own. */
export function refusalOf(code: RefusalCode, article: string = refusals[code].article): Refusal {
  return { code, article, reason: refusals[code].reason };
}
