// Who goes through numbers is noticed soon, shuffled or sweeping; who works through people is not.
import { describe, expect, test } from "vitest";
import { createNumberWindow } from "../../../src/checks/misuse/number-window.ts";
import { defaultMisuseSettings, isSequence, judgeDay } from "../../../src/checks/misuse/rules.ts";
import { residentIdOf } from "../../../src/identity/index.ts";

/** A generator with a seed (mulberry32): the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dayOf = (day: number) => new Date(Date.UTC(1900, 0, 1 + day)).toISOString().slice(0, 10).replaceAll("-", "");
const numberOf = (area: number, day: number, order: number) =>
  residentIdOf(`${area}${dayOf(day)}${String(order).padStart(3, "0")}`);

/** After how many numbers the window is called a sequence; null where it never is. */
function noticedAfter(numbers: Iterable<string>): number | null {
  const window = createNumberWindow();
  let asked = 0;
  for (const number of numbers) {
    asked++;
    window.see(number);
    if (isSequence(window.counts(), defaultMisuseSettings)) return asked;
  }
  return null;
}

function shuffled<T>(items: T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const orders = Array.from({ length: 999 }, (_, i) => i + 1);

describe("noticed within two hundred numbers", () => {
  test.each([
    ["one order after the other", orders.map((order) => numberOf(350203, 100, order))],
    ["one sex only", orders.filter((order) => order % 2).map((order) => numberOf(350203, 100, order))],
    [
      "a day's orders, shuffled",
      shuffled(
        orders.map((order) => numberOf(350203, 100, order)),
        random(1),
      ),
    ],
    ["one order, day after day", orders.map((_, day) => numberOf(350203, day % 365, 1 + Math.floor(day / 365)))],
    [
      "hidden among four times as many real questions",
      orders.flatMap((order, i) => [
        numberOf(350203, 100, order),
        ...[1, 2, 3, 4].map((other) => numberOf(350200 + other, (i * 37 + other * 91) % 3_000, (i * 13) % 997)),
      ]),
    ],
  ])("%s", (_, numbers) => {
    expect(noticedAfter(numbers)).toBeLessThanOrEqual(200);
  });
});

describe("never noticed", () => {
  const next = random(2);
  const someone = (area: () => number, days: number) =>
    numberOf(area(), Math.floor(next() * days), 1 + Math.floor(next() * 500));
  test.each([
    ["a county's people of all ages", Array.from({ length: 20_000 }, () => someone(() => 350203, 15_000))],
    ["a county's cohort of two years", Array.from({ length: 20_000 }, () => someone(() => 350203, 730))],
    [
      "a retry storm: each asked nine times",
      Array.from({ length: 9_000 }, (_, i) =>
        numberOf(350203, (Math.floor(i / 9) * 17) % 3_000, Math.floor(i / 9) % 997),
      ),
    ],
    [
      "a book sorted by number",
      Array.from({ length: 20_000 }, () => someone(() => 350200 + Math.floor(next() * 6), 15_000)).toSorted(),
    ],
  ])("%s", (_, numbers) => {
    expect(noticedAfter(numbers)).toBeNull();
  });
});

test("a day is judged by each rule at its threshold, and not before", () => {
  const quiet = { checks: 9_000, persons: 5_000, personsFound: 30, reviews: 2, offHours: 499, operators: 4 };
  expect(judgeDay(quiet, defaultMisuseSettings)).toEqual([]);
  expect(judgeDay({ ...quiet, personsFound: 4 }, defaultMisuseSettings)).toEqual(["low_hit_rate"]);
  expect(judgeDay({ ...quiet, personsFound: 4, persons: 4_999 }, defaultMisuseSettings)).toEqual([]);
  expect(judgeDay({ ...quiet, offHours: 500 }, defaultMisuseSettings)).toEqual(["off_hours"]);
  expect(judgeDay({ ...quiet, operators: 5 }, defaultMisuseSettings)).toEqual(["same_person"]);
});
