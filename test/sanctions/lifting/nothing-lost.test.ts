// Whatever happens to the register, and however often its follower dies: every sanction stands in exactly one way, and
// nothing that is owed to a party ever disappears.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RegisterFollower } from "../../../src/registry/index.ts";
import { type Command, commands, tour } from "./commands.ts";
import { openHistory } from "./history.ts";

/** More for a night: HISTORIES=500. */
const RUNS = Number(process.env["HISTORIES"] ?? 4);
const COMMANDS = { minLength: 10, maxLength: 40, size: "max" as const };
const timeout = 120_000 + RUNS * 30_000;

type Wrap = (follower: RegisterFollower) => RegisterFollower;

/** Runs the property; how often each standing was seen at the end of a history, and what had happened until then. */
async function holds(runs: number, { wrap, withDay = true }: { wrap?: Wrap; withDay?: boolean } = {}) {
  const seen: Record<string, number> = {};
  const count = (name: string, more = 1) => (seen[name] = (seen[name] ?? 0) + more);
  const histories = fc.array(commands, COMMANDS);
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 4 }), async (given: Command[], changesMax) => {
      const history = await openHistory(changesMax, wrap);
      try {
        for (const command of given) await command.run(history);
        await history.finish({ withDay });
        for (const { standing, arisen, cancelled } of history.kept) {
          count(standing);
          count("arisen", arisen);
          count("cancelled", cancelled);
        }
      } finally {
        await history.close();
      }
    }),
    { numRuns: runs, endOnFailure: wrap !== undefined, examples: wrap ? [] : [[tour, 2]] },
  );
  return seen;
}

test(
  "every sanction is completed, supported, owed, lifted or over, at every time in any history",
  { timeout },
  async () => {
    const seen = await holds(RUNS);
    const wanted = ["completed", "supported", "open_obligation", "lifted", "ended_by_date", "arisen", "cancelled"];
    expect(wanted.filter((name) => !seen[name])).toEqual([]);
  },
);

test("a follower that forgets what a load did is found out", { timeout }, async () => {
  const forgetful: Wrap = (follower) => ({
    ...follower,
    follow: async (tx, stretch) => (stretch.upTo - stretch.after > 1 ? undefined : follower.follow(tx, stretch)),
  });
  await expect(holds(200, { wrap: forgetful, withDay: false })).rejects.toThrow(/Property failed/);
});
