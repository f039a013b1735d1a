// The objections of a court: what is due first, then all of them by state.
import { html } from "hono/html";
import type { getClocks } from "../../courts/clocks/operations.ts";
import { clockWords } from "../../courts/words.ts";
import { listWords } from "../../registry/words.ts";
import type { getObjections } from "../../remedies/operations.ts";
import { objectionKinds, objectionStates } from "../../remedies/operations.ts";
import { objectionGroundWords, objectionKindWords, objectionStateWords } from "../../remedies/words.ts";
import { type AnswerOf, day, emptyForm, type Markup, nextPage, nothing, select, table, tag } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { daysLeft } from "../clock-page.ts";
import { objectionTones } from "./words.ts";

export type ObjectionFilter = { state?: string; kind?: string };
type Objections = AnswerOf<typeof getObjections>;
type Clocks = AnswerOf<typeof getClocks>["data"];

export const OBJECTIONS = "/workbench/objections";

export function listContent(
  { data, nextCursor }: Objections,
  clocks: Clocks,
  filter: ObjectionFilter,
  mayTakeIn: boolean,
): Markup {
  return html`<h1>纠正申请与复议</h1>
    ${mayTakeIn ? html`<p><a class="button-secondary" href="${OBJECTIONS}/new">收到纠正申请</a></p>` : ""}
    <h2>期限</h2>
    ${clocks.length === 0 ? nothing("没有正在计算的审查、纠正或复议期限。") : clockTable(clocks)}
    <h2>全部</h2>
    ${filterForm(filter)} ${data.length === 0 ? nothing("没有符合条件的纠正申请。") : objectionTable(data)}
    ${nextPage(OBJECTIONS, filter, nextCursor)}`;
}

function clockTable(clocks: Clocks): Markup {
  return table(
    "正在计算的期限，逾期的在前",
    ["期限", "剩余", "届满日", "依据", ""],
    clocks.map((clock) => [
      wordOf(clockWords, clock.kind),
      daysLeft(clock),
      day(clock.dueOn),
      clock.article,
      html`<a href="${OBJECTIONS}/${clock.subject}">办理<span class="unseen">${clock.subject}</span></a>`,
    ]),
  );
}

function objectionTable(data: Objections["data"]): Markup {
  return table(
    "纠正申请，先收到的在前",
    ["案号", "种类", "事由", "名单", "收到日", "状态"],
    data.map(({ id, caseNumber, kind, ground, list, takenInOn, receivedOn, state }) => [
      html`<a href="${OBJECTIONS}/${id}">${caseNumber}</a>`,
      wordOf(objectionKindWords, kind),
      wordOf(objectionGroundWords, ground),
      wordOf(listWords, list),
      day(receivedOn ?? takenInOn),
      tag(wordOf(objectionStateWords, state), objectionTones[state]),
    ]),
  );
}

function filterForm({ state, kind }: ObjectionFilter): Markup {
  return html`<form class="card row" method="get" action="${OBJECTIONS}">
    ${select({ name: "state", label: "状态", state: emptyForm, initial: state, emptySays: "全部", choices: choicesOf(objectionStateWords, objectionStates) })}
    ${select({ name: "kind", label: "种类", state: emptyForm, initial: kind, emptySays: "全部", choices: choicesOf(objectionKindWords, objectionKinds) })}
    <button class="button-secondary">筛选</button>
  </form>`;
}
