// Choices of a form from codes and their words.
import type { Choice } from "../ui/index.ts";
import { wordOf, type Words } from "./words.ts";

export function choicesOf(words: Words, codes: readonly string[] = Object.keys(words)): Choice[] {
  return codes.map((value) => ({ value, label: wordOf(words, value) }));
}
