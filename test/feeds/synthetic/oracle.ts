// A second opinion on what checks must answer: a book of the rows in memory, read without the generator's knowledge.
import { detectDocumentKinds, nameKey, parseMaskedNumber, parseDocument } from "../../../src/identity/index.ts";
import type { SyntheticCheck, SyntheticRow } from "../../../src/feeds/synthetic/index.ts";

type Entry = { key: string; answers: boolean };
export type Book = { numbers: Map<string, Entry[]>; masks: Set<string> };

const FIXED = /^(以伪造证据|以虚假诉讼|其它规避执行|违反财产报告|违反限制|(被执行人)?无正当理由)/;

/** The full number by which the row is found (an organisation by its nine characters), or its mask; null for neither. */
export function documentOf({ cardNum, partyTypeName }: SyntheticRow): { number: string } | { mask: string } | null {
  const raw = String(cardNum);
  const mask = parseMaskedNumber(raw);
  if (mask) return { mask: mask.first + mask.last };
  if (partyTypeName === "580" || partyTypeName === "0") {
    const parsed = parseDocument("resident_id", raw);
    return parsed.ok ? { number: parsed.document.number } : null;
  }
  const [kind] = detectDocumentKinds(raw);
  return kind === "uscc" ? { number: raw.slice(8, 17) } : kind === "organization_code" ? { number: raw } : null;
}

export function bookOf(rows: readonly SyntheticRow[], asOf: string): Book {
  const book: Book = { numbers: new Map(), masks: new Set() };
  for (const row of rows) {
    const document = documentOf(row);
    const entry = { key: nameKey(String(row.iname)), answers: answers(row, asOf) };
    if (document === null) continue;
    if ("mask" in document) {
      if (entry.answers) book.masks.add(document.mask + entry.key);
    } else {
      book.numbers.set(document.number, [...(book.numbers.get(document.number) ?? []), entry]);
    }
  }
  return book;
}

export function answerFromRows(book: Book, { name, document: { type, number } }: SyntheticCheck) {
  const key = nameKey(name);
  const entries = book.numbers.get(type === "uscc" ? number.slice(8, 17) : number) ?? [];
  const answering = entries.filter((entry) => entry.answers);
  if (answering.some((entry) => entry.key === key)) return { outcome: "listed", grade: "exact" };
  if (answering.length > 0) return { outcome: "review", grade: "conflict" };
  const mask = number.slice(0, 10) + number.slice(14);
  if (book.masks.has(mask + key)) return { outcome: "review", grade: "probable" };
  return { outcome: "clear", grade: null };
}

/** Only fixed terms, published more than five years and a week ago: such a row answers no more. */
function answers({ disruptTypeName, publishDate }: SyntheticRow, asOf: string): boolean {
  const isFixed = String(disruptTypeName)
    .split(/[,，]/)
    .every((label) => FIXED.test(label));
  const published = String(publishDate).replace(/\D/g, "");
  const limit = new Date(`${Number(asOf.slice(0, 4)) - 5}${asOf.slice(4)}T00:00:00Z`);
  limit.setUTCDate(limit.getUTCDate() - 7);
  return !isFixed || published >= limit.toISOString().slice(0, 10).replaceAll("-", "");
}
