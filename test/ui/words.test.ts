// Words are looked up in one way: by a code that has one, by one that has none, and as the choices of a form.
import { expect, expectTypeOf, test } from "vitest";
import { roles } from "../../src/agencies/index.ts";
import { partyRoleWords } from "../../src/agencies/words.ts";
import { partWord } from "../../src/statistics/words.ts";
import { choicesOf, doneOf, wordOf, type Words, wordsFor } from "../../src/ui/index.ts";

const words = { open: "待办", done: "已办" };

test("a code has its word, none has none, and what a table does not know stays as it is", () => {
  const given: (string | null)[] = ["open", null, "held", "constructor"];
  expect(given.map((code) => wordOf<string>(words, code))).toEqual(["待办", "", "held", "constructor"]);
});

test("choices and filters are those of the table, or the named ones in their order", () => {
  expect(choicesOf(words).map(({ value }) => value)).toEqual(["open", "done"]);
  expect(choicesOf(words, ["done"])).toEqual([{ value: "done", label: "已办" }]);
  expect(wordsFor(words, ["done"])).toEqual({ done: "已办" });
});

test("of what an address says was done only what stands in the table is shown", () => {
  expect(["done", "held", "constructor", undefined].map((given) => doneOf(words, given))).toEqual([
    "已办",
    null,
    null,
    null,
  ]);
});

test("a table that lacks a code, and a code of another table, do not compile", () => {
  expectTypeOf<{ open: string }>().not.toExtend<Words<"open" | "done">>();
  expectTypeOf(wordOf<"open" | "done">)
    .parameter(1)
    .toEqualTypeOf<"open" | "done" | null>();
});

test("every role of the catalogue has a word", () => {
  expect(Object.keys(partyRoleWords).toSorted()).toEqual(roles);
});

test("the parts of a figure bear the words of their codes", () => {
  const parts = [
    ["checks", "review"],
    ["changes", "listed"],
    ["removals", "delete.R1"],
    ["removals", "revoke"],
    ["sanctions", "GOV-01"],
  ] as const;
  expect(parts.map(([figure, part]) => partWord(figure, part))).toEqual([
    "待核实",
    "新列入",
    "删除：已履行或执行完毕",
    "撤销（不应纳入）",
    "GOV-01",
  ]);
});
