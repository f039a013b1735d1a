// A page for every problem code: what `type` of a problem document leads to.
import { html } from "hono/html";
import { AppError } from "../platform/error.ts";
import { newRouter } from "../platform/http.ts";
import {
  fieldCatalogue,
  isProblemCode,
  problemCatalogue,
  type ProblemCode,
  problemOf,
  type Wording,
} from "../platform/problem-catalogue.ts";
import { problemType } from "../platform/problem.ts";
import { type Markup, page, PAGE_HEADERS } from "../ui/index.ts";

export function problemPages({ demonstration }: { demonstration: boolean }) {
  const router = newRouter();
  const list = page({ title: "错误代码", demonstration, content: problemList() });
  router.get("/problems", (c) => c.html(list, 200, PAGE_HEADERS));
  router.get("/problems/:code", (c) => {
    const code = c.req.param("code");
    if (!isProblemCode(code)) throw new AppError("not-found");
    const title = problemOf(code).title.zh;
    return c.html(page({ title, demonstration, content: problemPage(code) }), 200, PAGE_HEADERS);
  });
  return router;
}

function problemList(): Markup {
  const problems = Object.entries(problemCatalogue).map(
    ([code, { status, title }]) =>
      html`<tr>
        <td>${status}</td>
        <td>
          <a href="/problems/${code}"><code>${code}</code></a>
        </td>
        <td>${bothLanguages(title)}</td>
      </tr>`,
  );
  const fields = Object.entries(fieldCatalogue).map(
    ([code, wording]) =>
      html`<tr>
        <td><code>${code}</code></td>
        <td>${bothLanguages(wording)}</td>
      </tr>`,
  );
  return html`<h1>错误代码</h1>
    <p>
      出错时，接口返回 <code>application/problem+json</code>（RFC 9457）。<code>code</code>
      供程序判断，文字供人阅读；任何错误都不表示当事人未列入名单。
    </p>
    ${table(["状态", "代码", "含义"], problems)}
    <h2>字段错误（errors 中的 code）</h2>
    ${table(["代码", "含义"], fields)}`;
}

function table(headings: string[], rows: Markup[]): Markup {
  return html`<div class="table-frame">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function bothLanguages({ zh, en }: Wording): Markup {
  return html`${zh}<br /><span class="soft" lang="en">${en}</span>`;
}

function problemPage(code: ProblemCode): Markup {
  const { status, title, advice } = problemOf(code);
  return html`<h1>${title.zh}</h1>
    <p class="soft" lang="en">${title.en}</p>
    <div class="card">${bothLanguages(advice)}</div>
    <dl>
      <dt>代码</dt>
      <dd><code>${code}</code></dd>
      <dt>HTTP 状态</dt>
      <dd>${status}</dd>
      <dt>type</dt>
      <dd><code>${problemType(code)}</code></dd>
    </dl>
    <p><a href="/problems">全部错误代码</a></p>`;
}
