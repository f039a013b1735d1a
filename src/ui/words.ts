// How pages and papers look up a word: each module holds those for its own codes in its words.ts, complete by type.
import type { Choice } from "./form.ts";

export type Words<Code extends string = string> = Readonly<Record<Code, string>>;

/** A code that a table does not know is shown as it is: it is no reason for an empty cell. No code has no word. */
export function wordOf<Code extends string>(words: Words<Code>, code: Code | null): string {
  if (code === null) return "";
  return Object.hasOwn(words, code) ? words[code] : code;
}

/** What the address says was done, above the page that follows an act: only what stands in the table is ever shown. */
export function doneOf(words: Words, given: string | undefined): string | null {
  return given !== undefined && Object.hasOwn(words, given) ? (words[given] ?? null) : null;
}

/** Some codes of a table: those that a page offers. */
export function wordsFor<Code extends string, Part extends Code>(
  words: Words<Code>,
  codes: readonly Part[],
): Record<Part, string> {
  return Object.fromEntries(codes.map((code) => [code, words[code]])) as Record<Part, string>;
}

/** Codes as the choices of a form: all of a table, or those that are open. */
export function choicesOf<Code extends string>(
  words: Words<Code>,
  codes: readonly Code[] = Object.keys(words) as Code[],
): (Choice & { value: Code })[] {
  return codes.map((value) => ({ value, label: wordOf(words, value) }));
}
