// The part of a form that asks a security key, and the keys of one's own account. Without a script it is not shown.
import { html } from "hono/html";
import type { listSecurityKeysOperation } from "../../courts/accounts/security-keys/operations.ts";
import { type AnswerOf, field, type FormState, hiddenFields, type Markup, moment, nothing } from "../../ui/index.ts";
import { type Reader, table } from "../../ui/index.ts";

export type SecurityKeys = AnswerOf<typeof listSecurityKeysOperation>["data"];

/** `name` is the field that takes what the key says. */
export function securityKeyPart(act: "get" | "create", name: string, label: string): Markup {
  return html`<div data-security-key="${act}" hidden>
    <input type="hidden" name="${name}" value="" />
    <button type="button" class="button-secondary">${label}</button>
    <p role="status" class="soft" data-failed="没有从安全密钥得到答复，请重试，或者使用动态码。"></p>
  </div>`;
}

export function securityKeysContent(
  { csrfToken }: Reader,
  keys: SecurityKeys,
  {
    added,
    removed,
    factors,
  }: { added: FormState; removed: (id: string) => FormState; factors: (state: FormState) => Markup },
): Markup {
  return html`<h2>安全密钥</h2>
    <p>登录时，安全密钥可以代替动态码。登记和移除须再次验证密码和动态码。</p>
    ${
      keys.length === 0
        ? nothing("没有登记安全密钥。")
        : table(
            "本账号的安全密钥",
            ["名称", "登记时间", "最近使用", "移除"],
            keys.map(({ id, name, createdAt, lastUsedAt }) => [
              name,
              moment(createdAt),
              moment(lastUsedAt),
              html`<details class="act">
                <summary>移除<span class="unseen">${name}</span></summary>
                <form method="post" action="/account/security-keys/${id}/removal">
                  ${hiddenFields(csrfToken)} ${factors(removed(id))} <button class="button-danger">移除</button>
                </form>
              </details>`,
            ]),
          )
    }
    <h3>登记新的安全密钥</h3>
    <noscript><p>登记安全密钥需要启用脚本。</p></noscript>
    <form class="card" method="post" action="/account/security-keys">
      ${hiddenFields(csrfToken)}
      ${field({ name: "name", label: "新密钥的名称", state: added, required: true, maxlength: 40, width: "medium" })}
      ${factors(added)} ${securityKeyPart("create", "credential", "登记安全密钥")}
    </form>`;
}
