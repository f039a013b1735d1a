// The document that every page is: Chinese or English, server-rendered, one stylesheet, nothing from elsewhere.
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

const languageTags = { zh: "zh-CN", en: "en" } as const;

type DocumentOptions = {
  title: string;
  language: Language;
  /** `light dark` follows the reader's system. */
  scheme: "light" | "light dark";
  /** What it loads besides: scripts, and stylesheets of parts that are not ours. */
  head: Markup | "";
  body: Markup;
};

export function documentOf({ title, language, scheme, head, body }: DocumentOptions): Markup {
  return html`<!doctype html>
    <html lang="${languageTags[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="${scheme}" />
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="stylesheet" href="/assets/banner.css" />
        ${head}
      </head>
      ${body}
    </html>`;
}

/** On every page of a register of invented data. */
export function demonstrationBanner(): Markup {
  return html`<aside class="demonstration" aria-label="演示数据">演示数据，均为虚构</aside>`;
}
