// Canonical JSON by the rules and examples of RFC 8785.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, type Json } from "../../../src/audit/log/index.ts";

test("the example of RFC 8785 §3.2.3 has its text", () => {
  const value = {
    numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '€$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("names stand in the order of their UTF-16 units, as in RFC 8785 §3.2.3", () => {
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  const order = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"];
  const places = order.map((name) => canonicalJson(value).indexOf(name));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});

test("a value has one text, however it was built, and the text has the value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value as Json);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      expect(canonicalJson(reversed(value as Json))).toBe(text);
      expect(JSON.stringify(JSON.parse(text))).toHaveLength(text.length);
    }),
  );
});

test("numbers and text that JSON does not have are refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800"]) {
    expect(() => canonicalJson(value)).toThrow(RangeError);
    expect(() => canonicalJson({ list: [value] })).toThrow(RangeError);
  }
  expect(() => canonicalJson({ "\udc00": 1 })).toThrow(RangeError);
  expect(canonicalJson(-0)).toBe("0");
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
