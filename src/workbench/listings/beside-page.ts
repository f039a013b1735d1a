// What stands beside a listing: its clocks, papers, hits, sanctions, objections and former versions, and the way to the
// whole number of its party.
import { html } from "hono/html";
import { gradeWords } from "../../checks/words.ts";
import { clockWords } from "../../courts/words.ts";
import { objectionStateWords, paperWords } from "../../remedies/words.ts";
import { durationWords, sanctionStateWords } from "../../sanctions/words.ts";
import { day, field, type FormState, hiddenFields, type Markup, moment, nothing, type Reader } from "../../ui/index.ts";
import { submit, table, tag, textArea } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { officers } from "../area.ts";
import { daysLeft } from "../clock-page.ts";
import { replacedByWords } from "../words.ts";
import { changeTable } from "./change-page.ts";
import type { Detail, Papers } from "./detail.ts";
import { partyCodeForm } from "./party-code-page.ts";

type Beside = { reader: Reader; state: FormState };

export function besideContent(detail: Detail, { reader, state }: Beside): Markup {
  const isOfficer = officers.some((role) => role === reader.role);
  return html`${clockTable(detail)} ${paperPart(detail, { reader, state, isOfficer })} ${hitTable(detail)}
  ${sanctionTable(detail)} ${objectionTable(detail)} ${versionList(detail)}
  ${isOfficer ? html`${partyCodeForm(detail.listing.id, reader)} ${revealForm(detail, { reader, state })}` : ""}`;
}

function clockTable({ clocks: { data } }: Detail): Markup {
  const rows = data.map((clock) => [daysLeft(clock), day(clock.dueOn), wordOf(clockWords, clock.kind), clock.article]);
  return html`<h2>期限</h2>
    ${rows.length === 0 ? nothing("没有正在计算的期限。") : table("正在计算的期限", ["剩余", "最后一日", "期限", "依据"], rows)}`;
}

function paperPart({ listing, papers }: Detail, { reader, state, isOfficer }: Beside & { isOfficer: boolean }): Markup {
  const kind = paperKindOf(listing);
  return html`<h2 id="papers">文书</h2>
    ${papers.length === 0 ? nothing("还没有打印文书。") : paperTable(papers, { reader, listing: listing.id, isOfficer })}
    ${
      isOfficer && kind
        ? html`<form class="card" method="post" action="/workbench/listings/${listing.id}/papers">
            ${hiddenFields(reader.csrfToken, { kind })}
            <h3>打印${wordOf(paperWords, kind)}</h3>
            <p class="soft">文书在本页显示，用浏览器打印、签章后归档；平台只留存文号、日期和摘要。</p>
            ${field({ name: "number", label: "文号", state: ofForm(state, "paper"), required: true, maxlength: 100, width: "medium" })}
            ${field({ name: "datedOn", label: "文书日期", type: "date", state: ofForm(state, "paper"), required: true, width: "short" })}
            ${submit("打印文书", "secondary")}
          </form>`
        : ""
    }`;
}

/** Which paper a listing in this state is given; null for none. */
function paperKindOf({ state, list, exit }: Detail["listing"]): string | null {
  if (state === "ended") return exit?.operation ? "removal_notice" : null;
  if (state === "lapsed") return null;
  return list === "dishonest" ? "decision" : "limit_order";
}

type PaperRows = { reader: Reader; listing: string; isOfficer: boolean };

function paperTable(papers: Papers, { reader, listing, isOfficer }: PaperRows): Markup {
  const again = ({ kind, number, datedOn }: Papers[number]) =>
    html`<form method="post" action="/workbench/listings/${listing}/papers">
      ${hiddenFields(reader.csrfToken, { kind, number, datedOn })}
      <button class="button-plain">再次打印<span class="unseen">${number}</span></button>
    </form>`;
  return table(
    "已打印的文书",
    ["文书", "文号", "日期", "摘要（SHA-256）", ""],
    papers.map((paper) => [
      wordOf(paperWords, paper.kind),
      paper.number,
      day(paper.datedOn),
      html`<code>${paper.sha256.slice(0, 16)}…</code>`,
      isOfficer ? again(paper) : "",
    ]),
  );
}

