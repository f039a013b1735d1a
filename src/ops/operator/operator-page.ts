// How the service is, on one page: what is not well comes first.
import { html } from "hono/html";
import { loadStateWords } from "../../feeds/words.ts";
import {
  type AnswerOf,
  barChart,
  day,
  type Markup,
  moment,
  nothing,
  summaryList,
  table,
  tag,
  wordOf,
} from "../../ui/index.ts";
import { loadTones } from "../../workbench/index.ts";
import type { getHealthReport } from "./operations.ts";
import { figureWords, findingWords, labelWords } from "./wording.ts";

type Report = AnswerOf<typeof getHealthReport>;
type Figure = Report["figures"][number];

const figures = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 1 });

/** Labels whose number should be nought. */
const ALARMING = new Set(["overdue", "due_unknown", "disabled"]);
const ALARMS = new Set(["shixin_clocks_overdue", "shixin_clocks_due_unknown", "shixin_check_rest_rows"]);

export function operatorContent(report: Report): Markup {
  const { ready, findings, checkpoint, backup } = report;
  return html`<h1>运行情况</h1>
    <p class="card result ${ready ? "result-good" : "result-bad"}" role="status">
      ${ready ? "服务就绪，正在受理核查。" : "服务未就绪，不受理核查。"}
    </p>
    ${summaryList([
      ...findings.map(({ name, ok, note }) => ({
        label: wordOf(findingWords, name),
        value: html`${tag(ok ? "正常" : "异常", ok ? "good" : "bad")} ${note ?? ""}`,
      })),
      {
        label: "最近的日志检查点",
        value: checkpoint ? html`${figures.format(checkpoint.size)} 条，${moment(checkpoint.at)}` : "尚无",
      },
      { label: "最近的备份", value: backupWords(backup) },
    ])}
    ${figureParts(report.figures)}
    <h2>数据报送</h2>
    ${loads(report.loads)}
    <h2>数据量</h2>
    ${sizes(report.tables)}`;
}

/** Nothing is said that nobody reported. */
function backupWords({ state, at }: Report["backup"]): Markup {
  if (state === "made") return moment(at);
  if (state === "missing") return tag("标记文件不存在，尚无备份", "bad");
  return html`${tag("未配置", "warn")}
    <span class="soft">平台不自行备份；以 BACKUP_MARK 指明备份程序完成时更新的文件后，在此显示。</span>`;
}

function figureParts(all: readonly Figure[]): Markup {
  return html`${figureWords.map(({ title, names }) => {
    const rows = names.flatMap((name) => all.filter((figure) => figure.name === name).flatMap(rowsOf));
    return html`<h2>${title}</h2>
      ${rows.length === 0 ? nothing("没有数据。") : table(title, ["项目", "数值"], rows)}`;
  })}`;
}

const labelOf = (names: Record<string, string>) =>
  Object.values(names)
    .filter((label) => label !== "")
    .map((label) => wordOf(labelWords, label))
    .join(" · ");

function rowsOf({ name, help, values }: Figure): Markup[][] {
  const words = figureWords.flatMap(({ of }) => of[name] ?? [])[0] ?? help;
  return values.map(({ labels, value }) => {
    const isAlarm = value > 0 && (ALARMS.has(name) || Object.values(labels).some((label) => ALARMING.has(label)));
    const shown = name.endsWith("known_through") ? day(dayOf(value)) : figures.format(value);
    const label = labelOf(labels);
    return [
      html`${words}${label ? html`<span class="soft">（${label}）</span>` : ""}`,
      isAlarm ? tag(figures.format(value), "bad") : html`<span class="number">${shown}</span>`,
    ];
  });
}

/** The start of a day in Shanghai, in Unix seconds. */
function dayOf(seconds: number): string {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10);
}

function loads(all: Report["loads"]): Markup {
  if (all.length === 0) return nothing("还没有报送过数据。");
  return table(
    "最近十批",
    ["来源", "文件", "状态", "时间", "失败原因"],
    all.map(({ source, fileName, state, startedAt, failure }) => [
      source,
      fileName,
      tag(wordOf(loadStateWords, state), loadTones[state]),
      moment(startedAt),
      failure,
    ]),
  );
}

const MEBIBYTE = 1024 ** 2;
const CHARTED = 8;

function sizes(all: Report["tables"]): Markup {
  const large = all.filter(({ bytes }) => bytes >= MEBIBYTE).slice(0, CHARTED);
  const bars = large.map(({ name, bytes }) => ({ label: name, value: Math.round(bytes / MEBIBYTE) }));
  return html`${bars.length > 0 ? barChart("最大的数据表", "MiB", bars) : ""}
  ${table(
    "数据表（行数为估计）",
    ["表", "行数", "MiB（含索引）"],
    all.map(({ name, rows, bytes }) => [
      html`<code>${name}</code>`,
      html`<span class="number">${rows === null ? "—" : figures.format(rows)}</span>`,
      html`<span class="number">${figures.format(bytes / MEBIBYTE)}</span>`,
    ]),
  )}`;
}
