// The catalogue of figures: what each counts and on which day, in both languages. A code never changes its meaning.
import { clockKinds } from "../courts/index.ts";
import type { Wording } from "../platform/problem-catalogue.ts";
import { lists } from "../registry/schema.ts";
import { feedbackKinds } from "../sanctions/index.ts";
import type { FigureScope } from "./figure-scope.ts";

/**
 * `acts` count what was done, on the day on which it was done: what comes later never changes them. `deadlines` also ask
 * whether it was done in time, so they follow the working calendar. `month` is counted once, when the month is over;
 * `level` is what was open at the end of its last day.
 */
export type FigureKind = "acts" | "deadlines" | "month" | "level";

export type Figure = Wording & {
  kind: FigureKind;
  /** Of a figure that is broken down: its parts as far as they are known beforehand. */
  parts?: readonly string[];
};

/** The duties of courts whose keeping is counted. */
export const dutyKinds = Object.entries(clockKinds).flatMap(([kind, { runsFor }]) =>
  runsFor === "duty" ? [kind] : [],
);

const figure = (kind: FigureKind, zh: string, en: string, parts?: readonly string[]): Figure => {
  return { kind, zh, en, ...(parts && { parts }) };
};

/** Whether what was owed came by its last day; undated where the calendar did not reach that far. */
const timeliness = ["in_time", "late", "undated"];

const agencyFigures: Record<string, Figure> = {
  checks: figure("acts", "核查次数，按结果分", "Checks, by outcome", ["listed", "review", "clear"]),
  persons: figure("month", "被核查的人数（含组织），一月内重复核查计一次", "Parties asked about, each once a month"),
  personsListed: figure("month", "命中的人数（含组织），一月内计一次", "Parties found listed, each once a month"),
  hitsLaterEnded: figure(
    "acts",
    "曾向本单位返回、其后移出的名单信息，按移出日计核查次数",
    "Checks that were shown a listing which has ended since, on the day of its end",
  ),
  hitsLaterRevoked: figure(
    "acts",
    "曾向本单位返回、其后被撤销（不应纳入）的名单信息，按撤销日计核查次数",
    "Checks that were shown a listing which should never have been, on the day of its revocation",
  ),
  performedAfterHit: figure(
    "acts",
    "本单位查得后当事人履行完毕而移出的名单信息",
    "Listings ended by performance after this agency had found the party",
  ),
  performedAfterSanction: figure(
    "acts",
    "本单位实施惩戒后当事人履行完毕而移出的名单信息",
    "Listings ended by performance after this agency had imposed a sanction that rests on them",
  ),
  tasksOpened: figure("acts", "产生的反馈任务", "Feedback tasks opened"),
  tasksAnswered: figure("deadlines", "首次反馈的任务，按是否及时分", "Tasks answered for the first time", timeliness),
  tasksMissed: figure(
    "deadlines",
    "期满未反馈的任务，计于期满次日",
    "Tasks not answered by their last day, on the next",
  ),
  feedback: figure(
    "acts",
    "反馈次数（含更正），按结果分",
    "Reports of feedback, later ones too, by what they say",
    feedbackKinds,
  ),
  feedbackReplaced: figure("acts", "更正此前反馈的次数", "Reports that replaced an earlier one"),
  sanctions: figure("acts", "登记的惩戒，按措施分", "Sanctions recorded, by measure", []),
  sanctionsByEffect: figure("acts", "登记的惩戒，按效力分", "Sanctions recorded, by effect", []),
  sanctionsLifted: figure("acts", "解除的惩戒", "Sanctions lifted"),
  liftsDue: figure("acts", "产生的解除任务", "Obligations to lift a sanction"),
  liftsDone: figure("deadlines", "已解除的惩戒，按是否及时分", "Sanctions lifted that had to be", timeliness),
  liftsCancelled: figure(
    "deadlines",
    "因重新列入而终止的解除任务",
    "Obligations that ended because the party was listed again",
    timeliness,
  ),
  liftsClosed: figure(
    "deadlines",
    "由法院说明理由终结的解除任务",
    "Obligations closed by a court for a reason",
    timeliness,
  ),
  liftsVoid: figure(
    "deadlines",
    "因惩戒系误登而终结的解除任务",
    "Obligations about sanctions that were recorded in error",
    timeliness,
  ),
  liftsMissed: figure("deadlines", "期满未解除的惩戒", "Sanctions not lifted by their last day, on the next"),
  reviewsDue: figure("acts", "原拒办事项待复查", "Past refusals to be looked at again"),
  reviewsDone: figure("deadlines", "已复查的原拒办事项，按是否及时分", "Past refusals looked at again", timeliness),
  reviewsMissed: figure(
    "deadlines",
    "期满未复查的原拒办事项",
    "Past refusals not looked at by their last day, on the next",
  ),
  removalsTold: figure("acts", "告知的移出", "Removals of which the agency was told"),
  removalsAcknowledged: figure(
    "deadlines",
    "确认收到的移出告知，按是否及时分",
    "Removals that the agency has acknowledged",
    timeliness,
  ),
  removalsSuperseded: figure(
    "deadlines",
    "确认前名单又有变动的移出告知",
    "Removals that a later change overtook before they were acknowledged",
    timeliness,
  ),
  removalsMissed: figure(
    "deadlines",
    "期满未确认的移出告知",
    "Removals not acknowledged by their last day, on the next",
  ),
  tasksOpen: figure("level", "期末待反馈任务", "Tasks without an answer at the end"),
  tasksOverdue: figure("level", "期末逾期未反馈任务", "Tasks overdue at the end"),
  liftsOpen: figure("level", "期末待解除", "Obligations to lift that are open at the end"),
  liftsOverdue: figure("level", "期末逾期未解除", "Obligations to lift that are overdue at the end"),
  reviewsOpen: figure("level", "期末待复查", "Past refusals still to be looked at again at the end"),
  reviewsOverdue: figure("level", "期末逾期未复查", "Past refusals overdue for another look at the end"),
  removalsUnacknowledged: figure("level", "期末未确认的移出告知", "Removals not acknowledged at the end"),
  removalsOverdue: figure("level", "期末逾期未确认的移出告知", "Removals overdue for acknowledging at the end"),
};

