// Agencies as the credit authority admits them: the list, the form, and one with its agreement and its purposes.
import { html } from "hono/html";
import { findPurpose, purposeCodes } from "../../agencies/index.ts";
import type { getAgencies, getAgency } from "../../courts/admission/operations.ts";
import { type AnswerOf, choices, day, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, nextPage, nothing, type Reader, select, submit, summaryList, table } from "../../ui/index.ts";
import { tag } from "../../ui/index.ts";

type Agencies = AnswerOf<typeof getAgencies>;
export type Agency = AnswerOf<typeof getAgency>;

const labels = {
  name: "单位名称",
  purposes: "核准的核查事由",
  liaison: "联络员",
  deputyLiaison: "副联络员",
  agreementNumber: "协议编号",
  agreementFrom: "协议生效日期",
  agreementUntil: "协议截止日期",
  parentSystem: "所属系统",
  purpose: "核查事由",
  validFrom: "起始日期",
  validUntil: "截止日期",
  reason: "理由",
};

const purposeChoices = purposeCodes.map((value) => ({ value, label: findPurpose(value)?.title ?? value }));
const stateTag = ({ state }: Agency) => (state === "active" ? tag("正常", "good") : tag("已暂停", "bad"));

export function agenciesContent({ data, nextCursor }: Agencies, mayAdmit: boolean): Markup {
  return html`<h1>共享单位</h1>
    ${mayAdmit ? html`<p><a class="button-primary" href="/authority/agencies/new">接入共享单位</a></p>` : ""}
    ${
      data.length === 0
        ? nothing("还没有共享单位。")
        : table(
            "共享单位",
            ["单位", "状态", "协议截止", "有效事由", ""],
            data.map((agency) => [
              agency.name,
              stateTag(agency),
              day(agency.agreement.until),
              agency.purposes.filter(({ inForce }) => inForce).length,
              html`<a href="/authority/agencies/${agency.id}">查看<span class="unseen">${agency.name}</span></a>`,
            ]),
          )
    }
    ${nextPage("/authority/agencies", {}, nextCursor)}`;
}

export function admissionContent({ csrfToken }: Reader, state: FormState): Markup {
  return html`${errorSummary(state, labels)}
    <h1>接入共享单位</h1>
    <form class="card" method="post" action="/authority/agencies/new">
      ${hiddenFields(csrfToken)}
      ${field({ name: "name", label: labels.name, hint: "机构全称。", state, required: true, maxlength: 200 })}
      ${agreementFields(state)}
      ${choices({
        name: "purposes",
        label: labels.purposes,
        hint: "自协议生效日起有效；每一事由以后可以另定日期。",
        choices: purposeChoices,
        many: true,
        chosen: [],
        state,
      })}
      ${submit("接入")}
    </form>`;
}

function agreementFields(state: FormState, agency?: Agency): Markup {
  return html`<div class="row">
      ${field({ name: "agreementNumber", label: labels.agreementNumber, state, initial: agency?.agreement.number, maxlength: 100 })}
      ${field({ name: "agreementFrom", label: labels.agreementFrom, type: "date", state, initial: agency?.agreement.from })}
      ${field({ name: "agreementUntil", label: labels.agreementUntil, type: "date", state, initial: agency?.agreement.until })}
    </div>
    <div class="row">
      ${field({ name: "liaison", label: labels.liaison, state, initial: agency?.liaison, maxlength: 100 })}
      ${field({ name: "deputyLiaison", label: labels.deputyLiaison, state, initial: agency?.deputyLiaison, maxlength: 100 })}
      ${field({ name: "parentSystem", label: labels.parentSystem, state, initial: agency?.parentSystem, maxlength: 100 })}
    </div>`;
}

/** The forms of one page; the one that was refused keeps what was typed. */
export type AgencyForm = "agreement" | "purpose" | "withdraw" | "suspend" | "resume";

