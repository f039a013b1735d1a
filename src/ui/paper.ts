// The frame of every printed paper: one file that needs no other, so that its bytes are what was signed.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { html, raw } from "hono/html";
import { demonstrationBanner } from "./page.ts";

/** Plain text throughout: whatever stands in it is escaped. */
export type Paper = {
  court: string;
  title: string;
  number: string;
  paragraphs: readonly string[];
  /** Who signs, above the court and the day. */
  signatory: string;
  datedOn: string;
};

const style = readFileSync(new URL("paper.css", import.meta.url), "utf8");
/** As a whole: a formatter that breaks the line would change what the policy lets in. */
const styleElement = raw(`<style>${style}</style>`);
const styleHash = createHash("sha256").update(style).digest("base64");

/** Its own stylesheet and nothing else (CSP level 3). */
export const PAPER_HEADERS = {
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`,
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
} as const;

/** The same paper gives the same bytes. */
export async function printPaper(paper: Paper, { demonstration }: { demonstration: boolean }): Promise<string> {
  const { court, title, number, paragraphs, signatory, datedOn } = paper;
  return String(
    await html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <title>${title} ${number}</title>
          ${styleElement}
        </head>
        <body>
          <main>
            ${demonstration ? demonstrationBanner() : ""}
            <h1><span class="court">${court}</span><br />${title}</h1>
            <p class="number">${number}</p>
            ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
            <div class="signed">
              <p>${signatory}</p>
              <p>${court}（印）</p>
              <p><time datetime="${datedOn}">${chineseDay(datedOn)}</time></p>
            </div>
          </main>
        </body>
      </html>`,
  );
}

/** A sheet that no court signs: what it says, and what is left to be filled in by hand. Plain text throughout. */
export type Sheet = { title: string; number: string; paragraphs: readonly string[]; blanks: readonly string[] };

export async function printSheet(sheet: Sheet, { demonstration }: { demonstration: boolean }): Promise<string> {
  const { title, number, paragraphs, blanks } = sheet;
  return String(
    await html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
          ${styleElement}
        </head>
        <body>
          <main>
            ${demonstration ? demonstrationBanner() : ""}
            <h1>${title}</h1>
            <p class="number">${number}</p>
            ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
            <div class="blanks">${blanks.map((blank) => html`<p>${blank}</p>`)}</div>
          </main>
        </body>
      </html>`,
  );
}

const DIGITS = "〇一二三四五六七八九";

/** 二〇二六年十一月二十三日 */
export function chineseDay(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const years = Array.from(year, (digit) => DIGITS[Number(digit)]).join("");
  return `${years}年${chineseNumber(Number(month))}月${chineseNumber(Number(day))}日`;
}

/** From 1 to 99. */
function chineseNumber(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = value % 10 === 0 && tens > 0 ? "" : (DIGITS[value % 10] ?? "");
  return `${tens > 1 ? DIGITS[tens] : ""}${tens > 0 ? "十" : ""}${ones}`;
}
