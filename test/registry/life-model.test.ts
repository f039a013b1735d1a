// Whatever several people try at once, no listing is ever in a state that the law forbids. LIFE_SEQUENCES=3000 runs more.
import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { useDatabase } from "../database.ts";
import { path, runSequence, sequence, type Tally } from "./life-model.ts";

const connection = useDatabase();

const SEQUENCES = Number(process.env["LIFE_SEQUENCES"] ?? 36);
/** Sequences that run at the same time, each on a case of its own. */
const TOGETHER = 6;

test(
  `${SEQUENCES} random sequences of acts never reach a state that the law forbids`,
  { timeout: SEQUENCES * 4_000 },
  async () => {
    const tally: Tally = { taken: new Map(), refused: 0 };
    const several = fc.array(sequence, { minLength: TOGETHER, maxLength: TOGETHER });
    await fc.assert(
      fc.asyncProperty(several, async (sequences) => {
        await Promise.all(sequences.map((each) => runSequence(connection, each, tally)));
      }),
      { numRuns: Math.ceil(SEQUENCES / TOGETHER), endOnFailure: SEQUENCES > 100 },
    );
    // A model in which nothing happens would agree with any register.
    expect(tally.taken.size).toBeGreaterThan(5);
    expect(tally.refused).toBeGreaterThan(0);
  },
);

test("control: a listing that somebody published behind the verbs is found", async () => {
  const tally: Tally = { taken: new Map(), refused: 0 };
  const rounds = path.slice(0, 3).map((given) => ({ wait: 0, commands: [given] }));
  const publish = ({ listing }: { listing: string }) =>
    connection.db.execute(sql`update listing set state = 'published', published_on = now() where id = ${listing}`);
  await expect(runSequence(connection, { grounds: ["G1"], rounds }, tally, publish)).rejects.toThrow("listing");
});
