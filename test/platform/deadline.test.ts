// A deadline of our own: the work's outcome in time, the given error after it, and no timer left behind.
import { expect, test } from "vitest";
import { withDeadline } from "../../src/platform/deadline.ts";

const late = () => new Error("late");

test("work in time settles as it does", async () => {
  await expect(withDeadline(Promise.resolve(7), 60_000, late)).resolves.toBe(7);
  await expect(withDeadline(Promise.reject(new Error("its own")), 60_000, late)).rejects.toThrow("its own");
});

test("work that never ends is given up", async () => {
  await expect(withDeadline(new Promise(() => {}), 1, late)).rejects.toThrow("late");
});

test("no timer outlives the work", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await withDeadline(Promise.resolve(), 60_000, late);
  expect(timers()).toBeLessThanOrEqual(before);
});
