// Every article that the software cites when it acts or refuses has a test that names it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { titlesIn } from "./titles.ts";

const source = join(import.meta.dirname, "../src");
const folders = ["registry", "remedies", "courts"];

const instruments = { listRule: "", limitRule: "limit rule ", enforcementOpinion: "opinion " };
const CITED = /\b(listRule|limitRule|enforcementOpinion)\("第([一二三四五六七八九十]+)条(?:第([一二三])款)?/g;
const NAMED = /(limit rule |opinion |\p{Script=Han}+ )?\barts?\. (\d+)(?: para\. (\d))?/gu;
const DIGITS = "一二三四五六七八九十";

/** 三 is 3, 十 is 10, 十二 is 12. */
function numberOf(text: string): number {
  const values = Array.from(text, (digit) => DIGITS.indexOf(digit) + 1);
  return values.reduce((sum, value) => sum + value);
}

function citedIn(text: string): string[] {
  return Array.from(text.matchAll(CITED), ([, instrument = "", article = "", paragraph]) => {
    const name = `${instruments[instrument as keyof typeof instruments]}art. ${numberOf(article)}`;
    return paragraph === undefined ? name : `${name} para. ${numberOf(paragraph)}`;
  });
}

function namedIn(titles: readonly string[]): Set<string> {
  return new Set(
    titles.flatMap((title) => Array.from(title.matchAll(NAMED), ([name]) => name.replace("arts.", "art."))),
  );
}

const sources = folders.flatMap((folder) =>
  readdirSync(join(source, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(source, folder, name), "utf8")),
);
const cited = new Set(sources.flatMap(citedIn));
const named = namedIn(titlesIn(folders));

test("every article that is cited is named by a test", () => {
  expect(cited.size).toBeGreaterThan(20);
  expect([...cited].filter((article) => !named.has(article)).toSorted((a, b) => a.localeCompare(b))).toEqual([]);
});

test("control: an article is read with its paragraph, and one that no test names is found", () => {
  expect(citedIn('listRule("第十二条第二款"), limitRule("第八条"), enforcementOpinion("第十五条")')).toEqual([
    "art. 12 para. 2",
    "limit rule art. 8",
    "opinion art. 15",
  ]);
  expect(namedIn(["limit rule art. 9: lifted", "publishing (art. 6)", "民事诉讼法 art. 85: fifteen days"])).toEqual(
    new Set(["limit rule art. 9", "art. 6", "民事诉讼法 art. 85"]),
  );
  expect(named.has("limit rule art. 19")).toBe(false);
});
