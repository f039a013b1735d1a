// The sign-in form, and the first sign-in in two steps: the secret for the app, then the password and a code.
import { html } from "hono/html";
import { emptyForm, errorSummary, field, type FormState, type Markup, submit, summaryList } from "../../ui/index.ts";

const labels = { login: "账号", password: "密码", code: "动态码", enrolmentCode: "启用码" };

export function signInContent(state: FormState, to: string): Markup {
  return html`${errorSummary(state, labels)}
    <h1>登录</h1>
    <p>供法院工作人员、信用牵头部门、考核部门和共享单位经办人使用。</p>
    <form class="card" method="post" action="/sign-in">
      <input type="hidden" name="to" value="${to}" />
      ${field({ name: "login", label: "账号", state, required: true, autocomplete: "username", maxlength: 100 })}
      ${field({ name: "password", label: "密码", type: "password", state, required: true, autocomplete: "current-password", maxlength: 1000 })}
      ${field({
        name: "code",
        label: "动态码或恢复码",
        hint: "身份验证器应用中的六位数字；每个动态码只能使用一次。",
        state: withoutCode(state),
        required: true,
        autocomplete: "one-time-code",
        maxlength: 40,
        width: "short",
      })}
      ${submit("登录")}
    </form>
    <p><a href="/enrol">首次登录：启用账号</a></p>`;
}

/** A code works once: it is typed again. */
function withoutCode({ refusal, values }: FormState): FormState {
  return { refusal, values: { ...values, code: "" } };
}

export function enrolContent(state: FormState): Markup {
  return html`${errorSummary(state, labels)}
    <h1>启用账号</h1>
    <p>启用码由管理员当面交付，七十二小时内有效，只能使用一次。</p>
    <form class="card" method="post" action="/enrol">
      ${field({ name: "enrolmentCode", label: "启用码", state, required: true, maxlength: 60, width: "medium" })}
      ${submit("下一步")}
    </form>`;
}

export type Enrolling = { login: string; name: string; secret: string; uri: string };

export function factorsContent(
  state: FormState,
  { login, name, secret, uri }: Enrolling,
  enrolmentCode: string,
): Markup {
  return html`${errorSummary(state, labels)}
    <h1>设置密码和身份验证器</h1>
    ${summaryList([
      { label: "账号", value: login },
      { label: "姓名", value: name },
      { label: "密钥", value: html`<code>${secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>` },
    ])}
    <p>在身份验证器应用中<a href="${uri}">打开此链接</a>，或者手工输入密钥，再填写应用显示的六位数字。</p>
    <form class="card" method="post" action="/enrol/completion">
      <input type="hidden" name="enrolmentCode" value="${enrolmentCode}" />
      ${field({
        name: "password",
        label: "新密码",
        hint: "至少十二个字符，不要使用常见密码、账号或姓名。",
        type: "password",
        state,
        required: true,
        autocomplete: "new-password",
        maxlength: 1000,
      })}
      ${field({
        name: "code",
        label: "应用显示的六位数字",
        state: { ...emptyForm, refusal: state.refusal },
        required: true,
        inputmode: "numeric",
        autocomplete: "one-time-code",
        maxlength: 6,
        width: "short",
      })}
      ${submit("启用账号")}
    </form>`;
}

/** Shown once, and never again. */
export function recoveryCodesContent(codes: readonly string[], home: string): Markup {
  return html`<h1>恢复码</h1>
    <p>丢失身份验证器时，每个恢复码可以代替动态码使用一次。请打印或者抄录后妥善保管；离开本页后不再显示。</p>
    <ol class="card codes">
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ol>
    <p><a class="button-secondary" href="${home}">已保存，进入平台</a></p>`;
}
