// Which of our two languages a caller reads: Chinese unless Accept-Language (RFC 9110 §12.5.4) ranks English higher.
import type { Language } from "./problem-catalogue.ts";

/** Header values beyond this length are not looked at: nobody lists that many languages. */
const HEADER_LENGTH_MAX = 256;

export function languageOf(acceptLanguage: string | undefined): Language {
  if (!acceptLanguage || acceptLanguage.length > HEADER_LENGTH_MAX) return "zh";
  let best: { language: Language; quality: number } = { language: "zh", quality: 0 };
  for (const range of acceptLanguage.split(",")) {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const language = tag === "*" || tag.startsWith("zh") ? "zh" : tag.startsWith("en") ? "en" : null;
    const weight = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
    const quality = weight === undefined ? 1 : Number(weight);
    if (language && quality > best.quality) best = { language, quality };
  }
  return best.language;
}
