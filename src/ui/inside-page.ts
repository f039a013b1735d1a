// The frame of the pages behind the sign-in: who is signed in, the way between the pages of an area, and the way out.
import { html } from "hono/html";
import { hiddenFields } from "./form.ts";
import { shortcutKeys, shortcutModules } from "./shortcut-page.ts";
import { demonstrationBanner, documentOf, type Markup, PAGE_HEADERS } from "./page.ts";

/** Whoever reads a page behind the sign-in. */
export type Reader = {
  /** `acc_…` */
  id: string;
  name: string;
  role: string;
  roleName: string;
  court: string | null;
  agency: string | null;
  csrfToken: string;
};

export type InsidePage = {
  title: string;
  area: { name: string; links: readonly { href: string; label: string }[] };
  reader: Reader;
  demonstration: boolean;
  /** The link that the reader is at. */
  current?: string;
  /** The address of a module that the page's browser runs. */
  module?: string;
  content: Markup;
};

/** What a page behind the sign-in may load: the same, and htmx, which turns answers of ours into elements. */
export const INSIDE_HEADERS = {
  ...PAGE_HEADERS,
  "Content-Security-Policy": PAGE_HEADERS["Content-Security-Policy"].replace(
    "trusted-types 'none'",
    "trusted-types default",
  ),
  "Cache-Control": "no-store",
} as const;

export function insidePage({ title, area, reader, demonstration, current, module, content }: InsidePage): Markup {
  return documentOf({
    title: `${title} · ${area.name}`,
    language: "zh",
    scheme: "light dark",
    head: html`<script type="module" src="/assets/enhance.js"></script>
      <script type="module" src="${shortcutModules().entry}"></script>
      ${module ? html`<script type="module" src="${module}"></script>` : ""}`,
    body: html`<body class="inside">
      <a class="skip" href="#content">跳到正文</a>
      ${demonstration ? demonstrationBanner() : ""}
      <header class="masthead">
        <a class="masthead-name" href="${area.links[0]?.href ?? "/"}">${area.name}</a>
        <div class="masthead-reader">
          <a href="/account">${reader.name}（${reader.roleName}）</a>
          <form method="post" action="/sign-out">
            ${hiddenFields(reader.csrfToken)}<button class="button-plain">退出</button>
          </form>
        </div>
      </header>
      <nav class="area" aria-label="${area.name}">
        ${area.links.map(
          ({ href, label }) =>
            html`<a href="${href}" ${href === current ? html`aria-current="page"` : ""}>${label}</a>`,
        )}
      </nav>
      <main id="content" class="wide">${content}</main>
      <footer class="foot">每次查看、核查与办理均留存记录。</footer>
      ${shortcutKeys()}
    </body>`,
  });
}
