// The accounts of a court: who has one, who enrols, and the president's written authority to a judge.
import { html } from "hono/html";
import type { createStaffOperation, listStaffOperation } from "../../courts/accounts/operations.ts";
import { staffRoles } from "../../courts/index.ts";
import { roleWords } from "../../courts/words.ts";
import { type AnswerOf, day, emptyForm, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, nextPage, nothing, notification, type Reader, select, submit } from "../../ui/index.ts";
import { summaryList, table, tag, type Tone } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { reasonField } from "../reason-page.ts";

export const STAFF = "/workbench/staff";

type Staff = AnswerOf<typeof listStaffOperation>;
export type Account = Staff["data"][number];
export type Enrolling = AnswerOf<typeof createStaffOperation>;

export const staffDoneWords: Readonly<Record<string, string>> = {
  disabled: "账号已停用，其登录已全部失效。",
  delegated: "授权已登记。",
};

const labels = {
  login: "账号",
  name: "姓名",
  role: "角色",
  reason: "事由",
  from: "起",
  until: "止",
  document: "授权书文号",
};
const states: Readonly<Record<string, readonly [string, Tone]>> = {
  to_enrol: ["待启用", "warn"],
  active: ["使用中", "good"],
  disabled: ["已停用", "plain"],
};

export type StaffPage = { page: Staff; reader: Reader; state: FormState; done: string | null };

export function staffContent({ page, reader, state, done }: StaffPage): Markup {
  const isAdministrator = reader.role === "security_admin";
  return html`${errorSummary(state, labels)} ${notification(done)}
    <h1>人员账号</h1>
    ${
      page.data.length === 0
        ? nothing("还没有人员账号。")
        : table(
            "本院及下级法院的人员账号",
            ["账号", "姓名", "角色", "法院", "授权", "状态", "办理"],
            page.data.map((account) => [
              account.login,
              account.name,
              wordOf(roleWords, account.role),
              account.court,
              account.delegation &&
                html`${day(account.delegation.from)}至${day(account.delegation.until)}<br />${account.delegation.document}`,
              stateTag(account),
              html`<a href="${STAFF}/${account.id}/audit">办理留痕<span class="unseen">${account.name}</span></a>
                ${acts(account, reader, state)}`,
            ]),
          )
    }
    ${nextPage(STAFF, {}, page.nextCursor)} ${isAdministrator ? newAccountForm(reader, state) : ""}`;
}

function stateTag({ state }: Account): Markup {
  const [words, tone] = states[state] ?? [state, "plain"];
  return tag(words, tone);
}

/** Those of the reader's own court: of courts below it nobody here decides. */
function acts(account: Account, reader: Reader, state: FormState): Markup | null {
  if (account.court !== reader.court || account.state === "disabled") return null;
  if (reader.role === "security_admin" && account.id !== reader.id)
    return html`${reasonedForm(account, reader, { act: "reset", label: "重置", given: state })}
    ${reasonedForm(account, reader, { act: "disable", label: "停用", given: state })}`;
  if (reader.role === "president" && account.role === "judge") return delegationForm(account, reader, state);
  return null;
}

type ReasonedAct = { act: "reset" | "disable"; label: string; given: FormState };

function reasonedForm({ id, name }: Account, reader: Reader, { act, label, given }: ReasonedAct): Markup {
  const form = `${act}-${id}`;
  const isAgain = given.form === form;
  const state = isAgain ? given : { ...emptyForm, form };
  return html`<details class="act" ${isAgain ? html`open` : ""}>
    <summary>${label}<span class="unseen">${name}</span></summary>
    <form method="post" action="${STAFF}/${id}/${act}">
      ${hiddenFields(reader.csrfToken)} ${reasonField(state, 500)}
      ${submit(label, act === "disable" ? "danger" : "secondary")}
    </form>
  </details>`;
}

function delegationForm({ id, name }: Account, reader: Reader, given: FormState): Markup {
  const form = `delegation-${id}`;
  const isAgain = given.form === form;
  const state = isAgain ? given : { ...emptyForm, form };
  return html`<details class="act" ${isAgain ? html`open` : ""}>
    <summary>院长授权<span class="unseen">${name}</span></summary>
    <form method="post" action="${STAFF}/${id}/delegation">
      ${hiddenFields(reader.csrfToken)}
      ${field({ name: "from", label: "自", type: "date", state, required: true, width: "short" })}
      ${field({ name: "until", label: "至", type: "date", state, required: true, width: "short" })}
      ${field({ name: "document", label: "授权书文号", state, required: true, maxlength: 200 })} ${submit("授权")}
    </form>
  </details>`;
}

function newAccountForm(reader: Reader, given: FormState): Markup {
  const state = given.form === "create" ? given : { ...emptyForm, form: "create" };
  return html`<h2>新增账号</h2>
    <form class="card" method="post" action="${STAFF}">
      ${hiddenFields(reader.csrfToken)}
      ${field({ name: "login", label: "账号", state, required: true, maxlength: 100, width: "medium" })}
      ${field({ name: "name", label: "姓名", state, required: true, maxlength: 200, width: "medium" })}
      ${select({ name: "role", label: "角色", state, required: true, choices: choicesOf(roleWords, staffRoles) })}
      ${submit("新增账号")}
    </form>`;
}

/** The code is in this answer and nowhere else. */
export function enrolmentContent({ account, enrolmentCode }: Enrolling): Markup {
  return html`<h1>启用码</h1>
    <div class="card result result-warn" role="status">
      <p>请当面交付本人。启用码七十二小时内有效，只能使用一次；离开本页后不再显示。</p>
      ${summaryList([
        { label: "账号", value: account.login },
        { label: "姓名", value: account.name },
        { label: "启用码", value: html`<code>${enrolmentCode}</code>` },
      ])}
    </div>
    <p><a class="button-secondary" href="${STAFF}">返回人员账号</a></p>`;
}
