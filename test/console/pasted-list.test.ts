// Lists as people paste them: tabs or commas, with or without a heading, whatever order the heading has.
import { expect, test } from "vitest";
import { readPasted } from "../../src/console/batches/pasted-list.ts";

const unsaid = { type: "resident_id", role: "self" };
const one = { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" }, role: "self" };

test.each([
  ["commas", "测试甲,110101190001010014"],
  ["Chinese commas", "测试甲，110101190001010014"],
  ["tabs, as a spreadsheet copies them", "测试甲\t110101190001010014"],
  ["a heading in another order", "证件号码,姓名\n110101190001010014,测试甲"],
  ["blank lines and spaces", "\n 测试甲 , 110101190001010014 \r\n\r\n"],
])("reads a line parted by %s", (_, text) => {
  expect(readPasted(text, unsaid)).toEqual([one]);
});

test("takes type, role and mark from the line where it says them", () => {
  const text = "测试有限公司\t91350200MA0000007F\tuscc\tbidder\t一号";
  expect(readPasted(text, unsaid)).toEqual([
    {
      name: "测试有限公司",
      document: { type: "uscc", number: "91350200MA0000007F" },
      role: "bidder",
      reference: "一号",
    },
  ]);
});

test("leaves out what a line does not say, for the API to refuse", () => {
  expect(readPasted("测试甲", unsaid)).toEqual([{ name: "测试甲", document: { type: "resident_id" }, role: "self" }]);
  expect(readPasted("", unsaid)).toEqual([]);
});
