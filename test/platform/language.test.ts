// The language of an answer, by the examples of RFC 9110 §12.5.4 and what browsers send.
import fc from "fast-check";
import { expect, test } from "vitest";
import { languageOf } from "../../src/platform/language.ts";

test.each([
  ["", "zh"],
  ["da, en-gb;q=0.8, en;q=0.7", "en"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["en-US,en;q=0.9,zh-CN;q=0.8", "en"],
  ["zh;q=0.5, en;q=0.8", "en"],
  ["EN-GB; Q=0.9 , zh ;q=0.3", "en"],
  ["en", "en"],
  ["en;q=0", "zh"],
  ["*", "zh"],
  ["*;q=0.5, en", "en"],
  ["en;q=0.001", "en"],
  ["fr, de;q=0.5", "zh"],
  ["zh, en", "zh"],
])("Accept-Language %j is answered in %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test("without the header the answer is Chinese", () => {
  expect(languageOf(undefined)).toBe("zh");
});

test("an overlong header is not looked at", () => {
  expect(languageOf(`en, ${"x".repeat(300)}`)).toBe("zh");
});

test("any header has a language", () => {
  fc.assert(fc.property(fc.string(), (header) => ["zh", "en"].includes(languageOf(header))));
});
