// Case numbers of both forms, what is refused, and the normal form as a fixed point.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCaseNumber, type CaseNumber, type CaseNumberFault } from "../../src/identity/index.ts";

describe("modern numbers", () => {
  test.each<[string, string, string, string]>([
    ["(2019)闽0203执99001号", "(2019)闽0203执99001号", "闽0203", "执"],
    ["（2019）闽0203执99001号", "(2019)闽0203执99001号", "闽0203", "执"],
    ["〔2019〕闽0203 执恢 90000001 号", "(2019)闽0203执恢90000001号", "闽0203", "执恢"],
    ["【２０１９】闽０２执９０００００01号之一", "(2019)闽02执90000001号之一", "闽02", "执"],
    ["(2016)闽0203执00012号", "(2016)闽0203执12号", "闽0203", "执"],
    ["(2019)闽执复90000001号", "(2019)闽执复90000001号", "闽", "执复"],
    ["(2019)最高法执监90000001号", "(2019)最高法执监90000001号", "最高法", "执监"],
    ["(2019)闽02知民初90000001号", "(2019)闽02知民初90000001号", "闽02", "民初"],
    ["(2019)闽72执90000001号", "(2019)闽72执90000001号", "闽72", "执"],
  ])("%s is %s of the court %s and the type %s", (raw, normal, courtCode, typeCode) => {
    expect(parsed(raw)).toMatchObject({ raw, normal, courtCode, typeCode, legacy: false });
  });
});

describe("legacy numbers", () => {
  test.each<[string, string, string]>([
    ["(2014)厦执行字第09999号", "(2014)厦执行字第9999号", "执行"],
    ["(2013)思法执字第1234号", "(2013)思法执字第1234号", "法执"],
    ["（2014）厦执行9999号", "(2014)厦执行字第9999号", "执行"],
    ["(2014)思民执字第90000001号-1", "(2014)思民执字第90000001号-1", "民执"],
    ["(2014)闽执字第90000001号", "(2014)闽执字第90000001号", "执"],
    ["(2014)高执恢字第90000001号之二", "(2014)高执恢字第90000001号之二", "执恢"],
  ])("%s is %s of the type %s and of no court code", (raw, normal, typeCode) => {
    expect(parsed(raw)).toMatchObject({ raw, normal, courtCode: null, typeCode, legacy: true });
  });
});

describe("numbers that are refused", () => {
  test.each<[string, CaseNumberFault]>([
    ["(2019)闽020执90000001号", "bad_court_code"],
    ["(2019)闽02030执90000001号", "bad_court_code"],
    ["(2014)厦执字第1号、第2号", "several_numbers"],
    ["(2014)厦执字第1、2、3号", "several_numbers"],
    ["(2019)闽0203执1号，(2019)闽0203执2号", "several_numbers"],
    ["(2019)闽0203执1-3号", "several_numbers"],
    ["(2019)闽0203执90000001", "bad_form"],
    ["2019闽0203执90000001号", "bad_form"],
    ["2019-闽0203执90000001号", "bad_form"],
    ["(1819)闽0203执90000001号", "bad_form"],
    ["(2019)闽0203执0号", "bad_form"],
    ["(2019)闽0203执900000001号", "bad_form"],
    ["", "bad_form"],
    ["(2019)".repeat(1000), "bad_form"],
  ])("%s is refused as %s", (raw, fault) => {
    expect(parseCaseNumber(raw)).toEqual({ ok: false, fault });
  });
});

describe("the normal form", () => {
  const year = fc.integer({ min: 1990, max: 2099 });
  const number = fc.integer({ min: 90_000_000, max: 99_999_999 });
  const court = fc.constantFrom("最高法", "闽", "闽02", "闽0203", "沪74", "军", "兵0101");
  const type = fc.constantFrom("执", "执恢", "执异", "执保", "民初");
  const shortName = fc.constantFrom("厦", "思", "思法", "鼓", "新", "高");
  const legacyType = fc.constantFrom("执", "执行", "民执", "法执", "执恢");
  const suffix = fc.constantFrom("", "之一", "之二十");
  const modern = fc
    .tuple(year, court, type, number, suffix)
    .map(([year, court, type, number, suffix]) => `(${year})${court}${type}${number}号${suffix}`);
  const legacy = fc
    .tuple(year, shortName, legacyType, number, suffix)
    .map(([year, court, type, number, suffix]) => `(${year})${court}${type}字第${number}号${suffix}`);

  test("is its own normal form and survives every bracket and space", () => {
    fc.assert(
      fc.property(fc.oneof(modern, legacy), fc.constantFrom("（）", "〔〕", "【】", "[]"), (text, brackets) => {
        expect(parsed(text).normal).toBe(text);
        const disguised = text
          .replace("(", ` ${brackets.charAt(0)} `)
          .replace(")", `${brackets.charAt(1)}\u3000`)
          .replace("号", " 号");
        expect(parsed(disguised)).toEqual({ ...parsed(text), raw: disguised });
      }),
    );
  });

  test("of anything accepted is accepted unchanged", () => {
    const pieces = fc.constantFrom(...Array.from("()（2019闽厦0203执行恢字第号之一、-最高法知民 "));
    fc.assert(
      fc.property(fc.oneof(modern, legacy), fc.nat(20), pieces, (text, place, piece) => {
        const outcome = parseCaseNumber(text.slice(0, place) + piece + text.slice(place));
        fc.pre(outcome.ok);
        const { normal } = outcome.caseNumber;
        expect(parsed(normal)).toEqual({ ...outcome.caseNumber, raw: normal });
      }),
      { numRuns: 2000 },
    );
  });
});

function parsed(raw: string): CaseNumber {
  const outcome = parseCaseNumber(raw);
  if (!outcome.ok) throw new Error(outcome.fault);
  return outcome.caseNumber;
}
