// Gathers concurrent work into groups: one group is under way, the next one gathers meanwhile, and no timer is needed.
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { AppError } from "../platform/error.ts";

export type GroupOptions<Item, Answer> = {
  /** Answers a whole group, in the order of its items. */
  run: (items: Item[]) => Promise<Answer[]>;
  /** Items of one group; a submission is never divided, so a group may be one submission of more. */
  itemsMax: number;
  /** Items that may wait; beyond it a submission is refused at once. */
  queueMax: number;
  /** Whether a failed group was surely not carried out, so that its submissions may be run one by one. */
  mayRunAgain: (error: unknown) => boolean;
};

export type Group<Item, Answer> = {
  /** Answers for `items`, in order. `temporary-reduced-capacity` when the queue is full. */
  submit: (items: Item[]) => Promise<Answer[]>;
  /** Resolves once nothing is under way or waiting. */
  drain: () => Promise<void>;
};

type Submission<Item, Answer> = {
  items: Item[];
  resolve: (answers: Answer[]) => void;
  reject: (error: unknown) => void;
};

export function createGroup<Item, Answer>(options: GroupOptions<Item, Answer>): Group<Item, Answer> {
  const waiting: Submission<Item, Answer>[] = [];
  let waitingItems = 0;
  let worker: Promise<void> | null = null;

  function takeGroup(): Submission<Item, Answer>[] {
    let count = 0;
    let items = 0;
    for (const submission of waiting) {
      if (count > 0 && items + submission.items.length > options.itemsMax) break;
      count++;
      items += submission.items.length;
    }
    waitingItems -= items;
    return waiting.splice(0, count);
  }

  async function runGroup(group: Submission<Item, Answer>[]): Promise<void> {
    try {
      const answers = await options.run(group.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of group) resolve(answers.slice(from, (from += items.length)));
    } catch (error) {
      if (group.length > 1 && options.mayRunAgain(error)) {
        for (const submission of group) await runGroup([submission]);
        return;
      }
      for (const { reject } of group) reject(error);
    }
  }

  /**
   * A group starts once this turn of the event loop has read every request that was there: a commit costs the database
   * as much as ten checks, so fewer and larger groups win.
   */
  async function work(): Promise<void> {
    while (waiting.length > 0) {
      await turnOfTheLoop();
      await runGroup(takeGroup());
    }
    worker = null;
  }

  return {
    submit(items) {
      if (waitingItems + items.length > options.queueMax)
        return Promise.reject(new AppError("temporary-reduced-capacity", { retryAfterSeconds: 1 }));
      waitingItems += items.length;
      return new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject });
        worker ??= work();
      });
    },
    async drain() {
      while (worker) await worker;
    },
  };
}
