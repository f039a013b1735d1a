// The page of one act: by which article, what follows from it, its form; and of a rectification what it would change.
import { html } from "hono/html";
import { listWords } from "../../registry/words.ts";
import { box, errorSummary, field, type FormState, hiddenFields, type Markup, type Reader } from "../../ui/index.ts";
import { submit } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { type Change, changeTable } from "../listings/change-page.ts";
import { exitTitle } from "../listings/detail-page.ts";
import type { Listing, Papers } from "../listings/detail.ts";
import { stateTag } from "../listings/list-page.ts";
import { reasonField } from "../reason-page.ts";
import { actWords } from "../words.ts";
import { actForms } from "./act-form-page.ts";

export type ActPage = { reader: Reader; listing: Listing; papers: Papers; act: string; state: FormState };

export function actContent({ reader, listing, papers, act, state }: ActPage): Markup {
  const form = actForms[act];
  const opening = listing.next.acts.find((open) => open.act === act);
  return frame({ listing, state, title: wordOf(actWords, act), article: opening?.article ?? null }, [
    form?.consequence ? html`<p>${form.consequence}</p>` : html``,
    opening?.refusal
      ? html`<p class="card result result-bad">${opening.refusal.reason.zh}（${opening.refusal.article}）</p>`
      : html``,
    html`<form class="card" method="post" action="/workbench/listings/${listing.id}/acts/${act}">
      ${hiddenFields(reader.csrfToken, { version: versionIn(state, listing) })}
      ${form?.fields({ listing, papers, state }) ?? ""}
      ${submit(act === "rectify" ? "核对更正" : wordOf(actWords, act), form?.weighs ? "danger" : "primary")}
    </form>`,
  ]);
}

export type ExitPage = { reader: Reader; listing: Listing; operation: string; ground: string | null; state: FormState };

export function exitContent({ reader, listing, operation, ground, state }: ExitPage): Markup {
  const opening = listing.next.exits.find((exit) => exit.operation === operation && exit.ground === ground);
  const groundName = operation === "delete" ? "exit/ground/code" : "exit/ground";
  const hidden = { "exit/operation": operation, ...(ground === null ? {} : { [groundName]: ground }) };
  return frame({ listing, state, title: exitTitle(operation, ground), article: opening?.article ?? null }, [
    html`<p>移出立即生效：自此刻起的核查不再命中，依据本条实施的惩戒随之待解除。另一人于下一工作日前复核。</p>`,
    opening?.refusal
      ? html`<p class="card result result-bad">${opening.refusal.reason.zh}（${opening.refusal.article}）</p>`
      : html``,
    html`<form class="card" method="post" action="/workbench/listings/${listing.id}/acts/exit">
      ${hiddenFields(reader.csrfToken, { version: versionIn(state, listing), ...hidden })}
      ${ground === "R4" ? searchFields(state) : ""}
      ${field({ name: "reasonAroseOn", label: "事由发生日期", hint: "款项到账、和解履行完毕、裁定作出等。", type: "date", width: "short", state, required: true })}
      ${field({ name: "reachedCourtOn", label: "事由到达法院日期", hint: "三个工作日自此起算。", type: "date", width: "short", state, required: true })}
      ${reasonField(state, 1_000)} ${submit("移出名单", "danger")}
    </form>`,
  ]);
}

function searchFields(state: FormState): Markup {
  return html`${field({ name: "exit/ground/searches", label: "网络查控未发现财产的次数", inputmode: "numeric", maxlength: 3, width: "short", state, required: true })}
  ${box({ name: "exit/ground/hasLead", label: "申请执行人或者其他人提供了有效财产线索", state })}`;
}

export type PreviewPage = { reader: Reader; listing: Listing; changes: readonly Change[]; fields: FormState["values"] };

/** Check answers: what a rectification would change, before it is done. */
export function previewContent({ reader, listing, changes, fields }: PreviewPage): Markup {
  const { csrf: _, version: __, ...kept } = fields;
  const place = `/workbench/listings/${listing.id}/acts/rectify`;
  const state = { values: {}, refusal: null };
  if (changes.length === 0)
    return frame({ listing, state, title: "核对更正", article: null }, [
      html`<p>所填内容与现有内容相同，没有需要更正的。</p>
        <p><a class="button-secondary" href="${place}">返回修改</a></p>`,
    ]);
  return frame({ listing, state, title: "核对更正", article: null }, [
    changeTable("更正前后对照", changes),
    html`<form class="card" method="post" action="${place}">
        ${hiddenFields(reader.csrfToken, { version: fields["version"] ?? listing.version, confirmed: "true" })}
        ${Object.entries(kept).flatMap(([name, value]) =>
          partsOf(name, value).map((part) => html`<input type="hidden" name="${name}" value="${part}" />`),
        )}
        <p>事由：${fields["reason"] ?? ""}</p>
        ${submit("确认更正")}
      </form>
      <p><a href="${place}">返回修改</a></p>`,
  ]);
}

/** A group of boxes is sent back box by box. */
function partsOf(name: string, value: string): string[] {
  return name.endsWith("/grounds") ? value.split("\n") : [value];
}

type Frame = { listing: Listing; state: FormState; title: string; article: string | null };

function frame({ listing, state, title, article }: Frame, parts: readonly Markup[]): Markup {
  return html`${errorSummary(state)}
    ${
      // What was shown is not what is there: it is looked at again, from the listing itself.
      state.refusal?.code === "precondition-failed" ? html`<p>请返回名单信息，查看最新内容后重新办理。</p>` : ""
    }
    <p><a href="/workbench/listings/${listing.id}">返回${listing.party.name}</a></p>
    <h1>${title}</h1>
    <p>${stateTag(listing.state)} ${listing.party.name}，${listing.caseNumber}，${wordOf(listWords, listing.list)}</p>
    ${article ? html`<p class="soft">依据：${article}</p>` : ""} ${parts}`;
}

/** The version that the reader saw when they began: another one since then is told, and not overwritten. */
function versionIn({ values }: FormState, { version }: Listing): string | number {
  return values["version"] ?? version;
}
