// Published wordings become codes, in any combination and with any separator.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Ground, groundsOf } from "../../src/registry/grounds.ts";

const wordings: [string, Ground][] = [
  ["有履行能力而拒不履行生效法律文书确定义务", "G1"],
  ["其他有履行能力而拒不履行生效法律文书确定义务的", "G1"],
  ["以伪造证据、暴力、威胁等方法妨碍、抗拒执行的", "G2"],
  ["以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行", "G3"],
  ["其它规避执行", "G3"],
  ["违反财产报告制度", "G4"],
  ["违反限制消费令", "G5"],
  ["违反限制高消费令", "G5"],
  ["被执行人无正当理由拒不履行执行和解协议", "G6"],
  ["无正当理由拒不履行执行和解协议的", "G6"],
];

describe("grounds", () => {
  test.each(wordings)("%s is %s", (wording, ground) => {
    expect(groundsOf(wording)).toEqual([ground]);
  });

  test("an unknown wording is GX, and so is none", () => {
    expect(groundsOf("某种未知情形")).toEqual(["GX"]);
    expect(groundsOf("")).toEqual(["GX"]);
    expect(groundsOf("违反财产报告制度等")).toEqual(["GX"]);
    expect(groundsOf("违反财产报告制度,某种未知情形")).toEqual(["G4", "GX"]);
  });

  test("any wordings joined by any separators give their codes, each once, in order", () => {
    const separator = fc.constantFrom(",", "，", "、", ";", "；", ", ", "，，");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...wordings), separator), { minLength: 1, maxLength: 8 }),
        (parts) => {
          const raw = parts.map(([[wording], mark]) => wording + mark).join("");
          expect(groundsOf(raw)).toEqual([...new Set(parts.map(([[, ground]]) => ground))].sort());
        },
      ),
    );
  });
});
