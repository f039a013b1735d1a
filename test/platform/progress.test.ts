// Progress of a long command: a line that rewrites itself for people, JSON lines for whatever collects logs.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createProgress } from "../../src/platform/progress.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function startProgress(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  return { written, progress: createProgress("synth", "rows", { isTTY, write }) };
}

test("a terminal has one line with share, rate and the time left, at most five times a second", () => {
  const { written, progress } = startProgress(true);
  for (let step = 1; step <= 10; step++) {
    vi.advanceTimersByTime(100);
    progress.update(step * 1_000, 20_000);
  }
  expect(written).toHaveLength(5);
  expect(written.at(-1)).toBe("\r\x1b[Ksynth: 10,000 rows 50 %, 10,000/s, 1 s left");
  progress.finish();
  expect(written.at(-1)).toBe("\n");
});

test("elsewhere there is a JSON line every five seconds, and none at the end", () => {
  const { written, progress } = startProgress(false);
  for (let second = 1; second <= 11; second++) {
    vi.advanceTimersByTime(1_000);
    progress.update(second * 100);
  }
  progress.finish();
  expect(written.map((line) => JSON.parse(line))).toEqual([
    { task: "synth", unit: "rows", done: 500, rate: 100, secondsLeft: null },
    { task: "synth", unit: "rows", done: 1_000, rate: 100, secondsLeft: null },
  ]);
});

test("a command that never began writes nothing", () => {
  const { written, progress } = startProgress(true);
  progress.finish();
  expect(written).toEqual([]);
});
