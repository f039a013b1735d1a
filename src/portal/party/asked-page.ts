// Who asked about a party, for whoever has the code that the court gave it on paper.
import { html } from "hono/html";
import { outcomeWords } from "../../checks/words.ts";
import { listWords } from "../../registry/words.ts";
import type { whoAskedOperation } from "../../remedies/index.ts";
import type { AnswerOf } from "../../ui/index.ts";
import { errorSummary, type FormState, type Markup, moment, nothing, submit, table, wordOf } from "../../ui/index.ts";
import { claimLabels, codeField, documentFields, nameField } from "./claim-page.ts";

type WhoAsked = AnswerOf<typeof whoAskedOperation>;

export function askedContent(state: FormState, asked: WhoAsked | null): Markup {
  return html`${errorSummary(state, claimLabels)}
    <h1>谁查询过我</h1>
    <p>凭证件和法院书面告知的查询码，查看哪些单位在什么时间、为办理什么事项核查过本人或者本单位，以及得到的结果。</p>
    ${asked ? found(state, asked) : ""}
    <form class="card" method="post" action="/who-asked">
      ${nameField(state)} ${documentFields(state)}
      ${codeField(state, { required: true, hint: "由执行法院书面告知；没有的请到法院窗口申请" })} ${submit("查询")}
    </form>`;
}

function found(state: FormState, { data, nextCursor, told, withheld }: WhoAsked): Markup {
  return html`<section aria-label="查询结果">
    ${data.length === 0 ? nothing("没有可以显示的核查记录。") : table("核查记录，最新的在前", ["时间", "单位", "事项", "名单", "结果"], data.map(askedRow))}
    ${withheld.checks > 0 ? html`<p>另有 ${withheld.checks} 条依法暂不告知，最迟于 ${moment(withheld.until)} 显示。</p>` : ""}
    ${nextCursor === null ? "" : nextForm(state, nextCursor)}
    <h2>移出名单后已告知的单位</h2>
    ${told.length === 0 ? nothing("没有需要告知的单位。") : table("移出后的告知", ["单位", "名单", "案号", "告知时间", "确认时间"], told.map(toldRow))}
  </section>`;
}

function askedRow({ checkedAt, agency, purpose, lists, outcome }: WhoAsked["data"][number]) {
  const asked = lists.map((list) => wordOf(listWords, list)).join("、");
  return [moment(checkedAt), agency, purpose.title, asked, wordOf(outcomeWords, outcome)];
}

function toldRow({ agency, list, caseNumber, toldAt, acknowledgedAt }: WhoAsked["told"][number]) {
  return [agency, wordOf(listWords, list), caseNumber, moment(toldAt), moment(acknowledgedAt)];
}

/** Number and code stay out of addresses: they go along in the form. */
function nextForm({ values }: FormState, cursor: string): Markup {
  return html`<form method="post" action="/who-asked" class="pages">
    ${Object.entries({ ...values, cursor }).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    ${submit("更早的记录", "secondary")}
  </form>`;
}
