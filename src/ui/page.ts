// The frame of every page: Chinese, server-rendered, one stylesheet, nothing from elsewhere.
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Nothing inline and nothing from another host (CSP level 3). */
export const PAGE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

export type PageOptions = {
  title: string;
  /** On a register of invented data every page says so. */
  demonstration: boolean;
  content: Markup;
};

export function page({ title, demonstration, content }: PageOptions): Markup {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${title} · 失信被执行人名单核查平台</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="stylesheet" href="/assets/banner.css" />
      </head>
      <body>
        <a class="skip" href="#content">跳到正文</a>
        ${demonstration ? demonstrationBanner() : ""}
        <header class="masthead">
          <a class="masthead-name" href="/">失信被执行人名单核查平台</a>
          <nav aria-label="主导航">
            <a href="/docs">接口文档</a><a href="/problems">错误代码</a><a href="/readyz?verbose">运行状态</a>
          </nav>
        </header>
        <main id="content">${content}</main>
        <footer class="foot">未查到不等于信用承诺；核查结果仅以查询时点的名单为准。</footer>
      </body>
    </html>`;
}

/** On every page of a register of invented data. */
export function demonstrationBanner(): Markup {
  return html`<p class="demonstration" role="note">演示数据，均为虚构</p>`;
}
