// The small form of `npm run faults:soak`: that it paces, measures and judges; how nothing grows takes half an hour to see.
import { expect, test } from "vitest";
import { growthIn, soak, type SoakWindow } from "./soak.ts";

test.skipIf(process.platform !== "linux")(
  "seven tenths of the load are answered throughout, and every size is read",
  { timeout: 120_000 },
  async () => {
    const { windows, mostPerSecond } = await soak({ forMs: 4_000, windows: 2, clients: 8, seed: 1 });
    expect(windows).toHaveLength(2);
    expect(mostPerSecond).toBeGreaterThan(50);
    for (const window of windows) for (const size of Object.values(window)) expect(size).toBeGreaterThan(0);
  },
);

test("what grows is named, and what only varies is not", () => {
  const even: SoakWindow = { checks: 1_000, p99Ms: 20, residentMiB: 300, heapMiB: 90, files: 60 };
  const series = (change: (at: number) => Partial<SoakWindow>) =>
    Array.from({ length: 9 }, (_, at) => ({ ...even, ...change(at) }));
  expect(growthIn(series((at) => ({ p99Ms: 20 + (at % 2), files: 60 + (at % 3) })))).toEqual([]);
  expect(growthIn(series((at) => ({ residentMiB: 300 + 40 * at })))).toEqual([
    expect.stringContaining("resident memory"),
  ]);
  expect(growthIn(series((at) => ({ heapMiB: 90 + 15 * at })))).toEqual([expect.stringContaining("the heap")]);
  expect(growthIn(series((at) => ({ files: 60 + 10 * at })))).toEqual([expect.stringContaining("open files")]);
  expect(growthIn(series((at) => ({ p99Ms: 20 + 5 * at })))).toEqual([expect.stringContaining("percentile")]);
});
