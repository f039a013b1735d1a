// What a court approves before an agency may take a measure: its words, whole, as they will be offered.
import { html } from "hono/html";
import { findPurpose } from "../../agencies/index.ts";
import { effectWords } from "../../agencies/words.ts";
import type { listAwaitingMeasuresOperation } from "../../courts/measures/operations.ts";
import { listWords } from "../../registry/words.ts";
import { type AnswerOf, day, errorSummary, type FormState, hiddenFields, type Markup, moment } from "../../ui/index.ts";
import { nextPage, nothing, notification, type Reader, submit, summaryList } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";

type Awaiting = AnswerOf<typeof listAwaitingMeasuresOperation>;
export type MeasuresPage = { page: Awaiting; reader: Reader; state: FormState; done: string | null };

export function measuresContent({ page, reader, state, done }: MeasuresPage): Markup {
  return html`${errorSummary(state)} ${notification(done)}
    <h1>待批准的惩戒措施</h1>
    <p>惩戒措施须由信用牵头部门和法院分别批准后启用。批准人不得是提出人；法院一方由院长或者经书面授权的法官批准。</p>
    ${page.data.length === 0 ? nothing("没有待法院批准的惩戒措施。") : page.data.map((measure) => card(measure, reader))}
    ${nextPage("/workbench/measures", {}, page.nextCursor)}`;
}

function card(measure: Awaiting["data"][number], { csrfToken }: Reader): Markup {
  const { id, agencyId, agency, code, title, approvals } = measure;
  return html`<section class="card">
    <h2>${title}</h2>
    ${summaryList([
      { label: "单位", value: agency },
      { label: "编号", value: html`<code>${code}</code>` },
      { label: "效力", value: wordOf(effectWords, measure.effect) },
      { label: "事由", value: measure.purposes.map((purpose) => findPurpose(purpose)?.title ?? purpose).join("、") },
      { label: "名单", value: measure.lists.map((list) => wordOf(listWords, list)).join("、") },
      { label: "适用条件", value: measure.conditions.join("；") },
      { label: "依据", value: `${measure.legalBasis} ${measure.article}` },
      ...(measure.basicList
        ? [{ label: "全国基础清单", value: `${measure.basicList.edition} ${measure.basicList.item}` }]
        : []),
      ...(measure.regulation
        ? [
            {
              label: "地方规定",
              value: `${measure.regulation.title}（${measure.regulation.number}）${measure.regulation.article}`,
            },
          ]
        : []),
      {
        label: "有效期",
        value: html`${day(measure.validFrom)}起${measure.validUntil ? html`，至${day(measure.validUntil)}` : ""}`,
      },
      { label: "提出", value: moment(measure.proposedAt) },
      {
        label: "信用牵头部门",
        value: approvals.creditAuthority
          ? html`${approvals.creditAuthority.name}，${moment(approvals.creditAuthority.at)}`
          : "尚未批准",
      },
    ])}
    <form method="post" action="/workbench/measures/${agencyId}/${id}/approve">
      ${hiddenFields(csrfToken)} ${submit("批准（法院）")}
    </form>
  </section>`;
}
