// The page between a search and its answer where there were many searches: nothing to see and nothing to type.
import { html } from "hono/html";
import { type Markup, submit } from "../../ui/index.ts";
import type { Challenge } from "../gate/challenge.ts";
import type { SearchValues } from "./search-form.ts";

export function challengeContent(values: SearchValues, cursor: string, challenge: Challenge): Markup {
  const { ticket, bits, waitSeconds } = challenge;
  const fields = { ...values, cursor, ticket };
  return html`<h1>请稍候</h1>
    <form
      class="card"
      method="post"
      action="/search"
      data-ticket="${ticket}"
      data-bits="${bits}"
      data-busy="正在由浏览器自动完成访问验证，请稍候……"
    >
      <p>来自您所在网络的查询较多。为防止批量采集，继续查询前需要短暂验证，不需要辨认图形，也不需要输入内容。</p>
      <p id="challenge-state" role="status">请等待 ${waitSeconds} 秒，然后按“继续查询”。</p>
      ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <input type="hidden" id="challenge-solution" name="solution" value="" />
      ${submit("继续查询")}
    </form>`;
}
