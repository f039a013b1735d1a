// What the watch over checks has noticed: which rule, on what counts, what it holds back, and what came of it.
import { html } from "hono/html";
import type { getOwnAlerts } from "../../checks/misuse/operations.ts";
import { misuseActionWords, misuseFactWords, misuseRuleWords, misuseStateWords } from "../../checks/words.ts";
import { type AnswerOf, type Cell, type Markup, moment, nextPage, nothing, table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { chosenFilter, filterLinks } from "../filter-page.ts";

type Alerts = AnswerOf<typeof getOwnAlerts>;
type Alert = Alerts["data"][number];

export const misuseFilters = { ...misuseStateWords, all: "全部" };
type MisuseFilter = keyof typeof misuseFilters;

/** What an address asks for: as a filter of the page, and as the API takes it. */
export function chosenMisuse(given: string | undefined): { filter: MisuseFilter; state: string | undefined } {
  const filter = chosenFilter(misuseFilters, given, "open");
  return { filter, state: filter === "all" ? undefined : filter };
}

const actionTones = { alert: "plain", slow: "warn", block: "bad" } as const;
const stateTones = { open: "warn", acknowledged: "info", closed: "good" } as const;

export function alertsContent(filter: MisuseFilter, { data, nextCursor }: Alerts): Markup {
  return html`<h1>核查使用异常提示</h1>
    <p>
      平台按核查次数等数字自动提示，提示不是对违规的认定。请联络员向经办人核实，并将情况告知信用牵头部门，由其办结并解除限制。
    </p>
    ${filterLinks("/console/misuse", misuseFilters, filter)}
    ${data.length === 0 ? nothing("没有这样的提示。") : alertsTable(data, [])}
    ${nextPage("/console/misuse", { state: filter }, nextCursor)}`;
}

/** A column that a reader has besides those of everybody. */
type Column = { heading: string; cell: (alert: Alert) => Cell };

export function alertsTable(rows: readonly Alert[], more: readonly Column[]): Markup {
  return table(
    "核查使用异常提示，新的在前",
    ["首次发现", "情形", "所依据的数字", "密钥", "限制", "状态", ...more.map(({ heading }) => heading)],
    rows.map((alert) => [
      html`${moment(alert.raisedAt)}${
        alert.sightings > 1
          ? html`<br /><span class="soft">共 ${alert.sightings} 次，最近${moment(alert.lastSeenAt)}</span>`
          : ""
      }`,
      wordOf(misuseRuleWords, alert.rule),
      Object.entries(alert.facts)
        .map(([fact, count]) => `${wordOf(misuseFactWords, fact)} ${count}`)
        .join("，"),
      html`<code>sx_live_${alert.keyId}…</code>`,
      tag(wordOf(misuseActionWords, alert.action), alert.state === "closed" ? "plain" : actionTones[alert.action]),
      html`${tag(wordOf(misuseStateWords, alert.state), stateTones[alert.state])} ${decisions(alert)}`,
      ...more.map(({ cell }) => cell(alert)),
    ]),
  );
}

function decisions({ acknowledgement, closing }: Alert): Markup {
  return html`${[acknowledgement, closing].map((decided) =>
    decided === null ? "" : html`<br /><span class="soft">${moment(decided.at)}：${decided.reason}</span>`,
  )}`;
}
