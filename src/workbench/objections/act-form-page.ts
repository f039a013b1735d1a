// The form of each act on an objection. Where a decision is on paper, the same fields print it and take it.
import { html } from "hono/html";
import { servicesOfPapers } from "../../registry/schema.ts";
import { exitReasonWords, groundWords, serviceWords } from "../../registry/words.ts";
import type { getObjection } from "../../remedies/operations.ts";
import { correctionWords, objectionActWords } from "../../remedies/words.ts";
import { box, choices, field, type FormState, hiddenFields, type Markup, type Reader, select } from "../../ui/index.ts";
import { type AnswerOf, submit, textArea } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { reasonField } from "../reason-page.ts";
import { OBJECTIONS } from "./list-page.ts";

export type Objection = AnswerOf<typeof getObjection>;
export type ActForm = { objection: Objection; reader: Reader; state: FormState };

/** Names of fields whose fault does not speak for itself. */
export const fieldLabels: Readonly<Record<string, string>> = {
  reason: "事由",
  reasons: "理由",
  "paper/number": "文号",
  "paper/datedOn": "文书日期",
  servedOn: "送达日期",
  filedOn: "提出日期",
  receivedOn: "收到日期",
  listing: "名单信息编号",
  reasonAroseOn: "事由发生日",
};

const dangers: readonly string[] = ["close", "reject", "reject_reconsideration"];

export function actForm(act: string, { objection, reader, state: given }: ActForm): Markup {
  const isAgain = given.form === act;
  const state: FormState = isAgain ? given : { values: {}, refusal: null, form: act };
  const action = `${OBJECTIONS}/${objection.id}/${act}`;
  const label = wordOf(objectionActWords, act);
  return html`<details class="card act" ${isAgain ? html`open` : ""}>
    <summary>${label}</summary>
    <form method="post" action="${action}">
      ${hiddenFields(reader.csrfToken, { version: objection.version })} ${fieldsOf(act, objection, state)}
      <div class="row">
        ${submit(label, dangers.includes(act) ? "danger" : "primary")}
        ${
          isOnPaper(act)
            ? html`<button class="button-secondary" formaction="${action}/paper" formtarget="_blank">
                打印决定书
              </button>`
            : ""
        }
      </div>
    </form>
  </details>`;
}

export function isOnPaper(act: string): boolean {
  return ["reject", "uphold_reconsideration", "reject_reconsideration"].includes(act);
}

function fieldsOf(act: string, objection: Objection, state: FormState): Markup {
  switch (act) {
    case "verify":
      return html`${field({ name: "listing", label: "名单信息编号", hint: "lst_ 开头的编号，见名单信息页面。", state, required: true, initial: objection.listing, maxlength: 40 })}
      ${dayField("receivedOn", "身份在窗口或者以邮寄方式表明之日", state, "审查期限自次日起计算。")}`;
    case "close":
    case "withdraw":
      return reasonField(state, 1_000);
    case "uphold":
      return html`${correctionFields(objection, state)} ${reasonsField(state)}`;
    case "reject":
    case "reject_reconsideration":
      return html`${paperFields(state)} ${reasonsField(state)}`;
    case "uphold_reconsideration":
      return html`${correctionFields(objection, state)} ${paperFields(state)} ${reasonsField(state)}`;
    case "record_service":
      return html`${dayField("servedOn", "送达日期", state)}
      ${select({ name: "how", label: "送达方式", state, required: true, choices: choicesOf(serviceWords, servicesOfPapers) })}`;
    case "apply_for_reconsideration":
      return html`${dayField("filedOn", "提出日期", state, "邮寄的，以交邮之日为准。")}
      ${dayField("receivedOn", "本院收到日期", state)}`;
    case "correct":
      return carryOutFields(objection, state);
    default:
      return html``;
  }
}

function reasonsField(state: FormState): Markup {
  return textArea({
    name: "reasons",
    label: "理由",
    hint: "写入决定书，请勿填写证件号码。",
    state,
    required: true,
    rows: 6,
    maxlength: 5_000,
  });
}

function dayField(name: string, label: string, state: FormState, hint?: string): Markup {
  return field({ name, label, hint, type: "date", state, required: true, width: "short" });
}

function paperFields(state: FormState): Markup {
  return html`${field({ name: "paper/number", label: "决定书文号", state, required: true, maxlength: 100, width: "medium" })}
  ${dayField("paper/datedOn", "决定书日期", state)}`;
}

/** A limit is lifted, a listing deleted, and what an application says otherwise leaves no choice. */
function correctionFields({ corrections, list }: Objection, state: FormState): Markup {
  const isLimit = list === "consumption_limit";
  const codes = isLimit ? ["performed", "security", "consent", "role_ended", "private"] : deletions;
  const [only] = corrections;
  return html`${choices({ name: "correction/operation", label: "纠正方式", state, initial: only, choices: choicesOf(correctionWords, corrections) })}
  ${
    corrections.some((operation) => operation === "delete" || operation === "lift")
      ? html`${select({ name: isLimit ? "correction/ground" : "correction/ground/code", label: "删除（解除）情形", state, choices: choicesOf(exitReasonWords, codes) })}
        ${isLimit ? "" : searchFields(state)}`
      : ""
  }`;
}

const deletions = ["R1", "R2", "R3", "R4", "R5", "R6", "R7"];

/** Art. 10 para. 1 item 4: at least two searches of property since the procedure was ended. */
function searchFields(state: FormState): Markup {
  return html`${field({ name: "correction/ground/searches", label: "终本后查询财产次数", hint: "仅第四项填写。", type: "number", state, width: "short", inputmode: "numeric" })}
  ${box({ name: "correction/ground/hasLead", label: "有可供执行财产线索（仅第四项）", state })}`;
}

function carryOutFields({ correction }: Objection, state: FormState): Markup {
  if (correction?.operation !== "rectify")
    return html`${field({ name: "reasonAroseOn", label: "事由发生日", hint: "不填写的，为书面申请收到日。", type: "date", state, width: "short" })}
    ${reasonField(state, 1_000)}`;
  const text = (name: string, label: string) => field({ name: `corrections/${name}`, label, state, width: "medium" });
  return html`<p>只填写需要更正的项目。</p>
    ${text("name", "姓名或者名称")}
    ${select({
      name: "corrections/sex",
      label: "性别",
      state,
      choices: [
        { value: "male", label: "男" },
        { value: "female", label: "女" },
      ],
    })}
    ${text("legalRepresentative", "法定代表人或者负责人")} ${text("titleDocument", "执行依据文号")}
    ${text("titleMaker", "作出执行依据的单位")} ${text("obligation", "生效法律文书确定的义务")}
    ${text("performance", "履行情况")} ${text("performedPart", "已履行部分")} ${text("unperformedPart", "未履行部分")}
    ${choices({ name: "corrections/grounds", label: "失信行为具体情形", state, many: true, chosen: [], choices: choicesOf(groundWords, ["G1", "G2", "G3", "G4", "G5", "G6"]) })}
    ${reasonField(state, 1_000)}`;
}
