// Tables for office programs: read back as they were, and never run.
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { csvOf } from "../../src/statistics/csv.ts";

const read = (text: string): string[][] => parse(text, { bom: true });

test("every text is read back as it was, but for the apostrophe that keeps a formula from running", () => {
  const cell = fc.string({ unit: "binary" }).filter((text) => !/[\uFEFF\r]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, fc.integer()), { minLength: 1, maxLength: 5 }), (rows) => {
      const [, ...body] = read(csvOf(["名称", "数值"], rows));
      expect(body).toEqual(
        rows.map(([text, number]) => [/^[=+\-@\t＝＋－＠]/.test(text) ? `'${text}` : text, String(number)]),
      );
    }),
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("%j is a text and no formula", (text) => {
  expect(csvOf(["a"], [[text]])).toContain(`'${text}`);
});

test("a negative number stays a number, and what is not known is empty", () => {
  expect(csvOf(["a", "b"], [[-5, null]])).toBe("\uFEFFa,b\r\n-5,\r\n");
});
