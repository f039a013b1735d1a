// The form of a draft: the case once, and every party of it; saved as it is typed where the browser runs scripts.
import { html } from "hono/html";
import { documentWords } from "../../identity/words.ts";
import { capacities } from "../../registry/operations.ts";
import { capacityWords } from "../../registry/words.ts";
import { box, choices, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { moment, notification, type Reader, select } from "../../ui/index.ts";
import { choicesOf } from "../../ui/index.ts";
import { groundFields, initiatorChoices, performanceParts, sexChoices } from "../draft-fields-page.ts";
import { type ListingRow, listingTable } from "../listings/list-page.ts";
import { type Fields, partyCount } from "./form-fields.ts";

/** When the form was saved, and as which version. */
export type Saved = { savedAt: string; version: number };

export type FormPage = {
  reader: Reader;
  id: string;
  fields: Fields;
  saved: Saved;
  state: FormState;
  /** What the register knows of the case. */
  known: readonly ListingRow[];
  done: string | null;
};

export function formContent({ reader, id, fields, saved, state, known, done }: FormPage): Markup {
  const count = partyCount(fields);
  const place = `/workbench/drafting/${id}`;
  return html`${errorSummary(state, labelsOf(count))} ${notification(done)}
    <h1>草拟</h1>
    ${known.length === 0 ? "" : listingTable("本案已有的名单信息", known)}
    <form
      id="draft-form"
      method="post"
      action="${place}"
      novalidate
      hx-post="${place}/saving"
      hx-trigger="input delay:1s, change delay:300ms"
      hx-target="#saving"
      hx-swap="innerHTML"
    >
      ${hiddenFields(reader.csrfToken, { count })}
      <button class="unseen" name="do" value="save" tabindex="-1" aria-hidden="true">保存</button>
      ${caseFields(state)} ${Array.from({ length: count }, (_, at) => partyFields({ at, count, state, known }))}
      <div class="row">
        <button class="button-secondary" name="do" value="add">增加一名当事人</button>
        <button class="button-secondary" name="do" value="save">保存</button>
        <button class="button-primary" name="do" value="check">核对</button>
      </div>
    </form>
    <div id="saving" class="soft" role="status" aria-live="polite">${savedLine(saved)}</div>
    <form method="post" action="${place}/discard">
      ${hiddenFields(reader.csrfToken)}<button class="button-plain">放弃本草拟</button>
    </form>`;
}

/** What the browser saves by itself counts only from what was saved last: it may arrive after what its reader sent. */
function savedLine({ savedAt, version }: Saved): Markup {
  return html`<p>已保存：${moment(savedAt)}</p>
    <input type="hidden" name="after" value="${version}" form="draft-form" />`;
}

export type Fault = { pointer: string; detail: string };

/** What is wrong with what has been filled in so far, told while one goes on writing. */
export function savingContent(saved: Saved, faults: readonly Fault[], refusal: string | null, count: number): Markup {
  const labels = labelsOf(count);
  const nameOf = (pointer: string) => pointer.replace(/^#?\//, "");
  return html`${savedLine(saved)} ${refusal ? html`<p class="fault">${refusal}</p>` : ""}
  ${
    faults.length === 0
      ? ""
      : html`<ul>
          ${faults.map(({ pointer, detail }) => {
            const name = nameOf(pointer);
            const label = labels[name];
            return html`<li>
              <a href="#field-${name.replaceAll(/[^\w-]/g, "-")}">${label ? `${label}：` : ""}${detail}</a>
            </li>`;
          })}
        </ul>`
  }`;
}

function caseFields(state: FormState): Markup {
  const text = (name: string, label: string, rest: { hint?: string; required?: boolean } = {}) =>
    field({ name, label, state, maxlength: 200, ...rest });
  const date = (name: string, label: string, required = true) =>
    field({ name, label, type: "date", width: "short", state, required });
  return html`<section class="card">
    <h2>案件</h2>
    ${text("caseNumber", "案号", { hint: "例如 （2026）闽0203执90000001号。", required: true })}
    ${select({ name: "initiatedBy", label: "启动", state, required: true, choices: initiatorChoices })}
    ${date("receivedOn", "收到申请（立项）日期")} ${date("notice/endsOn", "执行通知书指定的履行期间至")}
    ${box({ name: "notice/warned", label: "执行通知书载明了纳入名单的风险提示", state })} ${text("handler", "承办人")}
    ${text("areaName", "省份")} ${text("titleMaker", "作出执行依据单位")} ${text("titleDocument", "执行依据文号")}
    ${date("filedOn", "立案日期", false)}
  </section>`;
}

type PartyPlace = { at: number; count: number; state: FormState; known: readonly ListingRow[] };

function partyFields({ at, count, state, known }: PartyPlace): Markup {
  const prefix = `parties/${at}/`;
  const documents = choicesOf(documentWords);
  return html`<section class="card" aria-labelledby="party-${at}">
    <h2 id="party-${at}">当事人${at + 1}</h2>
    ${field({ name: `${prefix}name`, label: "姓名或者名称", state, required: true, maxlength: 200 })}
    ${select({ name: `${prefix}document/type`, label: "证件类型", state, required: true, choices: documents })}
    ${field({ name: `${prefix}document/number`, label: "证件号码", state, required: true, maxlength: 64, width: "medium" })}
    <div class="row">
      ${field({ name: `${prefix}document/country`, label: "签发国代码", hint: "仅护照填写，例如 KOR。", state, maxlength: 3, width: "short" })}
      ${field({ name: `${prefix}birthDate`, label: "出生日期", hint: "证件号码不含出生日期时填写。", type: "date", state, width: "short" })}
      ${select({ name: `${prefix}sex`, label: "性别", emptySays: "不适用", state, choices: sexChoices })}
    </div>
    ${field({ name: `${prefix}legalRepresentative`, label: "法定代表人或者负责人", hint: "单位填写；不因此被纳入名单。", state, maxlength: 200 })}
    ${performanceParts({ prefix, state })} ${box({ name: `${prefix}performed`, label: "义务已经履行", state })}
    ${choices({
      name: `${prefix}lists`,
      label: "拟采取的措施",
      hint: "纳入失信名单的，应当同时限制消费。",
      many: true,
      state,
      choices: [
        { value: "dishonest", label: "纳入失信被执行人名单" },
        { value: "consumption_limit", label: "限制消费" },
      ],
    })}
    <details ${listsIn(state, prefix).includes("dishonest") ? html`open` : ""}>
      <summary>纳入失信名单的情形和期限</summary>
      ${groundFields({ prefix: `${prefix}listing/`, state })}
    </details>
    <details ${listsIn(state, prefix).includes("consumption_limit") ? html`open` : ""}>
      <summary>限制消费的对象</summary>
      ${limitFields({ at, count, state, known })}
    </details>
    ${count > 1 ? html`<button class="button-plain" name="do" value="remove:${at}">删去当事人${at + 1}</button>` : ""}
  </section>`;
}

const listsIn = ({ values }: FormState, prefix: string) => (values[`${prefix}lists`] ?? "").split("\n");

function limitFields({ at, count, state, known }: PartyPlace): Markup {
  const prefix = `parties/${at}/limit/`;
  const inForm = Array.from({ length: count }, (_, place) => place).filter((place) => place !== at);
  const units = known.filter(({ list, capacity, state: lived }) => {
    return list === "consumption_limit" && capacity === "debtor" && ["decided", "published"].includes(lived);
  });
  return html`${select({
    name: `${prefix}capacity`,
    label: "身份",
    emptySays: "被执行人",
    state,
    choices: choicesOf(capacityWords, capacities),
  })}
  ${select({
    name: `${prefix}unit`,
    label: "因哪一单位被限制",
    hint: "单位的法定代表人、主要负责人、实际控制人、直接责任人员填写。",
    emptySays: "不适用",
    state,
    choices: [
      ...inForm.map((place) => ({ value: `party:${place}`, label: `本表当事人${place + 1}` })),
      ...units.map(({ id, party }) => ({ value: id, label: party.name })),
    ],
  })}`;
}

const members: readonly (readonly [string, string])[] = [
  ["name", "姓名或者名称"],
  ["document/type", "证件类型"],
  ["document/number", "证件号码"],
  ["document/country", "签发国代码"],
  ["birthDate", "出生日期"],
  ["lists", "拟采取的措施"],
  ["listing/grounds", "失信行为情形"],
  ["listing/groundAroseOn", "情形发生日期"],
  ["listing/term/months", "期限（月）"],
  ["limit/unit", "因哪一单位被限制"],
  ["obligation", "生效法律文书确定的义务"],
];

/** Which field a fault is about, where its words do not say. */
function labelsOf(count: number): Record<string, string> {
  const ofParty = (at: number) =>
    members.map(([member, label]): [string, string] => [`parties/${at}/${member}`, `当事人${at + 1}${label}`]);
  const ofCase: [string, string][] = [
    ["caseNumber", "案号"],
    ["initiatedBy", "启动"],
    ["receivedOn", "收到申请（立项）日期"],
    ["notice/endsOn", "执行通知书指定的履行期间"],
  ];
  return Object.fromEntries([...ofCase, ...Array.from({ length: count }, (_, at) => ofParty(at)).flat()]);
}
