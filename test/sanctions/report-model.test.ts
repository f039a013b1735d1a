// Whatever is reported in whatever order, a sanction in force ends only by being lifted or set right, and nothing else moves.
import fc from "fast-check";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findStraySanction } from "../../src/sanctions/index.ts";
import { type Desk, newParty, openDesk } from "./desk.ts";
import { findDifference, steps } from "./report-model.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test("random lives of a task are what the model says, and the log says the same", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (life) => {
      expect(await findDifference(desk, newParty(), life)).toBeNull();
    }),
    { numRuns: 25 },
  );
  expect(await findStraySanction(desk.service.db)).toBeNull();
});

test("control: the model notices a sanction that a replaced report takes with it", async () => {
  await desk.service.db.execute(sql`
    create function forget() returns trigger language plpgsql as $$
      begin update sanction set state = 'cancelled' where feedback_id = old.id; return new; end $$`);
  await desk.service.db.execute(sql`
    create trigger forget after update on feedback for each row execute function forget()`);
  const sanctioned = { do: "report", kind: "sanctioned", measure: "OP2016-01-07", duration: "while_listed" } as const;
  const life = [
    { ...sanctioned, former: "none", replaces: "current" },
    { ...sanctioned, measure: "OP2016-05-03", former: "carried_over", replaces: "current" },
  ] as const;
  try {
    expect(await findDifference(desk, newParty(), life)).toMatch(/cancelled/);
  } finally {
    await desk.service.db.execute(sql`drop trigger forget on feedback`);
  }
});
