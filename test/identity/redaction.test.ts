// Free text leaves no number that identifies anybody, and keeps what does not.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { redactNumbers } from "../../src/identity/index.ts";

test.each([
  "350203190003151024",
  "35021119000102008X",
  "35021119000102008x",
  "３５０２０３１９０００３１５１０２４",
  "350203 19000315 1024",
  "350203-1900-0315-102X",
  "350203000315102",
  "91350200MA0000007F",
  "N2350211MF00000051",
  "935840190001010014",
  "USA110000010104",
  "13800000000",
  "138-0000-0000",
  "138 0000 0000",
  "+86 13800000000",
  "8613800000000",
  "1234567890123456789",
  "E12345678",
  "H00000001",
  "M0000000201",
  "12345678-8",
  "MA000000-7",
])("the number %s becomes stars", (number) => {
  const stars = "*".repeat(number.length);
  expect(redactNumbers(number)).toBe(stars);
  expect(redactNumbers(`测试甲（${number}），偿还`)).toBe(`测试甲（${stars}），偿还`);
});

test.each([
  "偿还借款人民币10000元及利息",
  "(2019)闽0203执90000001号",
  "2019年01月02日 20190304",
  "支付100000 200000 300元",
  "本金1380000.00元",
  "本金123456789012.00元",
  "3502031900****1024",
  "GET /livez 200 1763788800",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
])("%s stays as it is", (text) => {
  expect(redactNumbers(text)).toBe(text);
});

test("no run of 15 or 18 digits is left in any text", () => {
  const number = fc.stringMatching(/^(?:[0-9]{15}|[0-9]{17}[0-9Xx])$/);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), number, fc.string({ unit: "grapheme" }), (before, number, after) => {
      const redacted = redactNumbers(before + number + after);
      expect(redacted).not.toMatch(/\d{15}/);
      expect(redactNumbers(redacted)).toBe(redacted);
    }),
  );
});
