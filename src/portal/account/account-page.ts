// One's own account: where one is signed in, another password, other recovery codes.
import { html } from "hono/html";
import type { listSessionsOperation } from "../../courts/accounts/operations.ts";
import type { AnswerOf } from "../../ui/index.ts";
import { errorSummary, field, type FormState, hiddenFields, type Markup, moment, type Reader } from "../../ui/index.ts";
import { shortcutSwitch, submit, summaryList, table, tag } from "../../ui/index.ts";
import { type SecurityKeys, securityKeysContent } from "./security-key-page.ts";

type Sessions = AnswerOf<typeof listSessionsOperation>["data"];
/** A form of the page: that of a key's removal bears the key's id. */
export type AccountForm = "password" | "recovery-codes" | "security-key" | `hwk_${string}`;

const labels = { password: "当前密码", newPassword: "新密码", code: "动态码", name: "名称" };

export function accountContent(
  reader: Reader,
  { sessions, keys }: { sessions: Sessions; keys: SecurityKeys },
  given: { form: AccountForm | null; state: FormState },
): Markup {
  const stateOf = (form: AccountForm): FormState => ({
    values: {},
    refusal: given.form === form ? given.state.refusal : null,
    form,
  });
  const { form, state } = given;
  return html`${errorSummary(form ? { ...state, form } : state, labels)}
    <h1>本人账号</h1>
    ${summaryList([
      { label: "姓名", value: reader.name },
      { label: "角色", value: reader.roleName },
      { label: "单位", value: reader.court ?? reader.agency },
    ])}
    <h2>登录记录</h2>
    ${table(
      "目前有效的登录",
      ["开始", "最近使用", "浏览器", ""],
      sessions.map((session) => [
        moment(session.createdAt),
        moment(session.lastSeenAt),
        html`<span class="soft">${session.userAgent}</span>`,
        session.current ? tag("当前", "info") : endForm(reader, session.id),
      ]),
    )}
    <h2>修改密码</h2>
    <p>修改后，本账号的其他登录立即失效。</p>
    <form class="card" method="post" action="/account/password">
      ${hiddenFields(reader.csrfToken)} ${factors(stateOf("password"))}
      ${field({
        name: "newPassword",
        label: "新密码",
        hint: "至少十二个字符，不要使用常见密码、账号或姓名。",
        type: "password",
        state: stateOf("password"),
        required: true,
        autocomplete: "new-password",
        maxlength: 1000,
      })}
      ${submit("修改密码")}
    </form>
    <h2>更换恢复码</h2>
    <p>原有恢复码全部失效。</p>
    <form class="card" method="post" action="/account/recovery-codes">
      ${hiddenFields(reader.csrfToken)} ${factors(stateOf("recovery-codes"))} ${submit("更换恢复码", "secondary")}
    </form>
    ${securityKeysContent(reader, keys, {
      added: stateOf("security-key"),
      removed: (id) => stateOf(id as AccountForm),
      factors,
    })}
    ${shortcutSwitch()}`;
}

function factors(state: FormState): Markup {
  return html`${field({ name: "password", label: "当前密码", type: "password", state, required: true, autocomplete: "current-password", maxlength: 1000 })}
  ${field({ name: "code", label: "动态码", state, required: true, autocomplete: "one-time-code", maxlength: 40, width: "short" })}`;
}

function endForm({ csrfToken }: Reader, id: string): Markup {
  return html`<form method="post" action="/account/sessions/${id}/end">
    ${hiddenFields(csrfToken)}<button class="button-plain">结束</button>
  </form>`;
}
