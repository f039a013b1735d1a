// The form that asks about one person or organisation.
import { html } from "hono/html";
import type { getOwnAgency } from "../../agencies/operations.ts";
import { partyRoleWords } from "../../agencies/words.ts";
import { documentWords } from "../../identity/words.ts";
import { type AnswerOf, type Choice, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { choicesOf, type Markup, nothing, type Reader, select, submit, textArea } from "../../ui/index.ts";

export type Agency = AnswerOf<typeof getOwnAgency>;

const labels = {
  purpose: "核查事由",
  caseReference: "办理事项编号",
  "subject/name": "姓名（名称）",
  "subject/document/type": "证件类型",
  "subject/document/number": "证件号码",
  "subject/document/country": "护照签发国",
  "subject/role": "身份",
  "subject/formerNames": "曾用名",
};

export function checkFormContent(reader: Reader, agency: Agency, state: FormState): Markup {
  return html`${errorSummary(state, labels)}
    <h1>核查</h1>
    <p>名单状态随时变化：作出决定前应重新核查。每次核查均留存记录，不得用于办理事项以外的目的。</p>
    ${
      agency.purposes.some(({ inForce }) => inForce)
        ? html`<form class="card" method="post" action="/console/check">
            ${hiddenFields(reader.csrfToken)} ${matterFields(agency, state)} ${partyFields(agency, state)}
            ${submit("核查")}
          </form>`
        : nothing("本单位目前没有获准的核查事由，请与信用牵头部门联系。")
    }`;
}

/** What is asked for, the same of one party and of many. */
export function matterFields(agency: Agency, state: FormState): Markup {
  return html`${select({
    name: "purpose",
    label: labels.purpose,
    hint: "只列出共享协议中本单位获准的事由。",
    choices: purposeChoices(agency),
    state,
    required: true,
    initial: onlyPurpose(agency),
  })}
  ${field({ name: "caseReference", label: labels.caseReference, hint: "本单位受理编号，不要填写证件号码。", state, required: true, maxlength: 100, width: "medium" })}`;
}

function partyFields(agency: Agency, state: FormState): Markup {
  return html`${field({ name: "subject/name", label: labels["subject/name"], hint: "与证件所载完全一致。", state, required: true, maxlength: 200, width: "medium" })}
    <div class="row">
      ${select({
        name: "subject/document/type",
        label: labels["subject/document/type"],
        choices: choicesOf(documentWords),
        initial: "resident_id",
        state,
        required: true,
      })}
      ${field({ name: "subject/document/number", label: labels["subject/document/number"], state, required: true, maxlength: 40 })}
    </div>
    ${select({
      name: "subject/role",
      label: labels["subject/role"],
      hint: "当事人在本事项中的身份。事由不允许的身份不得核查。",
      choices: roleChoices(agency),
      initial: "self",
      state,
      required: true,
    })}
    <details>
      <summary>护照签发国、曾用名</summary>
      ${field({ name: "subject/document/country", label: labels["subject/document/country"], hint: "只有护照需要，三位字母代码，例如 GBR。", state, maxlength: 3, width: "short" })}
      ${textArea({ name: "subject/formerNames", label: labels["subject/formerNames"], hint: "每行一个，最多五个。", state, rows: 2 })}
    </details>`;
}

function purposeChoices({ purposes }: Agency): Choice[] {
  return purposes.flatMap(({ code, title, inForce }) => (inForce ? { value: code, label: title } : []));
}

function onlyPurpose(agency: Agency): string | undefined {
  const [first, ...others] = purposeChoices(agency);
  return others.length === 0 ? first?.value : undefined;
}

function roleChoices({ purposes }: Agency): Choice[] {
  const roles = new Set(["self", ...purposes.flatMap(({ roles, inForce }) => (inForce ? roles : []))]);
  return choicesOf(partyRoleWords, [...roles]);
}
