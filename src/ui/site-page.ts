// The frame of the pages that everybody may see: the ways between them, and the foot that sites of the State carry.
import { html } from "hono/html";
import { z } from "../platform/http.ts";
import type { Language } from "../platform/problem-catalogue.ts";
import { demonstrationBanner, documentOf, type Markup } from "./page.ts";

const mark = z.string().min(1).max(200);

/** What the guide for sites of the State (国办发〔2017〕47号) puts at the foot; each as its office gave it. */
export const SiteFooter = z.strictObject({
  organiser: mark.optional(),
  contact: mark.optional(),
  siteCode: mark.optional(),
  icpNumber: mark.optional(),
  publicSecurityNumber: mark.optional(),
});
export type SiteFooter = z.infer<typeof SiteFooter>;

/** The same on every page that everybody may see. */
export type Site = { demonstration: boolean; footer: SiteFooter };

export type SitePage = {
  title: string;
  /** The way that the reader is on. */
  current?: string;
  content: Markup;
  /** Chinese where a page has no other. */
  language?: Language;
  /** Of a table that would be cramped in a column of text. */
  isWide?: boolean;
  /** The address of a module that the page's browser runs. */
  module?: string;
  /** What the page loads besides, each from here. */
  head?: Markup;
};

const frames = {
  zh: {
    site: "失信被执行人名单信息公开",
    skip: "跳到正文",
    navigation: "主导航",
    ways: {
      "/": "名单查询",
      "/remedies": "纠正与救济",
      "/who-asked": "谁查询过我",
      "/figures": "公开统计",
      "/verify": "验证回执",
    },
    foot: "未查到不等于信用承诺；查询结果仅以查询时点正在公布的名单为准。",
    footWays: { "/docs": "接口文档", "/problems": "错误代码", "/sign-in": "工作人员登录" },
  },
  en: {
    site: "Shixin Register",
    skip: "Skip to the content",
    navigation: "Main navigation",
    ways: {
      "/": "Search",
      "/remedies": "Corrections and remedies",
      "/who-asked": "Who asked about me",
      "/figures": "Open statistics",
      "/verify": "Verify a receipt",
    },
    foot: "Not found is no certificate of credit: an answer is what the list said at the time of the check.",
    footWays: { "/docs": "API", "/problems": "Problems", "/sign-in": "Staff sign-in" },
  },
};

const marks: Record<keyof SiteFooter, string> = {
  organiser: "主办单位",
  contact: "联系方式",
  siteCode: "网站标识码",
  icpNumber: "ICP备案号",
  publicSecurityNumber: "公安备案号",
};

export function sitePage({ demonstration, footer }: Site, given: SitePage): Markup {
  const { title, current, content, language = "zh", isWide = false, module, head = html`` } = given;
  const words = frames[language];
  // Invented data bears nobody's marks.
  const shown = demonstration ? [] : Object.entries(footer);
  return documentOf({
    title: `${title} · ${words.site}`,
    language,
    scheme: "light",
    head: html`${head}${module ? html`<script type="module" src="${module}"></script>` : ""}`,
    body: html`<body>
      <a class="skip" href="#content">${words.skip}</a>
      ${demonstration ? demonstrationBanner() : ""}
      <header class="masthead">
        <a class="masthead-name" href="/">${words.site}</a>
        <nav aria-label="${words.navigation}">
          ${Object.entries(words.ways).map(
            ([href, label]) =>
              html`<a href="${href}" ${href === current ? html`aria-current="page"` : ""}>${label}</a>`,
          )}
        </nav>
      </header>
      <main id="content" class="${isWide ? "wide" : ""}">${content}</main>
      <footer class="foot">
        <p>${words.foot}</p>
        ${
          shown.length > 0
            ? html`<ul class="foot-marks" lang="zh-CN">
                ${shown.map(([name, value]) => html`<li>${marks[name as keyof SiteFooter]}：${value}</li>`)}
              </ul>`
            : ""
        }
        <p>${Object.entries(words.footWays).map(([href, label]) => html`<a href="${href}">${label}</a>　 `)}</p>
      </footer>
    </body>`,
  });
}
