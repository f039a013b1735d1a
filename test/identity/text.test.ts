// What no single-line value may hold.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { textFault, type TextFault } from "../../src/identity/index.ts";

test.each<[string, TextFault | null]>([
  ["测试甲", null],
  ["测试·甲（厦门） Test Co., Ltd.", null],
  ["\u{20087}䶮", null],
  ["", null],
  ["\uD800测试", "lone_surrogate"],
  ["测试\uDC00", "lone_surrogate"],
  ["测试\0", "control_character"],
  ["测试\r\n甲", "control_character"],
  ["测试\t甲", "control_character"],
  ["测试\u0085", "control_character"],
  ["测试\u2028", "control_character"],
  ["测试\u200B甲", "invisible_character"],
  ["测试\u202E甲", "invisible_character"],
  ["\uFEFF测试", "invisible_character"],
  ["测试\u3164", "invisible_character"],
  ["测试\uFE0F", "invisible_character"],
  ["测\uFFFD", "replacement_character"],
])("the fault of %j is %s", (text, fault) => {
  expect(textFault(text)).toBe(fault);
});

test("no control character passes, wherever it stands", () => {
  const control = fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      control,
      fc.string({ unit: "grapheme" }),
      (before, character, after) => {
        expect(textFault(before + character + after)).not.toBeNull();
      },
    ),
  );
});
