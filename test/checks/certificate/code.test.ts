// Verification codes: the same for the same paper, typed by any hand, and every single mistake is noticed.
import { createSecretKey, randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { codeOf, digestOfCode, formatCode, parseCode } from "../../../src/checks/certificate/code.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const key = createSecretKey(randomBytes(32));
const code = fc.stringMatching(/^[0-9a-z]{26}$/).map((text) => codeOf(key, `chk_${text}`));

test("a code is sixteen characters in groups of four, the same each time", () => {
  const made = codeOf(key, "chk_01jd8m2v0q7f4t9s6k3n5r8w2x");
  expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(formatCode(made)).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  expect(codeOf(key, "chk_01jd8m2v0q7f4t9s6k3n5r8w2x")).toBe(made);
  expect(codeOf(createSecretKey(randomBytes(32)), "chk_01jd8m2v0q7f4t9s6k3n5r8w2x")).not.toBe(made);
  expect(codeOf(key, "bat_01jd8m2v0q7f4t9s6k3n5r8w2x")).not.toBe(made);
});

test("what the database holds is not the code", () => {
  const made = codeOf(key, "chk_01jd8m2v0q7f4t9s6k3n5r8w2x");
  expect(digestOfCode(key, made).toString("latin1")).not.toContain(made);
});

test("a code is read however it is typed", () => {
  fc.assert(
    fc.property(code, (code) => {
      const typed = [code, code.toLowerCase(), formatCode(code), ` ${formatCode(code).replaceAll("-", " – ")}\t`];
      const mistaken = code.replaceAll("0", "O").replaceAll("1", "l");
      const wide = Array.from(code, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join("");
      for (const text of [...typed, mistaken, wide]) expect(parseCode(text)).toBe(code);
    }),
  );
});

test("one wrong character, and two neighbours exchanged, are always noticed", () => {
  fc.assert(
    fc.property(code, fc.nat(15), fc.constantFrom(...ALPHABET.split("")), (code, at, character) => {
      const changed = code.slice(0, at) + character + code.slice(at + 1);
      expect(parseCode(changed)).toBe(changed === code ? code : null);
      const exchanged = code.slice(0, at) + (code[at + 1] ?? "") + (code[at] ?? "") + code.slice(at + 2);
      expect(parseCode(exchanged)).toBe(exchanged === code ? code : null);
    }),
    { numRuns: 2000 },
  );
});

test.each(["", "0", "U000-0000-0000-0000", "0000-0000-0000-00000", "验证码", "0".repeat(100)])(
  "%j is no code",
  (text) => {
    expect(parseCode(text)).toBeNull();
  },
);
