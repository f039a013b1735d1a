// Papers printed together: one document, in which each begins a page and says word for word what it says alone.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { html, raw } from "hono/html";
import { PAPER_HEADERS } from "./paper.ts";

const style = ["paper.css", "sheaf.css"].map((name) => readFileSync(new URL(name, import.meta.url), "utf8")).join("");
const styleHash = createHash("sha256").update(style).digest("base64");

export const SHEAF_HEADERS = {
  ...PAPER_HEADERS,
  "Content-Security-Policy": PAPER_HEADERS["Content-Security-Policy"].replace(
    /style-src '[^']+'/,
    `style-src 'sha256-${styleHash}'`,
  ),
} as const;

/** `papers` are whole documents of `printPaper`, which has escaped what stands in them. */
export async function bindPapers(title: string, papers: readonly string[]): Promise<string> {
  return String(
    await html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
          ${raw(`<style>${style}</style>`)}
        </head>
        <body>
          <main>${papers.map((paper) => html`<section class="paper">${raw(bodyOf(paper))}</section>`)}</main>
        </body>
      </html>`,
  );
}

function bodyOf(paper: string): string {
  const [, body] = /<main>([^]*)<\/main>/.exec(paper) ?? [];
  if (body === undefined) throw new Error("a paper has no main part");
  return body;
}
