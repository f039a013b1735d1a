// A page for every problem code: what `type` of a problem document leads to.
import { html } from "hono/html";
import { AppError } from "../platform/error.ts";
import { newRouter } from "../platform/http.ts";
import { fieldCatalogue, isProblemCode, problemCatalogue, problemOf } from "../platform/problem-catalogue.ts";
import { page, PAGE_HEADERS } from "../ui/index.ts";

export function problemPages({ demonstration }: { demonstration: boolean }) {
  const router = newRouter();

  router.get("/problems", (c) => {
    const rows = Object.entries(problemCatalogue).map(
      ([code, { status, title }]) =>
        html`<tr>
          <td>${status}</td>
          <td>
            <a href="/problems/${code}"><code>${code}</code></a>
          </td>
          <td>${title.zh}<br /><span class="soft" lang="en">${title.en}</span></td>
        </tr>`,
    );
    const fields = Object.entries(fieldCatalogue).map(
      ([code, wording]) =>
        html`<tr>
          <td><code>${code}</code></td>
          <td>${wording.zh}<br /><span class="soft" lang="en">${wording.en}</span></td>
        </tr>`,
    );
    const content = html`<h1>错误代码</h1>
      <p>
        出错时，接口返回 <code>application/problem+json</code>（RFC 9457）。<code>code</code> 供程序判断，文字供人阅读；
        任何错误都不表示当事人未列入名单。
      </p>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th>状态</th>
              <th>代码</th>
              <th>含义</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      <h2>字段错误（errors 中的 code）</h2>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th>代码</th>
              <th>含义</th>
            </tr>
          </thead>
          <tbody>
            ${fields}
          </tbody>
        </table>
      </div>`;
    return c.html(page({ title: "错误代码", demonstration, content }), 200, PAGE_HEADERS);
  });

  router.get("/problems/:code", (c) => {
    const code = c.req.param("code");
    if (!isProblemCode(code)) throw new AppError("not-found");
    const { status, title, advice, type } = problemOf(code);
    const content = html`<h1>${title.zh}</h1>
      <p class="soft" lang="en">${title.en}</p>
      <div class="card">
        <p>${advice.zh}</p>
        <p class="soft" lang="en">${advice.en}</p>
      </div>
      <dl>
        <dt>代码</dt>
        <dd><code>${code}</code></dd>
        <dt>HTTP 状态</dt>
        <dd>${status}</dd>
        <dt>type</dt>
        <dd><code>${type ?? `/problems/${code}`}</code></dd>
      </dl>
      <p><a href="/problems">全部错误代码</a></p>`;
    return c.html(page({ title: title.zh, demonstration, content }), 200, PAGE_HEADERS);
  });

  return router;
}
