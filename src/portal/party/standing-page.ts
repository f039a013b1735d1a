// Where an application stands, by its receipt and the party's document.
import { html } from "hono/html";
import { listWords } from "../../registry/words.ts";
import type { readStandingOperation } from "../../remedies/index.ts";
import { objectionKindWords, objectionStateWords } from "../../remedies/words.ts";
import { day, errorSummary, field, type FormState, type Markup, submit, summaryList, wordOf } from "../../ui/index.ts";
import type { AnswerOf } from "../../ui/index.ts";
import { claimLabels, documentFields } from "./claim-page.ts";

type Standing = AnswerOf<typeof readStandingOperation>;

const labels = { ...claimLabels, receipt: "回执编号" };

export function standingContent(state: FormState, standing: Standing | null): Markup {
  return html`${errorSummary(state, labels)}
    <h1>查询办理情况</h1>
    ${standing ? found(standing) : ""}
    <form class="card" method="post" action="/objections/standing">
      ${field({ name: "receipt", label: labels.receipt, hint: "提交申请时取得，以 obj_ 开头", state, required: true, maxlength: 40 })}
      ${documentFields(state)} ${submit("查询")}
    </form>
    <p class="soft">代理人查询的，也填写当事人的证件。</p>`;
}

function found(standing: Standing): Markup {
  const { receipt, kind, list, caseNumber, court, state, takenInOn, receivedOn, dueOn, decidedOn, servedOn } = standing;
  return html`<section class="card result result-good" role="status">
    <h2>${wordOf(objectionStateWords, state)}</h2>
    ${summaryList([
      { label: "回执编号", value: receipt },
      { label: "事项", value: wordOf(objectionKindWords, kind) },
      { label: "名单", value: wordOf(listWords, list) },
      { label: "执行案号", value: caseNumber },
      { label: "办理法院（代字）", value: court },
      { label: "提交日期", value: day(takenInOn) },
      { label: "期限起算", value: receivedOn === null ? "核实身份之日起计算" : day(receivedOn) },
      { label: "本环节最后一日", value: day(dueOn) },
      { label: "决定日期", value: day(decidedOn) },
      { label: "送达日期", value: day(servedOn) },
    ])}
    ${state === "rejected" ? html`<p>不服驳回决定的，自送达之日起十日内向上一级人民法院书面申请复议。</p>` : ""}
  </section>`;
}
