// Sequences are merged without loss and spread over the whole.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apportion, evenly } from "../../bench/replay/evenly.ts";

const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 });
const merged = (lengths: number[]) => [
  ...evenly(lengths.map((count, of) => ({ count, items: Array.from({ length: count }, (_, nth) => ({ of, nth })) }))),
];

describe("evenly", () => {
  test("yields every item of every sequence once, each sequence in its order", () => {
    fc.assert(
      fc.property(counts, (lengths) => {
        const items = merged(lengths);
        for (const [of, length] of lengths.entries()) {
          const nths = items.filter((item) => item.of === of).map(({ nth }) => nth);
          expect(nths).toEqual(Array.from({ length }, (_, nth) => nth));
        }
        expect(items.length).toBe(lengths.reduce((sum, length) => sum + length, 0));
      }),
    );
  });

  test("puts a rare item amid the others, not at an end", () => {
    expect(merged([1, 100]).findIndex(({ of }) => of === 0)).toBe(50);
  });

  test("says so when a sequence holds fewer items than it counts", () => {
    expect(() => [...evenly([{ count: 2, items: ["one"] }])]).toThrow(RangeError);
  });
});

describe("apportion", () => {
  test("divides a whole into parts that add up to it, none of them negative", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (total, shares) => {
        const parts = apportion(total, shares);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
