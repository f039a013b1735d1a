// The measures of an agency: what is switched on, what waits for whom, and the forms that propose one.
import { html } from "hono/html";
import { effectWords, measureDecisionWords, measureStateWords } from "../../agencies/words.ts";
import type { listMeasuresOperation } from "../../courts/measures/operations.ts";
import { type AnswerOf, choices, day, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nextPage, nothing, type Reader, select, submit, summaryList } from "../../ui/index.ts";
import { tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";

export type Measures = AnswerOf<typeof listMeasuresOperation>;
export type Measure = Measures["data"][number];
/** A measure of the catalogue as a proposal names it. */
export type Choosable = { code: string; title: string; effect: string; decision: string; purposes: readonly string[] };

const tones = { proposed: "warn", switched_on: "good", withdrawn: "plain" } as const;

const labels = {
  code: "措施",
  purposes: "适用的核查事由",
  legalBasis: "法律依据",
  article: "条款",
  "basicList/edition": "全国失信惩戒措施基础清单版本",
  "basicList/item": "清单事项",
  validFrom: "启用日期",
  validUntil: "截止日期",
  humanDesk: "人工复核处",
  reason: "理由",
};

/** `agency` names it where the page is about several. */
export function measureCard(measure: Measure, acts: Markup | "" = "", agency?: string): Markup {
  const { title, code, effect, decision, legalBasis, article, basicList, regulation, approvals, withdrawal } = measure;
  return html`<section class="card">
    <h2>${title}</h2>
    <p>${tag(wordOf(measureStateWords, measure.state), tones[measure.state])}</p>
    ${summaryList([
      ...(agency === undefined ? [] : [{ label: "单位", value: agency }]),
      { label: "措施代码", value: html`<code>${code}</code>` },
      { label: "效果", value: wordOf(effectWords, effect) },
      { label: "由谁决定", value: wordOf(measureDecisionWords, decision) },
      { label: "依据", value: `${legalBasis} ${article}` },
      ...(basicList ? [{ label: "基础清单", value: `${basicList.edition}，${basicList.item}` }] : []),
      ...(regulation
        ? [{ label: "地方性法规", value: `${regulation.title}（${regulation.number}）${regulation.article}` }]
        : []),
      ...(measure.humanDesk ? [{ label: labels.humanDesk, value: measure.humanDesk }] : []),
      { label: "启用日期", value: day(measure.validFrom) },
      { label: "截止日期", value: day(measure.validUntil) },
      { label: "提出时间", value: moment(measure.proposedAt) },
      { label: "信用牵头部门批准", value: approvalWords(approvals.creditAuthority) },
      { label: "法院批准", value: approvalWords(approvals.court) },
      ...(withdrawal ? [{ label: "停用理由", value: withdrawal.reason }] : []),
    ])}
    ${acts}
  </section>`;
}

function approvalWords(approval: Measure["approvals"]["court"]): Markup | string {
  return approval ? html`${approval.name}，${moment(approval.at)}` : "未批准";
}

export type MeasurePlace = {
  path: string;
  mayAct: boolean;
  /** Whether the reader gives one of the two approvals. */
  mayApprove: boolean;
};

export function measuresContent(reader: Reader, measures: Measures, place: MeasurePlace): Markup {
  const { path, mayAct } = place;
  return html`<h1>惩戒措施</h1>
    <p>措施经信用牵头部门和法院分别批准后，才会出现在核查结果中。停用即时生效。</p>
    ${mayAct ? html`<p><a class="button-secondary" href="${path}/new">提出启用措施</a></p>` : ""}
    ${
      measures.data.length === 0
        ? nothing("还没有提出过措施。")
        : measures.data.map((measure) => measureCard(measure, actsOn(reader, measure, place)))
    }
    ${nextPage(path, {}, measures.nextCursor)}`;
}

function actsOn(reader: Reader, { id, state, approvals }: Measure, { path, mayAct, mayApprove }: MeasurePlace): Markup {
  const trail = html`<p><a href="${path}/${id}/audit">办理留痕</a></p>`;
  if (!mayAct || state === "withdrawn") return trail;
  return html`${trail} ${mayApprove && !approvals.creditAuthority ? approveForm(reader, `${path}/${id}`) : ""}
  ${withdrawForm(reader, `${path}/${id}`)}`;
}

export function approveForm({ csrfToken }: Reader, path: string): Markup {
  return html`<form method="post" action="${path}/approve">${hiddenFields(csrfToken)} ${submit("批准")}</form>`;
}

export function withdrawForm({ csrfToken }: Reader, path: string): Markup {
  const state = { values: {}, refusal: null, form: path.slice(-26) };
  return html`<details>
    <summary>停用</summary>
    <form method="post" action="${path}/withdraw">
      ${hiddenFields(csrfToken)} ${field({ name: "reason", label: "停用的理由", state, required: true })}
      ${submit("停用", "danger")}
    </form>
  </details>`;
}

export type Proposing = {
  path: string;
  catalogue: readonly Choosable[];
  /** Titles of purposes by their codes. */
  titles: ReadonlyMap<string, string>;
  code: string | null;
};

/** First the measure, then all that its approvers read. */
export function proposalContent(
  reader: Reader,
  { path, catalogue, titles, code }: Proposing,
  state: FormState,
): Markup {
  const offered = catalogue.filter(({ purposes }) => purposes.some((purpose) => titles.has(purpose)));
  const chosen = offered.find((measure) => measure.code === code);
  return html`${errorSummary(state, labels)}
    <h1>提出启用措施</h1>
    ${chosen ? proposalForm(reader, chosen, { path, titles }, state) : catalogueForm(offered, path)}`;
}

function catalogueForm(offered: readonly Choosable[], path: string): Markup {
  if (offered.length === 0) return nothing("目录中没有适用于本单位核查事由的措施。");
  return html`<form class="card" method="get" action="${path}/new">
    ${select({
      name: "code",
      label: labels.code,
      hint: "只列出适用于本单位核查事由的措施。地方性措施由接口提出。",
      choices: offered.map(({ code, title, effect }) => ({
        value: code,
        label: `${title}（${wordOf(effectWords, effect)}）`,
      })),
      state: { values: {}, refusal: null },
      required: true,
    })}
    ${submit("下一步")}
  </form>`;
}

function proposalForm(
  { csrfToken }: Reader,
  { code, title, purposes, decision }: Choosable,
  { path, titles }: Pick<Proposing, "path" | "titles">,
  state: FormState,
): Markup {
  const known = purposes.filter((purpose) => titles.has(purpose));
  return html`<form class="card" method="post" action="${path}/new?code=${code}">
    ${hiddenFields(csrfToken, { code })}
    <p><strong>${title}</strong>（<code>${code}</code>）</p>
    ${choices({
      name: "purposes",
      label: labels.purposes,
      choices: known.map((value) => ({ value, label: titles.get(value) ?? value })),
      many: true,
      chosen: known.length === 1 ? known : [],
      state,
    })}
    ${field({ name: "legalBasis", label: labels.legalBasis, hint: "法律、行政法规或者中央文件的名称和文号。", state, required: true })}
    ${field({ name: "article", label: labels.article, state, required: true, maxlength: 200, width: "medium" })}
    <div class="row">
      ${field({ name: "basicList/edition", label: labels["basicList/edition"], hint: "例如 2024。", state, required: true, maxlength: 100 })}
      ${field({ name: "basicList/item", label: labels["basicList/item"], state, required: true, maxlength: 200 })}
    </div>
    <div class="row">
      ${field({ name: "validFrom", label: labels.validFrom, type: "date", state, required: true })}
      ${field({ name: "validUntil", label: labels.validUntil, hint: "不填写的，停用之前一直有效。", type: "date", state })}
    </div>
    ${
      decision === "first_stop"
        ? field({
            name: "humanDesk",
            label: labels.humanDesk,
            hint: "被拦截的人当场可以申请人工复核的地点。",
            state,
            required: true,
            maxlength: 300,
          })
        : ""
    }
    ${submit("提出")}
  </form>`;
}
