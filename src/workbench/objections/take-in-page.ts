// Taking in a written application at the window or by post.
import { html } from "hono/html";
import { objectionGrounds, objectionKinds } from "../../remedies/operations.ts";
import { channelWords, objectionGroundWords, objectionKindWords } from "../../remedies/words.ts";
import {
  choices,
  errorSummary,
  field,
  type FormState,
  hiddenFields,
  type Markup,
  type Reader,
} from "../../ui/index.ts";
import { submit, textArea } from "../../ui/index.ts";
import { choicesOf } from "../../ui/index.ts";
import { fieldLabels } from "./act-form-page.ts";
import { OBJECTIONS } from "./list-page.ts";

export function takeInContent(reader: Reader, state: FormState, listing: string): Markup {
  return html`${errorSummary(state, fieldLabels)}
    <h1>收到纠正申请</h1>
    <p>纠正申请自收到书面申请之日起十五日内审查；告知已履行的，三个工作日内删除。</p>
    <form class="card" method="post" action="${OBJECTIONS}">
      ${hiddenFields(reader.csrfToken)}
      ${field({ name: "listing", label: "名单信息编号", hint: "自名单信息页的“登记收到的纠正申请”进入时已经填好。", state, required: true, initial: listing, maxlength: 40 })}
      ${choices({ name: "kind", label: "种类", state, initial: "correction", choices: choicesOf(objectionKindWords, objectionKinds) })}
      ${choices({ name: "ground", label: "事由（第十一条）", state, choices: choicesOf(objectionGroundWords, objectionGrounds) })}
      ${choices({ name: "channel", label: "提出方式", state, initial: "window", choices: choicesOf(channelWords, ["window", "post"]) })}
      ${field({ name: "receivedOn", label: "书面申请收到日", type: "date", state, required: true, width: "short" })}
      ${textArea({ name: "statement", label: "申请内容", hint: "照录申请书的要点，请勿填写证件号码。", state, required: true, rows: 6, maxlength: 5_000 })}
      ${field({ name: "agent/name", label: "代理人姓名", state, maxlength: 200, width: "medium" })}
      ${field({ name: "agent/authority", label: "代理权限", state, maxlength: 200, width: "medium" })}
      ${field({ name: "contact", label: "联系方式", state, maxlength: 200, width: "medium" })} ${submit("登记收到")}
    </form>`;
}
