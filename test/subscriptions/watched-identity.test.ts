// A watch follows what a court found: whoever is found to be the listed party is told as listed, until that is taken back.
import { afterAll, beforeAll, expect, test } from "vitest";
import { catchUpFollower } from "../../src/registry/index.ts";
import { watchFollower } from "../../src/subscriptions/watches/index.ts";
import { type Counter, openCounter } from "../sanctions/identity/counter.ts";

const NOW = new Date("2026-11-23T09:00:00+08:00");

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

/** Who watches the party is told this, once the follower has come to its end. */
async function toldOf(watch: string): Promise<unknown[]> {
  await catchUpFollower(
    counter.service.db,
    watchFollower(() => NOW),
  );
  const events = await counter.events(counter.service.agencyId);
  return events.filter(({ data }) => data.watch === watch).map(({ type }) => type);
}

test.each(["conflict", "probable"] as const)("of a match that was %s", async (grade) => {
  const { checked, party } = await counter.openMatch(grade);
  const { status, body } = await counter.service.post("/v1/watches", {
    purpose: "travel.ticketing",
    caseReference: "XM-GZ-2026-1",
    operator: "officer 0417",
    expiresOn: "2027-09-15",
    subjects: [{ name: party.name, document: { type: "resident_id", number: party.number } }],
  });
  const watch = body.results?.[0]?.id as string;
  expect([status, await toldOf(watch)]).toEqual([200, []]);
  const request = await counter.ask(checked);
  await counter.answer(request.id, "same");
  expect(await toldOf(watch)).toEqual(["listing.listed"]);
  await counter.revoke(request.id);
  expect(await toldOf(watch)).toHaveLength(2);
});
