// Masks as the national site publishes them, and as we show numbers.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  displayMask,
  maskName,
  documentKinds,
  maskedYear,
  maskOf,
  parseDocument,
  parseMaskedNumber,
  type DocumentKind,
  type MaskedDocument,
} from "../../src/identity/index.ts";

test.each<[string, MaskedDocument | null]>([
  ["3502031900****1024", { kind: "resident_id", first: "3502031900", last: "1024" }],
  ["3502111900****008x", { kind: "resident_id", first: "3502111900", last: "008X" }],
  ["3502031900＊＊＊＊1024", { kind: "resident_id", first: "3502031900", last: "1024" }],
  ["91350200MA****007F", { kind: "uscc", first: "91350200MA", last: "007F" }],
  ["3502031900***1024", null],
  ["3502031900*****024", null],
  ["350203190003151024", null],
  ["91350200MO****007F", null],
  ["", null],
])("the mask %s is read as %o", (raw, mask) => {
  expect(parseMaskedNumber(raw)).toEqual(mask);
});

test.each<[DocumentKind, string, string | null]>([
  ["resident_id", "350203190003151024", "3502031900****1024"],
  ["resident_id", "350203000315102", "3502031900****1024"],
  ["uscc", "91350200MA0000007F", "91350200MA****007F"],
  ["resident_id", "350203000315997", null],
  ["organization_code", "123456788", null],
])("a %s of %s is published as %s", (kind, raw, published) => {
  const outcome = parseDocument(kind, raw);
  const mask = outcome.ok ? maskOf(outcome.document) : undefined;
  expect(mask).toEqual(published === null ? null : parseMaskedNumber(published));
});

test("a masked resident id still tells the year, a masked company code none", () => {
  expect(maskedYear({ kind: "resident_id", first: "3502031900", last: "1024" })).toBe(1900);
  expect(maskedYear({ kind: "uscc", first: "91350200MA", last: "007F" })).toBeNull();
});

test.each<[DocumentKind, string, string]>([
  ["resident_id", "350203190003151024", "3502************24"],
  ["resident_id", "350203000315997", "3502*********97"],
  ["uscc", "91350200MA0000007F", "9135************7F"],
  ["organization_code", "123456788", "12*****88"],
  ["taiwan_permit", "00000001", "00****01"],
  ["passport", "E00000001", "E0******1"],
  ["passport", "AB1", "***"],
])("a %s of %s is shown as %s", (kind, number, shown) => {
  expect(displayMask(kind, number)).toBe(shown);
});

test("what is shown keeps the length, at most six characters, and never everything", () => {
  const number = fc.stringMatching(/^[0-9A-Z]{1,20}$/);
  fc.assert(
    fc.property(fc.constantFrom(...documentKinds), number, (kind, number) => {
      const shown = displayMask(kind, number);
      expect(shown).toHaveLength(number.length);
      expect(shown.replaceAll("*", "").length).toBeLessThanOrEqual(Math.min(6, number.length - 1));
    }),
  );
});

test.each([
  ["测试甲", "测*甲"],
  ["测甲", "测*"],
  ["甲", "*"],
  ["", ""],
  ["欧阳测试甲", "欧***甲"],
  ["䶮𠮷甲", "䶮*甲"],
  ["JOHN DOE", "J******E"],
])("the name %s is shown as %s", (name, shown) => {
  expect(maskName(name)).toBe(shown);
});
