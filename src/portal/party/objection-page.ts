// The party's application: its form, and the receipt that it is kept under.
import { html } from "hono/html";
import { listWords } from "../../registry/words.ts";
import { objectionGroundWords, objectionKindWords } from "../../remedies/words.ts";
import {
  choices,
  choicesOf,
  errorSummary,
  field,
  type FormState,
  type Markup,
  submit,
  textArea,
} from "../../ui/index.ts";
import { claimLabels, codeField, documentFields, nameField } from "./claim-page.ts";

/** What a listing that was looked at fills in. */
export type AboutListing = { caseNumber: string; list: string } | null;

export const objectionLabels = {
  ...claimLabels,
  kind: "事项",
  ground: "理由",
  list: "名单",
  caseNumber: "执行案号",
  statement: "事实与理由",
  "agent/name": "代理人姓名",
  "agent/authority": "授权委托书",
  contact: "联系方式",
};

const kindHints: Record<keyof typeof objectionKindWords, string> = {
  correction: "法院十五日内审查",
  performance_notice: `申请删除；理由请选择“${objectionGroundWords.deletable}”`,
};

export function objectionContent(state: FormState, about: AboutListing): Markup {
  return html`${errorSummary(state, objectionLabels)}
    <h1>申请纠正</h1>
    <p>提交后取得回执。没有法院查询码的，请持回执到任一法院窗口或者以邮寄方式核实身份，审查期限自核实之日起计算。</p>
    <form method="post" action="/objections/new">
      <div class="card">
        <h2>一、当事人</h2>
        ${nameField(state)} ${documentFields(state)}
        ${codeField(state, { required: false, hint: "法院书面告知的查询码；没有的可以不填" })}
      </div>
      <div class="card">
        <h2>二、申请事项</h2>
        ${matterFields(state, about)}
      </div>
      <div class="card">
        <h2>三、由他人代办的</h2>
        ${field({ name: "agent/name", label: objectionLabels["agent/name"], state, maxlength: 200 })}
        ${field({ name: "agent/authority", label: objectionLabels["agent/authority"], hint: "委托书的名称和日期", state, maxlength: 200 })}
      </div>
      <div class="card">
        <h2>四、送达</h2>
        ${field({ name: "contact", label: objectionLabels.contact, hint: "电话、地址或者电子邮箱，用于送达决定", state, maxlength: 200 })}
      </div>
      ${submit("核对并继续")}
    </form>`;
}

function matterFields(state: FormState, about: AboutListing): Markup[] {
  return [
    choices({
      name: "kind",
      label: objectionLabels.kind,
      state,
      initial: "correction",
      choices: choicesOf(objectionKindWords).map((choice) => ({ ...choice, hint: kindHints[choice.value] })),
    }),
    choices({
      name: "ground",
      label: objectionLabels.ground,
      state,
      choices: choicesOf(objectionGroundWords),
    }),
    choices({
      name: "list",
      label: objectionLabels.list,
      state,
      initial: about?.list ?? "dishonest",
      choices: choicesOf(listWords),
    }),
    field({
      name: "caseNumber",
      label: objectionLabels.caseNumber,
      hint: "如 (2026)闽0203执90000001号；括号全角、半角均可",
      state,
      initial: about?.caseNumber,
      required: true,
      maxlength: 200,
    }),
    textArea({
      name: "statement",
      label: objectionLabels.statement,
      hint: "证据材料请在核实身份时提交",
      state,
      required: true,
      rows: 8,
      maxlength: 5_000,
    }),
  ];
}

export function receivedContent(receipt: string, isVerified: boolean): Markup {
  return html`<h1>申请已收到</h1>
    <div class="card result result-good" role="status">
      <h2>回执编号</h2>
      <p><code class="receipt">${receipt}</code></p>
      <p>请记录或者打印本页。凭回执编号和当事人证件号码可以查询办理情况。</p>
    </div>
    <h2>接下来</h2>
    ${
      isVerified
        ? html`<p>身份已核实，审查自今日开始：法院十五日内作出决定；理由成立的，三个工作日内纠正。</p>`
        : html`<p>
            请持本回执和证件到任一法院窗口核实身份，或者将身份证件复印件和回执编号邮寄至执行法院。审查期限自核实之日起计算；本回执不说明任何人是否被列入名单。
          </p>`
    }
    <p><a href="/objections/standing">查询办理情况</a>　<a href="/">返回首页</a></p>`;
}
