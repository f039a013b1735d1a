// Every deadline of the two lists: its article, its length, what starts and what stops it, and what its passing means.
import type { Wording } from "../platform/problem-catalogue.ts";
import { enforcementOpinion, limitRule, listRule, workingRule } from "./law.ts";

/**
 * How the last day is found. Working days skip rest days; calendar days and months end after them (民事诉讼法 art. 85).
 * `stated`: the paper names the day, nothing is computed.
 */
export type Period = { unit: "working_days" | "calendar_days" | "months"; count: number } | { unit: "stated" };

export type ClockKind = {
  article: string;
  period: Period;
  starts: Wording;
  stops: Wording;
  /** A duty that passes is overdue. A time that runs for somebody's good just ends. */
  runsFor: "duty" | "time";
};

const duty = (article: string, period: Period, starts: Wording, stops: Wording): ClockKind => {
  return { article, period, starts, stops, runsFor: "duty" };
};
const time = (article: string, period: Period, starts: Wording, stops: Wording): ClockKind => {
  return { article, period, starts, stops, runsFor: "time" };
};
const workingDays = (count: number): Period => ({ unit: "working_days", count });
const days = (count: number): Period => ({ unit: "calendar_days", count });
const months = (count: number): Period => ({ unit: "months", count });
const stated: Period = { unit: "stated" };

const removed: Wording = { zh: "名单信息移出", en: "the listing is ended" };

export const clockKinds = {
  application_decision: duty(
    listRule("第五条"),
    days(15),
    { zh: "收到申请执行人的纳入申请", en: "the creditor's application is received" },
    { zh: "作出决定", en: "it is decided" },
  ),
  grace: time(
    enforcementOpinion("第十五条"),
    stated,
    { zh: "给予宽限期", en: "grace is granted" },
    { zh: "履行完毕或公布", en: "performance or publication" },
  ),
  revocation: duty(
    listRule("第九条第一款"),
    workingDays(3),
    { zh: "不应纳入的事由到达法院", en: "the reason why it should never have been reaches the court" },
    removed,
  ),
  rectification: duty(
    listRule("第九条第二款"),
    workingDays(3),
    { zh: "信息不准确的事由到达法院", en: "the inaccuracy reaches the court" },
    { zh: "更正", en: "the content is rectified" },
  ),
  deletion: duty(
    listRule("第十条第一款"),
    workingDays(3),
    { zh: "款项到账、和解履行、裁定或申请等删除事由发生或到达法院", en: "the ground arises or reaches the court" },
    removed,
  ),
  term: time(
    listRule("第二条"),
    stated,
    { zh: "纳入期限起算", en: "the term begins to run" },
    { zh: "提前删除或撤销", en: "early deletion or revocation" },
  ),
  expiry: duty(
    listRule("第十条第二款"),
    workingDays(3),
    { zh: "纳入期限届满", en: "the last day of the term" },
    removed,
  ),
  correction_review: duty(
    listRule("第十二条"),
    days(15),
    { zh: "收到书面纠正申请", en: "the written application is received" },
    { zh: "决定纠正或驳回", en: "it is upheld or rejected" },
  ),
  correction_execution: duty(
    listRule("第十二条"),
    workingDays(3),
    { zh: "决定理由成立", en: "the application is upheld" },
    { zh: "撤销、更正或删除", en: "revoked, rectified or deleted" },
  ),
  reconsideration_filing: time(
    listRule("第十二条"),
    days(10),
    { zh: "驳回决定送达", en: "the rejection is served" },
    { zh: "申请复议（邮寄以交邮日为准）", en: "reconsideration is applied for; by post, the day of posting" },
  ),
  reconsideration_decision: duty(
    listRule("第十二条"),
    days(15),
    { zh: "上一级法院收到复议申请", en: "the next higher court receives it" },
    { zh: "作出复议决定", en: "it is decided" },
  ),
  successor_naming: duty(
    enforcementOpinion("第十七条"),
    months(1),
    { zh: "原法定代表人解除限制消费", en: "a former legal representative leaves the limit" },
    { zh: "单位确定继任人", en: "the unit names the successor" },
  ),
  exception_window: time(
    limitRule("第八条"),
    stated,
    { zh: "暂时解除起始日", en: "the first day of the window" },
    { zh: "提前收回", en: "the window is closed early" },
  ),
  second_look: duty(
    workingRule,
    workingDays(1),
    { zh: "一名法官办理移出", en: "one judge has ended a listing" },
    { zh: "另一人复核", en: "another person has looked at it" },
  ),
  take_down: duty(
    workingRule,
    workingDays(3),
    { zh: "名单信息移出，而曾另行公布或通报", en: "a listing ends that was published or reported elsewhere" },
    { zh: "撤下或者通知撤下", en: "it is taken down there" },
  ),
  identity_request: duty(
    workingRule,
    workingDays(3),
    { zh: "机关请求核实身份", en: "an agency asks whose number it is" },
    { zh: "答复相同、不同或无法核实", en: "same, different or unable" },
  ),
} satisfies Record<string, ClockKind>;

export type ClockName = keyof typeof clockKinds;
