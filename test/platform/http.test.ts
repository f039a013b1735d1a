// From zod's issues to faults: every fault at its place, and no name in a pointer that could be somebody's.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultsOf, z } from "../../src/platform/http.ts";

const Body = z.strictObject({
  name: z.string().min(1).max(3),
  kind: z.enum(["a", "b"]),
  items: z
    .array(z.strictObject({ n: z.int() }))
    .min(1)
    .max(2),
});
const valid = { name: "x", kind: "a", items: [{ n: 1 }] };

function faults(body: unknown, prefix = "") {
  const parsed = Body.safeParse(body);
  return parsed.success ? [] : faultsOf(parsed.error, prefix);
}

describe("a fault", () => {
  test.each([
    ["a missing member", { ...valid, name: undefined }, "#/name", "required"],
    ["a null", { ...valid, name: null }, "#/name", "wrong_type"],
    ["a number for a text", { ...valid, name: 5 }, "#/name", "wrong_type"],
    ["an empty text", { ...valid, name: "" }, "#/name", "too_short"],
    ["a long text", { ...valid, name: "long" }, "#/name", "too_long"],
    ["a value outside the list", { ...valid, kind: "c" }, "#/kind", "not_allowed"],
    ["an empty list", { ...valid, items: [] }, "#/items", "too_few"],
    ["a long list", { ...valid, items: [{ n: 1 }, { n: 1 }, { n: 1 }] }, "#/items", "too_many"],
    ["a member of an item", { ...valid, items: [{ n: 1 }, { n: "1" }] }, "#/items/1/n", "wrong_type"],
    ["an unknown member", { ...valid, extra: 1 }, "#/extra", "unknown_field"],
    ["a body that is no object", [], "#", "wrong_type"],
  ])("of %s is at its place", (_, body, pointer, code) => {
    expect(faults(body)).toEqual([{ pointer, code }]);
  });

  test("is one of all that there are", () => {
    expect(faults({ name: 1, kind: "c", items: [{ m: 1 }], more: 1 })).toHaveLength(5);
  });

  test("of an item is placed in the whole body", () => {
    expect(faults({ ...valid, name: "" }, "/subjects/7")).toEqual([
      { pointer: "#/subjects/7/name", code: "too_short" },
    ]);
  });
});

describe("an unknown member in a pointer", () => {
  test.each([
    ["110101190001010014"],
    ["id-11010119000101001X"],
    ["110101 1900"],
    ["110-101-19"],
    ["１１０１０１"],
    ["测试甲"],
    ["line\nbreak"],
    ["x".repeat(41)],
  ])("%j is not repeated", (member) => {
    expect(faults({ ...valid, [member]: 1 })).toEqual([{ pointer: "#/*", code: "unknown_field" }]);
  });

  test.each([
    ["a/b", "#/a~1b"],
    ["a~b", "#/a~0b"],
    ['a"b', "#/a%22b"],
    ["cardNum", "#/cardNum"],
  ])("%j is written as RFC 6901 asks", (member, pointer) => {
    expect(faults({ ...valid, [member]: 1 })).toEqual([{ pointer, code: "unknown_field" }]);
  });

  test("is always a URI fragment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (member) => {
        for (const { pointer } of faults({ ...valid, [member]: 1 })) expect(pointer).toMatch(/^#[/\w~%!'()*.-]*$/);
      }),
    );
  });
});
