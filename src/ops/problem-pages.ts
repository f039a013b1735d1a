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
import { type Markup, PAGE_HEADERS, type Site, sitePage, summaryList, table } from "../ui/index.ts";

export function problemPages(site: Site) {
  const router = newRouter();
  const list = sitePage(site, { title: "错误代码", content: problemList(), isWide: true });
  router.get("/problems", (c) => c.html(list, 200, PAGE_HEADERS));
  router.get("/problems/:code", (c) => {
    const code = c.req.param("code");
    if (!isProblemCode(code)) throw new AppError("not-found");
    const title = problemOf(code).title.zh;
    return c.html(sitePage(site, { title, content: problemPage(code) }), 200, PAGE_HEADERS);
  });
  return router;
}

function problemList(): Markup {
  const problems = Object.entries(problemCatalogue).map(([code, { status, title }]) => [
    status,
    html`<a href="/problems/${code}"><code>${code}</code></a>`,
    bothLanguages(title),
  ]);
  const fields = Object.entries(fieldCatalogue).map(([code, wording]) => [
    html`<code>${code}</code>`,
    bothLanguages(wording),
  ]);
  return html`<h1>错误代码</h1>
    <p>
      出错时，接口返回 <code>application/problem+json</code>（RFC 9457）。<code>code</code>
      供程序判断，文字供人阅读；任何错误都不表示当事人未列入名单。
    </p>
    ${table("错误代码", ["状态", "代码", "含义"], problems)}
    <h2>字段错误</h2>
    ${table("字段错误（errors 中的 code）", ["代码", "含义"], fields)}`;
}

function bothLanguages({ zh, en }: Wording): Markup {
  return html`${zh}<br /><span class="soft" lang="en">${en}</span>`;
}

function problemPage(code: ProblemCode): Markup {
  const { status, title, advice } = problemOf(code);
  return html`<h1>${title.zh}</h1>
    <p class="soft" lang="en">${title.en}</p>
    <div class="card">${bothLanguages(advice)}</div>
    ${summaryList([
      { label: "代码", value: html`<code>${code}</code>` },
      { label: "HTTP 状态", value: status },
      { label: "type", value: html`<code>${problemType(code)}</code>` },
    ])}
    <p><a href="/problems">全部错误代码</a></p>`;
}
