// How much the agency has asked today and may still ask, by key, and the last month by day.
import { html } from "hono/html";
import type { getUsage } from "../../statistics/operations.ts";
import { type AnswerOf, columnChart, type Markup, moment, table, tag } from "../../ui/index.ts";

type AgencyUsage = AnswerOf<typeof getUsage>;
type Used = AgencyUsage["agency"]["checks"];

const figures = new Intl.NumberFormat("zh-CN");

export function usageContent({ resetsAt, agency, keys, days }: AgencyUsage): Markup {
  return html`<h1>用量</h1>
    <p>额度于${moment(resetsAt)}重新计算。批量核查按人数计。</p>
    <ul class="figures">
      ${meter("今日核查", agency.checks)} ${meter("今日涉及的人（单位）", agency.persons)}
      <li class="card">
        <strong>${figures.format(agency.burst.remaining)}</strong>此刻可连续核查，每 ${agency.burst.windowSeconds}
        秒恢复 ${figures.format(agency.burst.limit)}
      </li>
    </ul>
    ${columnChart(
      "每日核查",
      "次",
      days.toReversed().map(({ day, checks }) => ({ label: day.slice(5), value: checks })),
    )}
    <h2>各密钥</h2>
    ${table(
      "今日各密钥的用量",
      ["密钥", "用途", "状态", "核查", "涉及的人（单位）"],
      keys.map(({ id, note, inForce, checks, persons }) => [
        html`<code>sx_live_${id}…</code>`,
        note ?? "",
        inForce ? tag("有效", "good") : tag("已失效"),
        ofLimit(checks),
        ofLimit(persons),
      ]),
    )}`;
}

function meter(label: string, used: Used): Markup {
  return html`<li class="card">
    <strong>${figures.format(used.used)}</strong>${label}，额度 ${figures.format(used.limit)}
    <meter min="0" max="${used.limit}" value="${Math.min(used.used, used.limit)}" aria-label="${label}"></meter>
  </li>`;
}

const ofLimit = ({ used, limit }: Used) => `${figures.format(used)} / ${figures.format(limit)}`;
