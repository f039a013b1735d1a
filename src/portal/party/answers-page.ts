// What is about to be sent to a court, once more, before it is (GOV.UK: check answers).
import { html } from "hono/html";
import { documentWords } from "../../identity/words.ts";
import { listWords } from "../../registry/words.ts";
import { objectionGroundWords, objectionKindWords } from "../../remedies/words.ts";
import { type Markup, summaryList, wordOf, type Words } from "../../ui/index.ts";
import { objectionLabels } from "./objection-page.ts";

export function answersContent(values: Readonly<Record<string, string>>): Markup {
  const facts = Object.entries(objectionLabels).map(([name, label]) => ({ label, value: wordFor(name, values[name]) }));
  return html`<h1>核对申请内容</h1>
    <p>请逐项核对。提交后，内容由执行法院审查。</p>
    ${summaryList(facts)}
    <form class="card" method="post" action="/objections/new">
      ${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <p>本人保证所填内容真实；虚假陈述的，依法承担责任。</p>
      <button class="button-primary" name="step" value="send">提交申请</button>
      <button class="button-secondary" name="step" value="change">返回修改</button>
    </form>`;
}

/** Of a choice what the form calls it. */
function wordFor(name: string, value: string | undefined): string | null {
  const words: Record<string, Words> = {
    kind: objectionKindWords,
    ground: objectionGroundWords,
    list: listWords,
    "document/type": documentWords,
  };
  return value === undefined ? null : wordOf(words[name] ?? {}, value);
}
