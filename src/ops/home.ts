// The front page: where an agency's developer begins.
import { html } from "hono/html";
import { newRouter } from "../platform/http.ts";
import { page, PAGE_HEADERS } from "../ui/index.ts";

export function homePage({ demonstration }: { demonstration: boolean }) {
  const router = newRouter();
  const content = html`<h1>失信被执行人名单核查平台</h1>
    <p>办理事项之前，先核查当事人是否列入失信被执行人名单；每次核查先留存记录，再作答复。</p>
    <div class="card">
      <h2>一次核查的三种结果</h2>
      <ul>
        <li><strong>listed</strong>　命中（列入名单）：证件号码与姓名（名称）一致。</li>
        <li><strong>review</strong>　待核实（不得据此实施惩戒）：号码一致而姓名不一致，或号码部分隐去。</li>
        <li><strong>clear</strong>　未查到有效名单信息（以所提供证件、截至查询时点）。</li>
      </ul>
      <p class="soft">无法核查时返回错误，不属于上述任何一种，不代表未列入名单。</p>
    </div>
    <p>
      <a href="/verify">验证回执与凭证</a>　<a href="/docs">接口文档</a>　<a href="/problems">错误代码</a>　<a
        href="/openapi.json"
        >OpenAPI 3.1</a
      >
    </p>`;
  router.get("/", (c) => c.html(page({ title: "首页", demonstration, content }), 200, PAGE_HEADERS));
  return router;
}