function hitTable({ hits: { data, hasMore } }: Detail): Markup {
  const rows = data.map(({ checkedAt, agency, purpose, grade }) => [
    moment(checkedAt),
    agency.name,
    purpose.title,
    wordOf(gradeWords, grade),
  ]);
  return html`<h2 id="hits">命中</h2>
    ${rows.length === 0 ? nothing("还没有单位命中。") : table("命中，新的在前", ["时间", "单位", "事由", "比对"], rows)}
    ${hasMore ? html`<p class="soft">只列出最近的${data.length}次。</p>` : ""}`;
}

function sanctionTable({ sanctions: { data, hasMore } }: Detail): Markup {
  const rows = data.map(({ imposedOn, agency, measure, duration, endsOn, state, liftedOn }) => [
    day(imposedOn),
    agency,
    measure.title,
    html`${wordOf(durationWords, duration)}${endsOn ? html`（${day(endsOn)}）` : ""}`,
    html`${tag(wordOf(sanctionStateWords, state), state === "active" ? "info" : "plain")}
    ${liftedOn ? day(liftedOn) : ""}`,
  ]);
  return html`<h2 id="sanctions">惩戒</h2>
    ${
      rows.length === 0
        ? nothing("还没有单位据此实施惩戒。")
        : table("依据本条实施的惩戒", ["实施日期", "单位", "措施", "期间", "状态"], rows)
    }
    ${hasMore ? html`<p class="soft">只列出最早的${data.length}项。</p>` : ""}`;
}

function objectionTable({ objections: { data } }: Detail): Markup {
  const rows = data.map(({ id, kind, receivedOn, takenInOn, state }) => [
    html`<a href="/workbench/objections/${id}">${kind === "correction" ? "纠正申请" : "履行告知"}</a>`,
    day(receivedOn ?? takenInOn),
    wordOf(objectionStateWords, state),
  ]);
  return html`<h2>纠正申请</h2>
    ${rows.length === 0 ? nothing("没有纠正申请。") : table("对本条的纠正申请", ["事项", "收到日期", "状态"], rows)}`;
}

/** What the file or the court said before, beside what it said from then on. */
function versionList({ versions }: Detail): Markup {
  const shown = versions.filter(({ changes }) => changes.length > 0);
  return html`<h2>内容变动对照</h2>
    ${
      shown.length === 0
        ? nothing("内容没有变动。")
        : shown.map(({ version, source, replacedAt, replacedBy, changes }) => {
            const from = source === "court" ? "法院录入" : `来源 ${source}`;
            const caption = `第${version}版（${from}），${wordOf(replacedByWords, replacedBy)}`;
            return html`<p>${moment(replacedAt)}</p>
              ${changeTable(caption, changes)}`;
          })
    }`;
}

function revealForm({ listing }: Detail, { reader, state }: Beside): Markup {
  return html`<h2>完整证件号码</h2>
    <details>
      <summary>查看完整证件号码</summary>
      <form class="card" method="post" action="/workbench/listings/${listing.id}/reveal">
        ${hiddenFields(reader.csrfToken)}
        ${textArea({
          name: "reason",
          label: "事由",
          hint: "事由和您的姓名记入办理留痕。",
          state: ofForm(state, "reveal"),
          required: true,
          rows: 2,
          maxlength: 500,
        })}
        ${submit("查看", "secondary")}
      </form>
    </details>`;
}

/** The page has two forms: what was wrong with one is no fault of the other. */
function ofForm(state: FormState, form: string): FormState {
  return state.form === form ? state : { values: {}, refusal: null, form };
}