const courtFigures: Record<string, Figure> = {
  published: figure("acts", "公布的名单信息，按名单分", "Listings published, by list", lists),
  ended: figure(
    "acts",
    "移出的名单信息（含数据文件移出），按名单分",
    "Listings ended, by courts or by files, by list",
    lists,
  ),
  removals: figure("acts", "法院办理的移出，按方式和事由分", "Removals by courts, by way off the list and reason", []),
  removalTimes: figure(
    "deadlines",
    "撤销、删除、届满删除是否在三个工作日内办理",
    "Revocations, deletions and expiries within three working days of their reason",
    timeliness,
  ),
  wrongfulListings: figure("acts", "公布后被撤销的名单信息", "Listings that were public and should never have been"),
  clocksKept: figure("deadlines", "按期办结的期限，按种类分", "Deadlines kept, by kind", dutyKinds),
  clocksLate: figure("deadlines", "逾期办结的期限，按种类分", "Deadlines met late, by kind", dutyKinds),
  clocksUndated: figure(
    "deadlines",
    "办结时尚不能计算期限的事项，按种类分",
    "Duties met while their last day could not be computed, by kind",
    dutyKinds,
  ),
  clocksOverdue: figure("level", "期末逾期未办结的期限，按种类分", "Deadlines overdue at the end, by kind", dutyKinds),
  objections: figure("acts", "收到的纠正申请和履行告知", "Applications for correction and notices of performance", [
    "correction",
    "performance_notice",
  ]),
  objectionsReviewed: figure("acts", "审查完毕的纠正申请", "Applications for correction reviewed", [
    "upheld",
    "rejected",
  ]),
  objectionDays: figure(
    "acts",
    "纠正申请从收到到审查完毕的自然日合计",
    "Calendar days from receipt to review, summed over the applications reviewed",
  ),
  reconsiderations: figure(
    "acts",
    "作出的复议决定（计于上一级法院）",
    "Reconsiderations decided, at the higher court",
    ["upheld", "rejected"],
  ),
  corrections: figure("acts", "执行完毕的纠正", "Corrections carried out"),
};

const registerFigures: Record<string, Figure> = {
  loads: figure("acts", "生效的数据批次", "Loads activated"),
  loadRollbacks: figure("acts", "回退的数据批次", "Loads rolled back"),
  recordsAccepted: figure("acts", "生效批次中通过校验的记录", "Rows accepted in the activated loads"),
  changes: figure("acts", "名单变动，按种类分", "Changes of the register, by kind", ["listed", "changed", "ended"]),
  performedAfterHit: figure(
    "acts",
    "任一单位查得后当事人履行完毕而移出的名单信息",
    "Listings ended by performance after any agency had found the party",
  ),
};

export const figures: Record<FigureScope, Record<string, Figure>> = {
  agency: agencyFigures,
  court: courtFigures,
  register: registerFigures,
};

/** What is open at the end: everything that came up to then, less what went. Names of figures or of parts of them. */
export const agencyLevels: Record<string, { came: string; went: readonly string[] }> = {
  tasksOpen: { came: "tasksOpened", went: ["tasksAnswered"] },
  tasksOverdue: { came: "tasksMissed", went: ["tasksAnswered.late"] },
  liftsOpen: { came: "liftsDue", went: ["liftsDone", "liftsCancelled", "liftsClosed", "liftsVoid"] },
  liftsOverdue: {
    came: "liftsMissed",
    went: ["liftsDone.late", "liftsCancelled.late", "liftsClosed.late", "liftsVoid.late"],
  },
  reviewsOpen: { came: "reviewsDue", went: ["reviewsDone"] },
  reviewsOverdue: { came: "reviewsMissed", went: ["reviewsDone.late"] },
  removalsUnacknowledged: { came: "removalsTold", went: ["removalsAcknowledged", "removalsSuperseded"] },
  removalsOverdue: { came: "removalsMissed", went: ["removalsAcknowledged.late", "removalsSuperseded.late"] },
};

/** The figures that `agencyLevels` adds up. */
export const levelFigures: readonly string[] = [
  ...new Set(Object.values(agencyLevels).flatMap(({ came, went }) => [came, ...went].map(figureNameOf))),
];

/** The figures of a scope that are of this kind. */
export function figuresOf(scope: FigureScope, kind: FigureKind): string[] {
  return Object.entries(figures[scope]).flatMap(([name, known]) => (known.kind === kind ? [name] : []));
}

/** `tasksAnswered` of `tasksAnswered.late`. */
export function figureNameOf(name: string): string {
  return name.split(".", 1)[0] ?? name;
}
