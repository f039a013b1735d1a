// Figures of all agencies by month with their points, and what is published of them.
import { html } from "hono/html";
import { type AgencyMonth, assessmentContent, ratioWords, totalOf } from "../../console/index.ts";
import type { getAgencies, getOpen } from "../../statistics/operations.ts";
import { partWord } from "../../statistics/words.ts";
import { type AnswerOf, barChart, type Markup, nothing, submit, table } from "../../ui/index.ts";

type Statistics = AnswerOf<typeof getAgencies>;
type OpenStatistics = AnswerOf<typeof getOpen>;

const CHARTED_MAX = 20;

/** By which month the figures are read; with `optional` a closed one may be left to the service. */
function monthForm(path: string, month: string): Markup {
  return html`<form class="card row" method="get" action="${path}">
    <div class="field">
      <label for="month">月份</label>
      <input id="month" name="month" type="month" value="${month}" required pattern="20[0-9]{2}-[0-9]{2}" />
    </div>
    ${submit("查看", "secondary")}
  </form>`;
}

export function statisticsContent({ month, isClosed, agencies, asking, neverAsked, data }: Statistics): Markup {
  const byChecks = data
    .map((row) => ({ label: row.agency.name, value: totalOf(row, "checks") }))
    .toSorted((one, other) => other.value - one.value);
  return html`<h1>统计与考核</h1>
    ${monthForm("/authority/statistics", month)}
    ${isClosed ? "" : html`<p class="soft">本月尚未结束，数据为目前数。</p>`}
    <ul class="figures">
      <li class="card"><strong>${agencies}</strong>已接入单位</li>
      <li class="card"><strong>${asking}</strong>本月核查过的单位</li>
      <li class="card"><strong>${neverAsked.length}</strong>从未核查的单位</li>
    </ul>
    ${data.length === 0 ? nothing("没有数据。") : html`${barChart("各单位核查次数", "次", byChecks.slice(0, CHARTED_MAX))} ${agenciesTable(data)}`}
    ${
      neverAsked.length > 0
        ? html`<h2>从未核查的单位</h2>
            <ul>
              ${neverAsked.map(({ id, name }) => html`<li><a href="/authority/agencies/${id}">${name}</a></li>`)}
            </ul>`
        : ""
    }
    <h2>计分明细</h2>
    ${data.map(
      (row) =>
        html`<details>
          <summary>${row.agency.name}</summary>
          ${assessmentContent(row)}
        </details>`,
    )}`;
}

function agenciesTable(rows: readonly AgencyMonth[]): Markup {
  return table(
    "各单位的及时情况与得分",
    ["单位", "核查", "及时反馈率", "及时解除率", "移出告知及时确认率", "得分"],
    rows.map((row) => [
      html`<a href="/authority/agencies/${row.agency.id}">${row.agency.name}</a>`,
      totalOf(row, "checks"),
      ratioWords(row.ratios["tasksInTime"] ?? null),
      ratioWords(row.ratios["liftsInTime"] ?? null),
      ratioWords(row.ratios["removalsInTime"] ?? null),
      row.assessment?.points ?? "—",
    ]),
  );
}

const scopeNames = { register: "名单", agency: "共享单位", court: "法院" } as const;

export function openContent(statistics: OpenStatistics | null, month: string): Markup {
  return html`<h1>公开统计</h1>
    ${monthForm("/authority/figures", statistics?.month ?? month)}
    ${statistics === null ? nothing("该月没有已结束的统计。") : openTables(statistics)}`;
}

function openTables({ figures, definitions, agencies }: OpenStatistics): Markup {
  return html`<p>已接入单位 ${agencies} 个。数值过小的不公开。</p>
    ${(["register", "agency", "court"] as const).map((scope) =>
      table(
        `${scopeNames[scope]}统计`,
        ["项目", "分项", "数值"],
        figures
          .filter((figure) => figure.scope === scope)
          .flatMap(({ figure, cells }) =>
            cells.map(({ part, value }) => [
              definitions[figure]?.zh ?? figure,
              partWord(figure, part),
              value ?? "不公开",
            ]),
          ),
      ),
    )}`;
}