export function agencyContent(reader: Reader, agency: Agency, mayAct: boolean, state: FormState): Markup {
  const { id, name, liaison, deputyLiaison, agreement, parentSystem } = agency;
  const path = `/authority/agencies/${id}`;
  return html`${errorSummary(state, labels)}
    <h1>${name}</h1>
    <p>${stateTag(agency)}</p>
    <p class="no-print">
      <a class="button-secondary" href="${path}/measures">惩戒措施</a>
      <a class="button-secondary" href="${path}/keys">密钥</a>
      <a class="button-secondary" href="${path}/people">人员</a>
      <a class="button-secondary" href="${path}/audit">办理留痕</a>
    </p>
    ${summaryList([
      { label: "单位编号", value: html`<code>${id}</code>` },
      { label: labels.agreementNumber, value: agreement.number },
      { label: labels.agreementFrom, value: day(agreement.from) },
      { label: labels.agreementUntil, value: day(agreement.until) },
      { label: labels.liaison, value: liaison },
      { label: labels.deputyLiaison, value: deputyLiaison },
      { label: labels.parentSystem, value: parentSystem },
    ])}
    <h2>核查事由</h2>
    ${purposesTable(agency)} ${mayAct ? actForms(reader, agency, state) : ""}`;
}

function purposesTable({ purposes }: Agency): Markup {
  if (purposes.length === 0) return nothing("没有核准的事由。");
  return table(
    "核准的核查事由",
    ["事由", "起始", "截止", "状态"],
    purposes.map(({ title, code, validFrom, validUntil, inForce }) => [
      html`${title}<br /><code class="soft">${code}</code>`,
      day(validFrom),
      day(validUntil),
      inForce ? tag("有效", "good") : tag("未生效或者已到期"),
    ]),
  );
}

const of = (state: FormState, form: AgencyForm): FormState =>
  state.form === form ? state : { values: {}, refusal: null, form };

function actForms(reader: Reader, agency: Agency, state: FormState): Markup {
  const path = `/authority/agencies/${agency.id}`;
  const reason = (form: AgencyForm) =>
    field({ name: "reason", label: labels.reason, state: of(state, form), required: true, maxlength: 500 });
  const form = (act: AgencyForm, content: Markup) =>
    html`<form class="card" method="post" action="${path}/${act}">${hiddenFields(reader.csrfToken)} ${content}</form>`;
  const isActive = agency.state === "active";
  const toggle: AgencyForm = isActive ? "suspend" : "resume";
  const held = agency.purposes.map(({ code, title }) => ({ value: code, label: title }));
  return html`<h2>变更</h2>
    <details ${state.form === "purpose" ? html`open` : ""}>
      <summary>核准事由，或者变更其日期</summary>
      ${form(
        "purpose",
        html`${select({ name: "purpose", label: labels.purpose, choices: purposeChoices, state: of(state, "purpose"), required: true })}
          <div class="row">
            ${field({ name: "validFrom", label: labels.validFrom, type: "date", state: of(state, "purpose"), required: true })}
            ${field({ name: "validUntil", label: labels.validUntil, type: "date", state: of(state, "purpose") })}
          </div>
          ${reason("purpose")} ${submit("核准")}`,
      )}
    </details>
    <details ${state.form === "withdraw" ? html`open` : ""}>
      <summary>撤销事由</summary>
      ${form(
        "withdraw",
        html`${select({ name: "purpose", label: labels.purpose, choices: held, state: of(state, "withdraw"), required: true })}
        ${reason("withdraw")} ${submit("撤销事由", "danger")}`,
      )}
    </details>
    <details ${state.form === "agreement" ? html`open` : ""}>
      <summary>变更共享协议</summary>
      ${form("agreement", html`${agreementFields(of(state, "agreement"), agency)} ${reason("agreement")} ${submit("保存")}`)}
    </details>
    <details ${state.form === toggle ? html`open` : ""}>
      <summary>${isActive ? "暂停共享" : "恢复共享"}</summary>
      ${form(toggle, html`${reason(toggle)} ${submit(isActive ? "暂停共享" : "恢复共享", isActive ? "danger" : "primary")}`)}
    </details>`;
}
