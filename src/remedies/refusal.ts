// Why the law does not allow an act on an objection: a stable code, the article, and the reason in both languages.
import { listRule, refusedBy, workingRule } from "../courts/index.ts";
import { AppError } from "../platform/error.ts";
import type { Wording } from "../platform/problem-catalogue.ts";

export type ObjectionRefusal = { code: ObjectionRefusalCode; article: string; reason: Wording };

/** `wrong-state` and `role` are refused by the article of the act they are about. */
const refusals = {
  "wrong-state": refusedBy(
    listRule("第十二条"),
    "纠正申请的当前状态不允许此操作",
    "The objection's state does not allow this act.",
  ),
  role: refusedBy(listRule("第十二条"), "无权办理此操作", "The act is not in this person's authority."),
  "same-person": refusedBy(
    listRule("第十三条"),
    "不得审批本人经办的事项",
    "Nobody decides on what they drew up or did.",
  ),
  "already-running": refusedBy(
    listRule("第十一条"),
    "该名单信息已有同类申请正在办理",
    "An application of this kind is under way for this listing.",
  ),
  "not-listed": refusedBy(
    listRule("第十一条"),
    "该名单信息尚未决定或者已移出",
    "The listing is not decided yet, or is over.",
  ),
  "other-correction": refusedBy(
    listRule("第十二条第一款"),
    "纠正方式与申请理由不符",
    "What is upheld is corrected as its ground says.",
  ),
  "rejection-not-served": refusedBy(
    listRule("第十二条第二款"),
    "驳回决定尚未送达",
    "The rejection is not recorded as served.",
  ),
  "filed-late": refusedBy(
    listRule("第十二条第二款"),
    "已超过复议申请期限（自送达之日起十日内）",
    "Reconsideration is applied for within ten days of service.",
  ),
  "no-reconsideration": refusedBy(
    workingRule,
    "履行告知不适用复议；可另行提出纠正申请",
    "No reconsideration follows a notice of performance; an application for correction is open.",
  ),
  "no-higher-court": refusedBy(listRule("第十二条第二款"), "没有上一级法院", "There is no court above."),
} as const satisfies Record<string, Omit<ObjectionRefusal, "code">>;

export type ObjectionRefusalCode = keyof typeof refusals;

export function refusalOf(code: ObjectionRefusalCode, article: string = refusals[code].article): ObjectionRefusal {
  return { code, article, reason: refusals[code].reason };
}

export function refusalError(refusal: ObjectionRefusal): AppError {
  const code = refusal.code === "role" ? "authority" : "act-refused";
  return new AppError(code, { refusal, note: `${refusal.code}: ${refusal.reason.en}` });
}
