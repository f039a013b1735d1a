// The group: who is answered together, in which order, and what a failure means for whom.
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGroup } from "../../src/checks/group.ts";
import { AppError } from "../../src/platform/error.ts";

/** A group whose runs wait until they are let go, and are kept for inspection. */
function heldGroup(limits: { itemsMax?: number; queueMax?: number } = {}) {
  const runs: { items: number[]; settle: (error?: Error) => void }[] = [];
  const group = createGroup<number, number>({
    itemsMax: limits.itemsMax ?? 100,
    queueMax: limits.queueMax ?? 100,
    mayRunAgain: (error) => error instanceof RangeError,
    run: (items) =>
      new Promise((resolve, reject) => {
        const settle = (error?: Error) => (error ? reject(error) : resolve(items.map((item) => item * 10)));
        runs.push({ items, settle });
      }),
  });
  const runAt = async (index: number) => {
    while (!runs[index]) await nextTurn();
    return runs[index];
  };
  return { ...group, runs, runAt };
}

test("what arrives in one turn is one group, and what arrives meanwhile is the next", async () => {
  const { submit, runAt } = heldGroup();
  const early = [submit([1]), submit([2, 3])];
  const first = await runAt(0);
  const late = [submit([4]), submit([5])];
  expect(first.items).toEqual([1, 2, 3]);
  first.settle();
  expect(await Promise.all(early)).toEqual([[10], [20, 30]]);
  const second = await runAt(1);
  expect(second.items).toEqual([4, 5]);
  second.settle();
  expect(await Promise.all(late)).toEqual([[40], [50]]);
});

test("a group takes no more than its limit and never divides a submission", async () => {
  const { submit, runAt } = heldGroup({ itemsMax: 3 });
  const all = [submit([1, 2]), submit([3, 4]), submit([5]), submit([6, 7, 8, 9])];
  const seen: number[][] = [];
  for (const index of [0, 1, 2]) {
    const run = await runAt(index);
    seen.push(run.items);
    run.settle();
  }
  await Promise.all(all);
  expect(seen).toEqual([
    [1, 2],
    [3, 4, 5],
    [6, 7, 8, 9],
  ]);
});

test("beyond the queue a submission is refused at once, with a time to come back", async () => {
  const { submit, runAt } = heldGroup({ queueMax: 2 });
  const accepted = submit([1, 2]);
  await expect(submit([3])).rejects.toMatchObject({
    code: "temporary-reduced-capacity",
    detail: { retryAfterSeconds: 1 },
  });
  (await runAt(0)).settle();
  expect(await accepted).toEqual([10, 20]);
});

test("a group that was surely not carried out is run one by one, and only the bad one fails", async () => {
  const { submit, runAt } = heldGroup();
  const all = Promise.allSettled([submit([1]), submit([2]), submit([3])]);
  (await runAt(0)).settle(new RangeError("a bad row"));
  (await runAt(1)).settle();
  (await runAt(2)).settle(new RangeError("a bad row"));
  (await runAt(3)).settle();
  expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("a group of which nobody knows whether it was carried out is not run again", async () => {
  const { submit, runAt, runs } = heldGroup();
  const all = Promise.allSettled([submit([1]), submit([2])]);
  (await runAt(0)).settle(new AppError("register-unavailable"));
  expect((await all).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(runs).toHaveLength(1);
});

test("draining waits for what is under way and what waits", async () => {
  const { submit, drain, runAt } = heldGroup({ itemsMax: 1 });
  const all = [submit([1]), submit([2])];
  let drained = false;
  const waiting = drain().then(() => (drained = true));
  (await runAt(0)).settle();
  const second = await runAt(1);
  expect(drained).toBe(false);
  second.settle();
  await waiting;
  expect(await Promise.all(all)).toEqual([[10], [20]]);
});
