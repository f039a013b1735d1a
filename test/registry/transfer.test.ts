// A case that goes to another court, over HTTP: the court that gave it away gets one answer, and then it knows nothing.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Courthouse, formOf, newCase, openCourthouse, paper, type Seen } from "./courthouse.ts";

let court: Courthouse;
beforeAll(async () => {
  court = await openCourthouse();
});
afterAll(() => court.close());

const reason = "指定执行";
const move = (to: string) => ({ court: to, reason });

test("a transferred listing is the other court's to act on, and the answer of the transfer is the last one", async () => {
  const matter = newCase();
  const { listing } = await court.publishBoth(matter);
  const judgeThere = await court.staff("judge", { court: "闽0206" });
  expect((await court.read(judgeThere, listing.id)).status).toBe(404);

  const moved = await court.tryAct(court.judge, listing, "transfer", move("闽0206"));
  expect(moved).toMatchObject({
    status: 200,
    headers: { etag: '"v6"' },
    body: { id: listing.id, version: 6, state: "published", court: { code: "闽0203", competent: "闽0206" } },
  });
  expect((await court.audit(listing)).at(-1)).toEqual({
    action: "listing.transfer",
    actor: `staff:${court.judge.actor.id}`,
    reason,
  });
  expect((await court.check(matter)).dishonest).toBe("listed");

  expect((await court.read(court.judge, listing.id)).status).toBe(404);
  expect(await court.tryAct(court.judge, listing, "transfer", move("闽0203"))).toMatchObject({
    status: 404,
    body: { code: "not-found" },
  });
  expect((await court.read(judgeThere, listing.id)).body).toMatchObject({ version: 6 });
  const day = court.today();
  const revoked = { exit: { operation: "revoke" }, reasonAroseOn: day, reachedCourtOn: day, reason };
  await court.act(judgeThere, listing, "exit", revoked);
  expect((await court.check(matter)).dishonest).toBe("clear");
});

test("a draft is decided by the court that took the case over", async () => {
  const [, limit] = await court.draft(formOf(newCase()));
  if (!limit) throw new Error("no draft");
  await court.act(court.judge, limit, "transfer", move("闽0206"));
  expect((await court.tryAct(court.president, limit, "decide", { paper })).status).toBe(404);
  await court.act(await court.staff("president", { court: "闽0206" }), limit, "decide", { paper });
  expect(limit).toMatchObject({ state: "decided", court: { competent: "闽0206" } });
});

test("two transfers at once move the case once", async () => {
  const [listing] = await court.draft(formOf(newCase()));
  if (!listing) throw new Error("no draft");
  const send = (seen: Seen, to: string) => court.tryAct(court.judge, seen, "transfer", move(to));
  const answers = await Promise.all([send({ ...listing }, "闽0206"), send({ ...listing }, "闽0211")]);
  const [lost, ...others] = answers.map(({ status }) => status).filter((status) => status !== 200);
  expect([lost, others]).toEqual([expect.toBeOneOf([404, 412]), []]);
  const [row] = await court.service.sql`
    select count(*)::int as moves from audit_entry where subject = ${listing.id} and action = 'listing.transfer'`;
  expect(row?.["moves"]).toBe(1);
});

test.each([
  ["the court that has it", "闽0203"],
  ["a court that does not exist", "闽9999"],
])("a transfer to %s is refused and changes nothing", async (_, to) => {
  const [listing] = await court.draft(formOf(newCase()));
  if (!listing) throw new Error("no draft");
  const refused = await court.tryAct(court.judge, listing, "transfer", move(to));
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/court" }] } });
  expect((await court.read(court.judge, listing.id)).body).toMatchObject({
    version: 1,
    court: { competent: "闽0203" },
  });
});
