// What a redress code confirms: that a court found that the holder of a document is not the listed party, and no more.
import { html } from "hono/html";
import { documentWords } from "../../identity/words.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import type { Redress } from "../../sanctions/index.ts";
import type { Markup } from "../../ui/index.ts";
import { factList } from "./facts-page.ts";
import { wording } from "./wording.ts";

export function redressResult({ courtName, foundOn, documentKind, ending }: Redress, language: Language): Markup {
  const words = wording[language].redress;
  const facts = [
    [words.court, courtName],
    [words.foundOn, foundOn],
    [words.document, language === "zh" ? documentWords[documentKind] : documentKind],
    [words.ending, ending],
  ];
  return html`<h2>${words.title}</h2>
    <p>${words.known}</p>
    ${factList(facts)}
    <p>${words.limits}</p>`;
}
