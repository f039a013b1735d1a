// The frame of the pages that everybody may see: the ways between them, and the foot that sites of the State carry.
import { html } from "hono/html";
import { problemDocument } from "../platform/problem.ts";
import type { FieldFault } from "../platform/error.ts";
import { z } from "../platform/http.ts";
import { demonstrationBanner, documentOf } from "../ui/page.ts";
import { type FormState, type Markup, PAGE_HEADERS, type Refusal } from "../ui/index.ts";

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

/** Of every page about somebody: kept by nobody, and in no search engine. */
export const PRIVATE_HEADERS = {
  ...PAGE_HEADERS,
  "Cache-Control": "no-store",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
  "Content-Language": "zh-CN",
} as const;
export const PUBLIC_HEADERS = { ...PAGE_HEADERS, "Cache-Control": "no-cache", "Content-Language": "zh-CN" } as const;

/** The same on every page of a portal. */
export type Site = { demonstration: boolean; footer: SiteFooter };

export type PortalPage = {
  title: string;
  /** The way that the reader is on. */
  current?: string;
  content: Markup;
  /** Of a table that would be cramped in a column of text. */
  isWide?: boolean;
  /** The address of a module that the page's browser runs. */
  module?: string;
};

const ways = [
  { href: "/", label: "名单查询" },
  { href: "/remedies", label: "纠正与救济" },
  { href: "/who-asked", label: "谁查询过我" },
  { href: "/figures", label: "公开统计" },
  { href: "/verify", label: "验证回执" },
] as const;

const marks: Record<keyof SiteFooter, string> = {
  organiser: "主办单位",
  contact: "联系方式",
  siteCode: "网站标识码",
  icpNumber: "ICP备案号",
  publicSecurityNumber: "公安备案号",
};

export function portalPage(
  { demonstration, footer }: Site,
  { title, current, content, isWide = false, module }: PortalPage,
): Markup {
  // Invented data bears nobody's marks.
  const shown = demonstration ? [] : Object.entries(footer);
  return documentOf({
    title: `${title} · 失信被执行人名单信息公开`,
    language: "zh",
    scheme: "light",
    scripts: module ? html`<script type="module" src="${module}"></script>` : "",
    body: html`<body>
      <a class="skip" href="#content">跳到正文</a>
      ${demonstration ? demonstrationBanner() : ""}
      <header class="masthead">
        <a class="masthead-name" href="/">失信被执行人名单信息公开</a>
        <nav aria-label="主导航">
          ${ways.map(
            ({ href, label }) =>
              html`<a href="${href}" ${href === current ? html`aria-current="page"` : ""}>${label}</a>`,
          )}
        </nav>
      </header>
      <main id="content" class="${isWide ? "wide" : ""}">${content}</main>
      <footer class="foot">
        <p>未查到不等于信用承诺；查询结果仅以查询时点正在公布的名单为准。</p>
        ${
          shown.length > 0
            ? html`<ul class="foot-marks">
                ${shown.map(([name, value]) => html`<li>${marks[name as keyof SiteFooter]}：${value}</li>`)}
              </ul>`
            : ""
        }
        <p><a href="/docs">接口文档</a>　<a href="/problems">错误代码</a>　<a href="/sign-in">工作人员登录</a></p>
      </footer>
    </body>`,
  });
}

/** What was refused, in the words of somebody who fills in a form and knows of no interface. */
export function plainRefusal(refusal: Refusal): Refusal {
  if (refusal.code !== "validation") return refusal;
  const { status, code, errors, retryAfter } = refusal;
  const told = { title: "提交内容有误", detail: "请改正下列各项后重新提交。" };
  return { status, code, retryAfter, ...told, ...(errors && { errors }) };
}

export function plainState(state: FormState): FormState {
  return { ...state, refusal: state.refusal && plainRefusal(state.refusal) };
}

/** The refusal of a form that no operation of the API reads. */
export function refusalOfFaults(faults: readonly FieldFault[]): Refusal {
  return plainRefusal({ ...problemDocument("validation", "zh", [...faults]), retryAfter: null });
}
