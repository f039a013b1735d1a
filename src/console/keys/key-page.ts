// The agency's keys and people, for its liaison: issued and revoked, each secret shown once.
import { html } from "hono/html";
import { keyScopeWords } from "../../agencies/words.ts";
import type { getKeys, postKey } from "../../courts/admission/keys/operations.ts";
import { roleWords } from "../../courts/words.ts";
import { type AnswerOf, choices, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nothing, type Reader, select, submit, table, tag } from "../../ui/index.ts";
import { summaryList } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";

export type ApiKeys = AnswerOf<typeof getKeys>["data"];
type ApiKey = ApiKeys[number];

const labels = {
  note: "用途",
  scopes: "权限",
  expiresOn: "截止日期",
  reason: "理由",
  overlapMinutes: "并用时间",
};

const stateTags = { active: tag("有效", "good"), expired: tag("已到期"), revoked: tag("已吊销", "bad") };

export type KeyPlace = {
  path: string;
  /** What the reader may grant; null where they only look on. */
  grantable: readonly string[] | null;
};

export function keysContent(reader: Reader, keys: ApiKeys, place: KeyPlace, state: FormState): Markup {
  return html`${errorSummary(state, labels)}
    <h1>密钥</h1>
    <p>密钥供本单位系统调用接口。窗口控制台的密钥由平台派生，任何人都不持有；吊销后，相应人员不能再使用控制台。</p>
    ${
      keys.length === 0
        ? nothing("还没有密钥。")
        : table(
            "本单位的密钥",
            ["密钥", "用途", "权限", "状态", "签发", "到期", ""],
            keys.map((key) => [
              html`<code>${key.prefix}…</code>`,
              key.note ?? "",
              html`${key.scopes.map((scope) => html`<div>${wordOf(keyScopeWords, scope)}</div>`)}`,
              stateTags[key.state],
              html`${moment(key.createdAt)}<br /><span class="soft">${key.createdBy}</span>`,
              html`${moment(key.revokedAt ?? key.expiresAt)}`,
              place.grantable ? acts(key, place) : "",
            ]),
          )
    }
    ${place.grantable ? html`${renewals(reader, keys, place)} ${newKeyForm(reader, place, state)}` : ""}`;
}

function newKeyForm({ csrfToken }: Reader, { path, grantable }: KeyPlace, state: FormState): Markup {
  return html`<h2>签发密钥</h2>
    <form class="card" method="post" action="${path}">
      ${hiddenFields(csrfToken)}
      ${field({ name: "note", label: labels.note, hint: "由哪个系统使用。", state, required: true, maxlength: 100, width: "medium" })}
      ${choices({
        name: "scopes",
        label: labels.scopes,
        hint: "只选择该系统需要的权限。",
        choices: choicesOf(keyScopeWords, grantable ?? []),
        many: true,
        chosen: ["checks:write", "checks:read"],
        state,
      })}
      ${field({ name: "expiresOn", label: labels.expiresOn, hint: "不填写的，吊销之前一直有效。", type: "date", state, width: "short" })}
      ${submit("签发密钥")}
    </form>`;
}

function acts({ id, state, console: opens, note }: ApiKey, { path }: KeyPlace): Markup {
  const named = html`<span class="unseen">${note ?? id}</span>`;
  const trail = html`<a href="${path}/${id}/audit">办理留痕${named}</a>`;
  if (state !== "active") return trail;
  return html`${trail} ${opens === null ? html`<a href="${path}/${id}/roll">更换${named}</a> ` : ""}<a
      href="${path}/${id}/revoke"
      >吊销${named}</a
    >`;
}

/** A console whose last key was revoked can be opened again. */
function renewals({ csrfToken }: Reader, keys: ApiKeys, { path }: KeyPlace): Markup {
  const closed = (["agency_officer", "agency_liaison"] as const).filter((role) => {
    const own = keys.filter((key) => key.console === role);
    return own.length > 0 && own.every(({ state }) => state !== "active");
  });
  return html`${closed.map(
    (role) =>
      html`<form class="card" method="post" action="${path}/console/${role}">
        ${hiddenFields(csrfToken)}
        <p>${wordOf(roleWords, role)}的窗口控制台已停用。</p>
        ${submit(`重新启用${wordOf(roleWords, role)}的控制台`, "secondary")}
      </form>`,
  )}`;
}

type KeyAct = "roll" | "revoke";
export const isKeyAct = (act: string): act is KeyAct => act === "roll" || act === "revoke";

export type Acting = { key: ApiKey; act: KeyAct; path: string };

export function keyActContent(reader: Reader, { key, act, path }: Acting, state: FormState): Markup {
  const title = act === "roll" ? "更换密钥" : "吊销密钥";
  return html`${errorSummary(state, labels)}
    <h1>${title}</h1>
    ${summaryList([
      { label: "密钥", value: html`<code>${key.prefix}…</code>` },
      { label: labels.note, value: key.note },
    ])}
    <form class="card" method="post" action="${path}/${key.id}/${act}">
      ${hiddenFields(reader.csrfToken)}
      ${
        act === "roll"
          ? html`<p>签发同样权限的新密钥；原密钥在并用时间之后失效。</p>
              ${select({
                name: "overlapMinutes",
                label: labels.overlapMinutes,
                choices: [
                  { value: "0", label: "原密钥立即失效" },
                  { value: "60", label: "一小时" },
                  { value: "1440", label: "一天" },
                  { value: "10080", label: "七天" },
                ],
                initial: "1440",
                state,
                required: true,
              })}`
          : html`<p>吊销后立即失效，不能恢复。</p>
              ${key.console ? html`<p><strong>相应人员将不能使用窗口控制台。</strong></p>` : ""}
              ${field({ name: "reason", label: labels.reason, state, required: true, maxlength: 500 })}`
      }
      ${submit(title, act === "revoke" ? "danger" : "primary")}
    </form>`;
}

export function issuedContent({ key, note }: AnswerOf<typeof postKey>, back: string): Markup {
  return html`<h1>密钥已签发</h1>
    <div class="card result result-good">
      <p>请立即保存。密钥只显示这一次，平台不保存。</p>
      <p><code class="secret">${key}</code></p>
      <p>用途：${note}</p>
    </div>
    <p><a href="${back}">返回密钥列表</a></p>`;
}
