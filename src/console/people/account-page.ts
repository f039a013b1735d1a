// The people of an agency: their accounts, and the code of a first sign-in, shown once.
import { html } from "hono/html";
import type { getAccounts, postAccount } from "../../courts/admission/accounts/operations.ts";
import { roleWords } from "../../courts/words.ts";
import { type AnswerOf, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { choicesOf, nothing, type Reader, select, submit, table, tag, wordOf } from "../../ui/index.ts";

export type Accounts = AnswerOf<typeof getAccounts>["data"];

const labels = { login: "账号", name: "姓名", role: "角色", reason: "理由" };
const stateTags = { to_enrol: tag("待启用", "warn"), active: tag("在用", "good"), disabled: tag("已停用") };

/** The people of an agency; `path` is the address of the page, and `roles` are those that its reader may create. */
export function accountsContent(
  reader: Reader,
  accounts: Accounts,
  { path, roles }: { path: string; roles: readonly string[] },
  state: FormState,
): Markup {
  const mayAct = (account: Accounts[number]) => account.state !== "disabled" && roles.includes(account.role);
  return html`${errorSummary(state, labels)}
    <h1>人员</h1>
    ${
      accounts.length === 0
        ? nothing("还没有账号。")
        : table(
            "人员账号",
            ["账号", "姓名", "角色", "状态", ""],
            accounts.map((account) => [
              account.login,
              account.name,
              wordOf(roleWords, account.role),
              stateTags[account.state],
              html`<a href="${path}/${account.id}/audit">办理留痕<span class="unseen">${account.login}</span></a> ${
                  mayAct(account)
                    ? html`<details>
                        <summary>停用或者重置<span class="unseen">${account.login}</span></summary>
                        ${accountAct(reader, `${path}/${account.id}/disable`, "停用", account.login)}
                        ${accountAct(reader, `${path}/${account.id}/reset`, "重置", account.login)}
                      </details>`
                    : ""
                }`,
            ]),
          )
    }
    ${
      roles.length === 0
        ? ""
        : html`<h2>新增账号</h2>
            <form class="card" method="post" action="${path}">
              ${hiddenFields(reader.csrfToken)}
              <div class="row">
                ${field({ name: "login", label: labels.login, hint: "工号等，小写字母和数字。", state, required: true, maxlength: 40 })}
                ${field({ name: "name", label: labels.name, state, required: true, maxlength: 60 })}
                ${select({ name: "role", label: "角色", choices: choicesOf(roleWords, roles), initial: roles[0], state, required: true })}
              </div>
              ${submit("新增账号", "secondary")}
            </form>`
    }`;
}

function accountAct({ csrfToken }: Reader, action: string, label: string, login: string): Markup {
  const state = { values: {}, refusal: null, form: `${label}-${login}` };
  return html`<form method="post" action="${action}">
    ${hiddenFields(csrfToken)} ${field({ name: "reason", label: `${label}的理由`, state, required: true })}
    ${submit(label, "secondary")}
  </form>`;
}

export function enrollingContent({ account, enrolmentCode }: AnswerOf<typeof postAccount>, back: string): Markup {
  return html`<h1>账号待启用</h1>
    <div class="card result result-good">
      <p>请将启用码当面交给${account.name}（${account.login}）。启用码只显示这一次，七十二小时内有效。</p>
      <p><code class="secret">${enrolmentCode}</code></p>
      <p>本人在 <a href="/enrol">启用账号</a> 页设置密码和身份验证器。</p>
    </div>
    <p><a href="${back}">返回</a></p>`;
}
