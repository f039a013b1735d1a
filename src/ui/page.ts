// The frame of every page: Chinese or English, server-rendered, one stylesheet, nothing from elsewhere.
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Language } from "../platform/problem-catalogue.ts";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Nothing inline, nothing from another host, and no text that becomes markup in a script (CSP level 3). */
export const PAGE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

export type PageOptions = {
  title: string;
  /** On a register of invented data every page says so. */
  demonstration: boolean;
  content: Markup;
  /** Chinese where a page has no other. */
  language?: Language;
  /** The address of a module that the page's browser runs. */
  module?: string;
};

const frames = {
  zh: {
    lang: "zh-CN",
    site: "失信被执行人名单核查平台",
    skip: "跳到正文",
    navigation: "主导航",
    verify: "验证回执",
    documentation: "接口文档",
    problems: "错误代码",
    health: "运行状态",
    foot: "未查到不等于信用承诺；核查结果仅以查询时点的名单为准。",
  },
  en: {
    lang: "en",
    site: "Shixin Register",
    skip: "Skip to the content",
    navigation: "Main navigation",
    verify: "Verify a receipt",
    documentation: "API",
    problems: "Problems",
    health: "Status",
    foot: "Not found is no certificate of credit: an answer is what the list said at the time of the check.",
  },
};

export function page({ title, demonstration, content, language = "zh", module }: PageOptions): Markup {
  const words = frames[language];
  return documentOf({
    title: `${title} · ${words.site}`,
    language,
    scheme: "light",
    scripts: module ? html`<script type="module" src="${module}"></script>` : "",
    body: html`<body>
      <a class="skip" href="#content">${words.skip}</a>
      ${demonstration ? demonstrationBanner() : ""}
      <header class="masthead">
        <a class="masthead-name" href="/">${words.site}</a>
        <nav aria-label="${words.navigation}">
          <a href="/verify">${words.verify}</a><a href="/docs">${words.documentation}</a
          ><a href="/problems">${words.problems}</a><a href="/readyz?verbose">${words.health}</a>
        </nav>
      </header>
      <main id="content">${content}</main>
      <footer class="foot">${words.foot}</footer>
    </body>`,
  });
}

type DocumentOptions = {
  title: string;
  language: Language;
  /** `light dark` follows the reader's system. */
  scheme: "light" | "light dark";
  scripts: Markup | "";
  body: Markup;
};

export function documentOf({ title, language, scheme, scripts, body }: DocumentOptions): Markup {
  return html`<!doctype html>
    <html lang="${frames[language].lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="${scheme}" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="stylesheet" href="/assets/banner.css" />
        ${scripts}
      </head>
      ${body}
    </html>`;
}

/** On every page of a register of invented data. */
export function demonstrationBanner(): Markup {
  return html`<aside class="demonstration" aria-label="演示数据">演示数据，均为虚构</aside>`;
}
