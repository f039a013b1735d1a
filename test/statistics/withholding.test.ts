// Small numbers in the open figures: none is shown, and none can be found by taking the others from a total.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CELL_MIN, withholdSmall } from "../../src/statistics/withholding.ts";

const shown = (...values: number[]) =>
  withholdSmall(values.map((value, place) => ({ part: String(place), value }))).map(({ value }) => value);

test("what is large enough is shown, and so is nothing at all", () => {
  expect(shown(5, 1200, 0)).toEqual([5, 1200, 0]);
});

test("a single small number takes the next larger one with it", () => {
  expect(shown(3, 80, 7)).toEqual([null, 80, null]);
  expect(shown(3)).toEqual([null]);
});

test("small numbers that together are small still take a larger one with them", () => {
  expect(shown(1, 2, 40, 9)).toEqual([null, null, 40, null]);
  expect(shown(4, 4, 40)).toEqual([null, null, 40]);
});

test("whoever knows the total finds neither a small number nor a small sum", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 8 }), (values) => {
      const cells = shown(...values);
      const withheld = values.filter((_, place) => cells[place] === null);
      const isAllThereIs = values.every((value, place) => cells[place] === null || value === 0);
      const sum = withheld.reduce((total, value) => total + value, 0);
      expect(cells.every((cell, place) => cell === null || cell === values[place])).toBe(true);
      expect(values.some((value, place) => value > 0 && value < CELL_MIN && cells[place] !== null)).toBe(false);
      expect(withheld.length === 0 || isAllThereIs || (withheld.length > 1 && sum >= CELL_MIN)).toBe(true);
    }),
  );
});
