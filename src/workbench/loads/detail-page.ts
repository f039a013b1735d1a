// One load: where it stands, what its gates found, what it changes by court and reason, and what may be decided about it.
import { html } from "hono/html";
import { type RejectionCode, rejectionReasons } from "../../feeds/index.ts";
import type { getDifference, getLoad } from "../../feeds/operations.ts";
import { loadModeWords, rowOutcomeWords } from "../../feeds/words.ts";
import { type AnswerOf, barChart, errorSummary, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { moment, nothing, notification, type Reader, submit, summaryList, table } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { reasonField } from "../reason-page.ts";
import { LOADS, loadStateTag } from "./list-page.ts";

export type Load = AnswerOf<typeof getLoad>;
export type Difference = AnswerOf<typeof getDifference>;

export type LoadPage = {
  load: Load;
  difference: Difference;
  reader: Reader;
  state: FormState;
  done: string | null;
  /** What the reader's role may decide. */
  may: readonly LoadAct[];
};

const COURTS_SHOWN_MAX = 200;
const EXCEPTIONS_SHOWN_MAX = 200;
/** Counts that are worth a bar. */
const CHARTED = ["new", "changed", "ended", "unchanged", "rejected", "superseded", "disputed", "conflicts"] as const;
const figures = new Intl.NumberFormat("zh-CN");

export const pathOf = ({ source, id }: Pick<Load, "source" | "id">): string => `${LOADS}/${source}/${id}`;

export function loadContent(page: LoadPage): Markup {
  const { load, difference, state, done } = page;
  return html`${errorSummary(state, { reason: "事由" })} ${notification(done)}
    <h1>${load.fileName}</h1>
    <p><a href="${pathOf(load)}/audit">办理留痕</a></p>
    ${isUnderWay(load) ? progressPart(load) : ""} ${heldNote(load)} ${facts(load)} ${gates(load)}
    <h2>数量</h2>
    ${barChart(
      "各行的结果",
      "行",
      CHARTED.map((name) => ({ label: wordOf(rowOutcomeWords, name), value: load.counts[name] })),
    )}
    ${rejections(load)}
    <h2>变动（按法院）</h2>
    ${courts(difference)} ${exceptions(difference)} ${decisions(page)}`;
}

export function isUnderWay({ state }: Load): boolean {
  return state === "receiving" || state === "validating";
}

/** Read again every two seconds while the file is; without script by loading the page again. */
export function progressPart(load: Load): Markup {
  const { progress, upload } = load;
  const [done, total] = progress
    ? [progress.bytesRead, progress.bytesTotal]
    : [upload?.received ?? 0, upload?.bytes ?? 0];
  return html`<section
    class="card"
    aria-live="polite"
    hx-get="${pathOf(load)}/progress"
    hx-trigger="every 2s"
    hx-swap="outerHTML"
  >
    <p>${loadStateTag(load.state)} ${progress ? `已读取 ${figures.format(progress.rowsRead)} 行` : "正在接收文件"}</p>
    <progress max="${Math.max(1, total)}" value="${done}" aria-label="进度">${done}/${total}</progress>
    <p><a href="${pathOf(load)}">刷新</a></p>
  </section>`;
}

function heldNote({ state }: Load): Markup {
  if (state !== "held") return html``;
  return html`<p class="card result result-warn" role="status">
    数据异常，已暂缓生效，待他人放行。放行以前，名单没有变化；报送人不得放行本人报送的数据。
  </p>`;
}

function facts(load: Load): Markup {
  return summaryList([
    { label: "状态", value: loadStateTag(load.state) },
    { label: "来源", value: html`<a href="${LOADS}/${load.source}">${load.source}</a>` },
    { label: "方式", value: wordOf(loadModeWords, load.mode) },
    { label: "数据截止时间", value: moment(load.asOf) },
    { label: "报送人", value: html`<code>${load.actor}</code>，${moment(load.startedAt)}` },
    ...(load.expectedRows === null ? [] : [{ label: "注明的总行数", value: figures.format(load.expectedRows) }]),
    ...(load.fileSha256 ? [{ label: "SHA-256", value: html`<code class="hash">${load.fileSha256}</code>` }] : []),
    ...(load.decidedBy
      ? [{ label: "决定人", value: html`<code>${load.decidedBy}</code>，${moment(load.decidedAt)}` }]
      : []),
    ...(load.rolledBackBy
      ? [{ label: "回退人", value: html`<code>${load.rolledBackBy}</code>，${moment(load.rolledBackAt)}` }]
      : []),
    ...(load.failure ? [{ label: "失败原因", value: load.failure }] : []),
    ...(load.liveRows === null ? [] : [{ label: "生效后该来源在列", value: `${figures.format(load.liveRows)} 条` }]),
    ...(load.state === "activated" || load.state === "rolled_back"
      ? [{ label: "回执", value: html`<a href="${pathOf(load)}/receipt">下载</a>` }]
      : []),
  ]);
}

function gates({ gates: found }: Load): Markup {
  if (found.length === 0) return html``;
  return html`<h2>未通过的检查</h2>
    ${table(
      "超过限度的各项",
      ["检查", "行数"],
      // Chinese first; what follows says the same in English.
      found.map(({ finding, rows }) => [
        finding.split(" · ", 1)[0] ?? finding,
        html`<span class="number">${figures.format(rows)}</span>`,
      ]),
    )}`;
}

function rejections(load: Load): Markup {
  const { rejectedByCode, unknownColumns, rejected } = load.counts;
  const reasons = Object.entries(rejectedByCode).toSorted(([, a], [, b]) => b - a);
  const columns = Object.entries(unknownColumns);
  return html`${
    reasons.length > 0
      ? barChart(
          "不合格的原因",
          "行",
          reasons.map(([code, value]) => ({ label: rejectionReasons[code as RejectionCode] ?? code, value })),
        )
      : ""
  }
  ${rejected > 0 ? html`<p><a class="button-secondary" href="${pathOf(load)}/rejections">下载不合格的行（CSV）</a></p>` : ""}
  ${columns.length > 0 ? html`<p>未能识别的栏目：${columns.map(([column, rows]) => `${column}（${figures.format(rows)} 行）`).join("、")}</p>` : ""}`;
}

function courts({ courts: all, courtsLeftOut }: Difference): Markup {
  if (all.length === 0) return nothing("没有变动。");
  const shown = all.slice(0, COURTS_SHOWN_MAX);
  const outcomes = [...new Set(shown.flatMap(({ outcomes: of }) => Object.keys(of)))];
  const more = all.length - shown.length + courtsLeftOut;
  return html`${table(
    "各法院的变动，变动多的在前",
    ["法院", ...outcomes.map((name) => wordOf(rowOutcomeWords, name))],
    shown.map(({ court, outcomes: of }) => [
      court,
      ...outcomes.map((name) => html`<span class="number">${figures.format(of[name] ?? 0)}</span>`),
    ]),
  )}
  ${more > 0 ? html`<p class="soft">另有 ${figures.format(more)} 个法院，见接口 getLoadDifference。</p>` : ""}`;
}

function exceptions({ exceptions: all }: Difference): Markup {
  if (all.length === 0) return html``;
  const shown = all.slice(0, EXCEPTIONS_SHOWN_MAX);
  return html`<h2>保持原状的名单</h2>
    ${table(
      `与文件不一致而保持原状，共 ${figures.format(all.length)} 条`,
      ["名单信息", "原因"],
      shown.map(({ kind, listingId }) => [
        html`<a href="/workbench/listings/${listingId}">${listingId}</a>`,
        wordOf(rowOutcomeWords, kind),
      ]),
    )}`;
}

function decisions(page: LoadPage): Markup {
  const { state } = page.load;
  const shown = page.may.filter((act) => acts[act].of.includes(state));
  return shown.length === 0
    ? html``
    : html`<h2>决定</h2>
        ${shown.map((act) => decision(page, act))}`;
}

export type LoadAct = "release" | "discard" | "rollback";
type ActWords = { label: string; kind: "primary" | "secondary" | "danger"; hint: string; of: readonly string[] };

const acts: Readonly<Record<LoadAct, ActWords>> = {
  release: {
    label: "放行",
    kind: "primary",
    hint: "数据立即生效，按上列变动新增、变更和移出名单。",
    of: ["held", "ready"],
  },
  discard: {
    label: "作废",
    kind: "secondary",
    hint: "名单没有变化；该来源可以报送新的一批。",
    of: ["receiving", "held", "ready"],
  },
  rollback: {
    label: "回退",
    kind: "danger",
    hint: "撤回本批数据的变动，法院此后的办理保留。仅最近生效的一批可以回退。",
    of: ["activated"],
  },
};

function decision({ load, reader, state: given }: LoadPage, act: LoadAct): Markup {
  const { label, kind, hint } = acts[act];
  const isAgain = given.form === act;
  const state: FormState = isAgain ? given : { values: {}, refusal: null, form: act };
  return html`<details class="card act" ${isAgain ? html`open` : ""}>
    <summary>${label}</summary>
    <form method="post" action="${pathOf(load)}/${act}">
      ${hiddenFields(reader.csrfToken)}
      <p>${hint}</p>
      ${act === "release" ? "" : reasonField(state, 500)} ${submit(label, kind)}
    </form>
  </details>`;
}
