// The open figures of a month: charts drawn on the server, and every figure in a table.
import { html } from "hono/html";
import type { OpenStatisticsAnswer } from "../../statistics/index.ts";
import { partWord } from "../../statistics/words.ts";
import { barChart, type Markup, nothing, table } from "../../ui/index.ts";

/** What a visitor looks for first; everything else is in the table. */
const charted = [
  ["agency", "checks", "次"],
  ["court", "published", "条"],
  ["court", "ended", "条"],
  ["agency", "feedback", "次"],
  ["court", "objectionsReviewed", "件"],
  ["agency", "liftsDone", "项"],
] as const;

const numbers = new Intl.NumberFormat("zh-CN");

export function figuresContent(statistics: OpenStatisticsAnswer | null): Markup {
  return html`<h1>公开统计</h1>
    ${statistics ? monthContent(statistics) : nothing("尚无已结算的月份。每月统计在次月初结算后公布。")}`;
}

function monthContent({ month, agencies, figures, definitions }: OpenStatisticsAnswer): Markup {
  const [year, number] = month.split("-");
  const titleOf = (figure: string) => definitions[figure]?.zh ?? figure;
  return html`<p>
      ${year}年${Number(number)}月，接入单位 ${numbers.format(agencies)} 个。数值为1至4的不公开，以免指向个人。
    </p>
    ${charted.map(([scope, name, unit]) => {
      const found = figures.find((figure) => figure.scope === scope && figure.figure === name);
      const bars = (found?.cells ?? []).flatMap(({ part, value }) =>
        value === null ? [] : [{ label: partWord(name, part), value }],
      );
      return bars.length > 0 ? barChart(titleOf(name), unit, bars) : "";
    })}
    <h2>全部指标</h2>
    ${table(
      `${year}年${Number(number)}月公开统计`,
      ["指标", "分项", "数值"],
      figures.flatMap(({ figure, cells }) =>
        cells.map(({ part, value }) => [
          titleOf(figure),
          part === "" ? "合计" : partWord(figure, part),
          value === null ? "不公开" : numbers.format(value),
        ]),
      ),
    )}
    <form class="card" method="get" action="/figures">
      <label for="month">其他月份</label>
      <input id="month" name="month" type="month" value="${month}" class="width-short" />
      <button class="button-secondary">查看</button>
    </form>
    <p class="soft">机器可读：<a href="/v1/statistics/open?month=${month}">JSON</a>（Accept: text/csv 为表格）</p>`;
}
