// The code that the party is given on paper: asked for beside the listing, and shown once.
import { html } from "hono/html";
import { hiddenFields, type Markup, type Reader, submit, summaryList } from "../../ui/index.ts";

/** The answer's address: a form of the listing's page leads to it. */
export const PARTY_CODE = "party-code";

export function partyCodeForm(listing: string, reader: Reader): Markup {
  return html`<h2>当事人查询码</h2>
    <details>
      <summary>发放查询码</summary>
      <form class="card" method="post" action="/workbench/listings/${listing}/${PARTY_CODE}">
        ${hiddenFields(reader.csrfToken)}
        <p>
          当事人凭查询码和本人证件，可以在网上申请纠正、查询办理情况和谁查询过本人。请先核实当事人身份；本院此前发给该当事人的查询码随即失效。
        </p>
        ${submit("发放查询码", "secondary")}
      </form>
    </details>`;
}

export function partyCodeContent(listing: { id: string; party: { name: string } }, code: string): Markup {
  return html`<h1>当事人查询码</h1>
    <p>请当面交给当事人。发放已记入办理留痕；离开本页后不再显示。</p>
    ${summaryList([
      { label: "当事人", value: listing.party.name },
      { label: "查询码", value: html`<code class="secret">${code}</code>` },
    ])}
    <p><a class="button-secondary" href="/workbench/listings/${listing.id}">返回名单信息</a></p>`;
}
