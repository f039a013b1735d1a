// An agency's own months: how often it asked and what came of it, what it kept in time, and what that comes to in points.
import { html } from "hono/html";
import type { getOwn } from "../../statistics/operations.ts";
import { partWord } from "../../statistics/words.ts";
import { type AnswerOf, barChart, columnChart, type Markup, nothing, table, tag } from "../../ui/index.ts";

type OwnStatistics = AnswerOf<typeof getOwn>;
export type AgencyMonth = OwnStatistics["data"][number];
export type Definitions = OwnStatistics["definitions"];

export function figuresContent({ data, definitions }: OwnStatistics): Markup {
  const latest = data.at(-1);
  return html`<h1>统计与考核</h1>
    ${
      latest
        ? html`${columnChart(
              "核查次数",
              "次",
              data.map((month) => ({ label: month.month, value: totalOf(month, "checks") })),
            )}
            ${barChart(
              `${latest.month} 核查结果`,
              "次",
              (["listed", "review", "clear"] as const).map((outcome) => ({
                label: partWord("checks", outcome),
                value: partOf(latest, "checks", outcome),
              })),
            )}
            <h2>及时情况</h2>
            ${ratiosTable(data, definitions)} ${data.toReversed().map((month) => monthContent(month, definitions))}`
        : nothing("还没有统计数据。")
    }`;
}

function partOf({ figures }: AgencyMonth, name: string, part: string): number {
  const figure = figures[name];
  return typeof figure === "object" && figure !== null ? (figure[part] ?? 0) : 0;
}

export function totalOf({ figures }: AgencyMonth, name: string): number {
  const figure = figures[name];
  if (typeof figure === "object" && figure !== null)
    return Object.values(figure).reduce((sum, value) => sum + value, 0);
  return figure ?? 0;
}

export function ratioWords(value: number | null): string {
  return value === null ? "—" : `${(value * 100).toFixed(1)}%`;
}

function ratiosTable(months: readonly AgencyMonth[], definitions: Definitions): Markup {
  const names = Object.keys(months[0]?.ratios ?? {});
  return table(
    "及时反馈、解除、确认的比率",
    ["比率", ...months.map(({ month }) => month)],
    names.map((name) => [
      definitions[name]?.zh ?? name,
      ...months.map(({ ratios }) => ratioWords(ratios[name] ?? null)),
    ]),
  );
}

function monthContent(month: AgencyMonth, definitions: Definitions): Markup {
  return html`<details>
    <summary>${month.month} 全部数据 ${month.isClosed ? "" : "（本月尚未结束）"}</summary>
    ${assessmentContent(month)}
    ${table(
      `${month.month} 统计`,
      ["项目", "数值"],
      Object.keys(month.figures).map((name) => [definitions[name]?.zh ?? name, figureWords(month, name)]),
    )}
  </details>`;
}

function figureWords({ figures }: AgencyMonth, name: string): Markup | string {
  const figure = figures[name];
  if (figure === null || figure === undefined) return "尚未统计";
  if (typeof figure === "number") return String(figure);
  const parts = Object.entries(figure);
  return parts.length === 0
    ? "0"
    : html`${parts.map(([part, value]) => html`<div>${partWord(name, part)}：${value}</div>`)}`;
}

/** What the rules gave and took, each with the value that it judged. */
export function assessmentContent({ assessment, month }: AgencyMonth): Markup {
  if (!assessment) return html`<p class="soft">月度结束后计分。</p>`;
  return html`<p>
      ${tag(`${assessment.points} 分`, "info")} 规则 ${assessment.edition}，基准 ${assessment.basePoints} 分
    </p>
    ${
      assessment.rules.length === 0
        ? ""
        : table(
            `${month} 计分`,
            ["规则", "加减分", "计分值"],
            assessment.rules.map(({ title, points, value }) => [title.zh, points > 0 ? `+${points}` : points, value]),
          )
    }`;
}
