// The frame of printed papers: days in Chinese, and text that stays text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chineseDay, printPaper } from "../../src/ui/paper.ts";

const paper = {
  court: "厦门市思明区人民法院",
  title: "失信决定书",
  number: "(2026)闽0203执90000001号",
  paragraphs: ["决定如下："],
  signatory: "院长：",
  datedOn: "2026-11-23",
};

test.each([
  ["2026-01-01", "二〇二六年一月一日"],
  ["2026-10-20", "二〇二六年十月二十日"],
  ["2026-11-23", "二〇二六年十一月二十三日"],
  ["2030-12-31", "二〇三〇年十二月三十一日"],
])("%s is written %s", (date, written) => {
  expect(chineseDay(date)).toBe(written);
});

describe("a paper", () => {
  test("is the same bytes whenever it is printed", async () => {
    const print = () => printPaper(paper, { demonstration: false });
    expect(await print()).toBe(await print());
    expect(await print()).not.toContain("演示数据");
    expect(await printPaper(paper, { demonstration: true })).toContain("演示数据");
  });

  test("has no element and no attribute that its frame has not, whatever its text holds", async () => {
    const elements = (html: string) => html.match(/<\/?[a-z][^>]*>/gi) ?? [];
    const plain = elements(await printPaper(paper, { demonstration: false }));
    const text = fc.string({
      unit: fc.constantFrom("<", ">", "&", '"', "'", "/", "=", "`", " ", "a", "甲", "\n"),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (court, number, paragraph) => {
        const hostile = { ...paper, court, number, paragraphs: [paragraph] };
        expect(elements(await printPaper(hostile, { demonstration: false }))).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });
});
