// Bars drawn on the server as SVG, without a script or a style of their own; the same figures stand in a table beside
// them, so the picture is hidden from whoever hears the page.
import { html } from "hono/html";
import type { Markup } from "./page.ts";
import { table } from "./parts.ts";

export type Bar = { label: string; value: number };

const WIDTH = 640;
const ROW_HEIGHT = 30;
const LABEL_WIDTH = 150;
const VALUE_WIDTH = 80;

const figures = new Intl.NumberFormat("zh-CN");

/** A bar a row, the longest as wide as there is room; at most some dozens of rows are of use to anybody. */
export function barChart(title: string, unit: string, bars: readonly Bar[]): Markup {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const height = Math.max(1, bars.length) * ROW_HEIGHT;
  const room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  return html`<figure class="chart">
    <figcaption>${title}（${unit}）</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true" focusable="false">
      ${bars.map(({ label, value }, at) => {
        const width = Math.round((Math.max(0, value) / most) * room);
        const middle = at * ROW_HEIGHT + ROW_HEIGHT / 2;
        return html`<text class="chart-label" x="${LABEL_WIDTH - 10}" y="${middle}" text-anchor="end">${label}</text>
          <rect class="chart-bar" x="${LABEL_WIDTH}" y="${at * ROW_HEIGHT + 5}" width="${width}" height="20" rx="2" />
          <text class="chart-value" x="${LABEL_WIDTH + width + 8}" y="${middle}">${figures.format(value)}</text>`;
      })}
    </svg>
    <details>
      <summary>数据表</summary>
      ${table(
        title,
        ["项目", unit],
        bars.map(({ label, value }) => [label, figures.format(value)]),
      )}
    </details>
  </figure>`;
}

/** Columns along a time; every column has its value as a title, and the table holds them all. */
export function columnChart(title: string, unit: string, bars: readonly Bar[]): Markup {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const height = 160;
  const step = WIDTH / Math.max(1, bars.length);
  return html`<figure class="chart">
    <figcaption>${title}（${unit}）</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${height + 24}" aria-hidden="true" focusable="false">
      ${bars.map(({ value }, at) => {
        const tall = Math.round((Math.max(0, value) / most) * height);
        return html`<rect
          class="chart-bar"
          x="${(at * step + step * 0.15).toFixed(1)}"
          y="${height - tall}"
          width="${(step * 0.7).toFixed(1)}"
          height="${tall}"
        />`;
      })}
      <line class="chart-line" x1="0" y1="${height}" x2="${WIDTH}" y2="${height}" />
      <text class="chart-label" x="0" y="${height + 16}">${bars[0]?.label ?? ""}</text>
      <text class="chart-label" x="${WIDTH}" y="${height + 16}" text-anchor="end">${bars.at(-1)?.label ?? ""}</text>
    </svg>
    <details>
      <summary>数据表</summary>
      ${table(
        title,
        ["日期", unit],
        bars.map(({ label, value }) => [label, figures.format(value)]),
      )}
    </details>
  </figure>`;
}
