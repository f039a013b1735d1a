// Hostile text: what no single-line value from outside may hold, for the API and the feeds alike.
export type TextFault = "lone_surrogate" | "control_character" | "invisible_character" | "replacement_character";

const plain = /^[\u4E00-\u9FFF\w]*$/;
const faults: readonly (readonly [TextFault, RegExp])[] = [
  ["lone_surrogate", /\p{Cs}/u],
  ["control_character", /[\p{Cc}\p{Zl}\p{Zp}]/u],
  // Default-ignorable code points are zero-width without being format characters: Hangul fillers, variation selectors.
  ["invisible_character", /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u],
  ["replacement_character", /\uFFFD/],
];

/** The first fault of a text. Line breaks and tabs are control characters too: names and references have one line. */
export function textFault(text: string): TextFault | null {
  if (plain.test(text)) return null;
  return faults.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
