// The file of rejected rows, for machines and for office programs.
import { expect, test } from "vitest";
import { rejectionForms, rejectionReasons } from "../../src/feeds/rejection.ts";

const fault = { field: "cardNum", code: "bad_checksum" } as const;
const whole = { field: null, code: "mojibake" } as const;

test("in JSON Lines an entry has line, field, code and reason", () => {
  const { head, line } = rejectionForms["json-lines"];
  expect(head + line(7, fault) + line(8, whole)).toBe(
    `{"line":7,"field":"cardNum","code":"bad_checksum","reason":"证件号码校验位不符"}\n` +
      `{"line":8,"field":null,"code":"mojibake","reason":"文字编码有误（乱码）"}\n`,
  );
});

test("in CSV it has the same cells under a Chinese header, with the mark by which office programs know UTF-8", () => {
  const { head, line } = rejectionForms.csv;
  expect(head + line(7, fault) + line(8, whole)).toBe(
    "\uFEFF行号,栏目,代码,原因\r\n7,cardNum,bad_checksum,证件号码校验位不符\r\n8,,mojibake,文字编码有误（乱码）\r\n",
  );
});

test("no reason needs quotes in CSV, or could be a formula", () => {
  for (const reason of Object.values(rejectionReasons)) expect(reason).not.toMatch(/^[=+\-@]|[",\r\n]/);
});
