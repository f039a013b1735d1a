// From a listing that ends to a sanction that is lifted, over HTTP: for the agency, the courts, and whoever oversees both.
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "../../../src/platform/id.ts";
import { createMetricsRegistry } from "../../../src/platform/metrics.ts";
import { addDays } from "../../../src/platform/time.ts";
import { addLiftCommands, watchLifting } from "../../../src/sanctions/index.ts";
import { signInAgencyStaff, signInStaff } from "../../courts/staff.ts";
import { type LiftingDesk, liftPath, openLiftingDesk, type Seen } from "./lifting-desk.ts";

let desk: LiftingDesk;
beforeAll(async () => {
  desk = await openLiftingDesk();
});
afterAll(() => desk.close());

/** What the command prints at the desk's time. */
async function overdue(...args: string[]): Promise<{ counts: Seen; obligations: Seen[] }> {
  const printed: string[] = [];
  const program = new Command().exitOverride();
  const { service, now } = desk;
  addLiftCommands(program, { withRuntime: (work) => work(service), now, print: (text) => void printed.push(text) });
  await program.parseAsync(["lift", "overdue", "--json", ...args], { from: "user" });
  return JSON.parse(printed.join("")) as { counts: Seen; obligations: Seen[] };
}

describe("a removal", () => {
  test("is owed, overdue where nothing happens, and settled by the lift", async () => {
    const imposed = await desk.impose();
    expect(await desk.standingOf(imposed)).toBe("supported");
    await desk.endListing(imposed.listing);
    expect(await desk.standingOf(imposed), "before anybody has noted it").toBe("open_obligation");
    expect(await desk.obligationsOf(imposed)).toEqual([]);
    await desk.settle();

    const [owed] = await desk.obligationsOf(imposed, "open");
    expect(owed).toMatchObject({
      state: "open",
      overdue: false,
      listing: publicId("lst", imposed.listing),
      court: "闽0203",
      notedOn: desk.today(),
      liftedOn: null,
      cancelled: null,
      closed: null,
    });
    expect(await desk.eventsOf(imposed)).toEqual(["lift.due"]);
    const dueOn = String(owed?.["dueOn"]);
    expect(dueOn > desk.today()).toBe(true);

    const clerk = await signInStaff(desk.service, "clerk", { court: "闽0203" });
    const higher = await signInStaff(desk.service, "auditor", { court: "闽02" });
    const elsewhere = await signInStaff(desk.service, "clerk", { court: "闽0206" });
    const authority = await signInAgencyStaff(desk.service, "credit_authority", desk.service.agencyId);
    const lists: [path: string, headers: Record<string, string>, isSeen: boolean][] = [
      ["/v1/court/lift-obligations?state=overdue&limit=200", clerk.headers, true],
      ["/v1/court/lift-obligations?state=overdue&limit=200&court=闽0203", higher.headers, true],
      ["/v1/court/lift-obligations?limit=200", elsewhere.headers, false],
      ["/v1/oversight/lift-obligations?state=overdue&limit=200", authority, true],
    ];
    const isIn = (rows: Seen[]) => rows.some(({ id }) => id === owed?.["id"]);
    expect(isIn(await desk.page(lists[0]?.[0] ?? "", clerk.headers)), "overdue on the first day").toBe(false);

    await desk.later(24 * 12, async () => {
      expect(await desk.obligationsOf(imposed, "overdue")).toMatchObject([{ id: owed?.["id"], overdue: true, dueOn }]);
      for (const [path, headers, isSeen] of lists)
        expect([path, isIn(await desk.page(encodeURI(path), headers))]).toEqual([path, isSeen]);
      const seen = (await desk.page("/v1/court/lift-obligations?limit=200", clerk.headers)).find((row) => isIn([row]));
      expect(seen).toMatchObject({ agency: "测试单位" });
      expect(Object.keys(seen ?? {})).not.toContain("check");
      expect(isIn((await overdue("--court", "闽0203")).obligations)).toBe(true);
      expect(isIn((await overdue("--court", "闽0206")).obligations)).toBe(false);
      const registry = createMetricsRegistry();
      watchLifting(registry, { db: desk.service.db, now: desk.now });
      expect(await registry.metrics()).toMatch(/shixin_lift_obligations\{state="overdue"\} [1-9]/);

      const { status, body } = await desk.service.post(liftPath(owed), desk.lift());
      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: "lifted",
        overdue: false,
        liftedOn: desk.today(),
        lift: { by: "officer 0417" },
      });
      expect(await desk.standingOf(imposed)).toBe("lifted");
      expect(await desk.obligationsOf(imposed, "overdue")).toEqual([]);
      expect(await desk.obligationsOf(imposed, "lifted")).toMatchObject([{ id: owed?.["id"] }]);
      const acted = (await desk.audit(String(owed?.["id"]))).concat(await desk.audit(imposed.sanction));
      expect(acted.map(({ action }) => action)).toEqual(["lift.acknowledge", "sanction.impose", "sanction.lift"]);
      const again = await desk.service.post(liftPath(owed), desk.lift());
      expect([again.status, again.body.code]).toEqual([409, "conflict"]);
    });
  });

  test("is the agency's own: no other agency sees it or settles it", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    await desk.settle();
    const [owed] = await desk.obligationsOf(imposed);
    const { key } = await desk.service.addAgency("另一测试单位", ["procurement.supplier_qualification"]);
    const foreign = await desk.service.post(liftPath(owed), desk.lift(), key);
    const read = await desk.service.get(`/v1/lift-obligations/${String(owed?.["id"])}`, key);
    expect([foreign.status, read.status]).toEqual([404, 404]);
    expect((await desk.service.get("/v1/lift-obligations", key)).body.data).toEqual([]);
    const later = await desk.service.post(liftPath(owed), desk.lift({ liftedOn: addDays(desk.today(), 1) }));
    expect([later.status, later.body.errors[0].pointer]).toEqual([422, "#/liftedOn"]);
  });

  test("that two officers settle at once is settled once", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    await desk.settle();
    const [owed] = await desk.obligationsOf(imposed);
    const answers = await Promise.all([1, 2].map(() => desk.service.post(liftPath(owed), desk.lift())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  test("is settled where a later report says that the sanction was lifted", async () => {
    const hit = await desk.hit();
    const imposed = await desk.sanctionOf(hit);
    await desk.endListing(imposed.listing);
    await desk.settle();
    const current = (await desk.read(hit.task)).body["feedback"] as { id: string };
    const former = {
      outcome: "lifted",
      liftedOn: desk.today(),
      document: "厦财解〔2026〕13号",
      reason: "名单信息已移出",
    };
    const report = { kind: "not_sanctioned", reason: "listing_ended", operator: "officer 0417" };
    const replaced = await desk.report(hit.task, { ...report, replaces: current.id, formerSanctions: former });
    expect(replaced.status).toBe(201);
    expect(await desk.obligationsOf(imposed)).toMatchObject([{ state: "lifted", liftedOn: desk.today() }]);
  });

  test("of one of two listings is nothing to lift", async () => {
    const hit = await desk.hit();
    await desk.publish(hit.party, { caseNumber: "(2026)闽0203执90008001号" });
    const imposed = await desk.sanctionOf({ ...hit, ...(await desk.check(hit.party)) });
    await desk.endListing(imposed.listing);
    await desk.settle();
    expect([await desk.obligationsOf(imposed), await desk.standingOf(imposed)]).toEqual([[], "supported"]);
  });
});

describe("a re-listing", () => {
  test("before the lift cancels what was owed, and the sanction rests on the new listing", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    await desk.settle();
    const { id: newer } = await desk.publish(imposed.party, { publishedOn: "2026-03-05" });
    expect(await desk.standingOf(imposed), "before anybody has noted it").toBe("supported");
    await desk.settle();
    const [owed] = await desk.obligationsOf(imposed);
    expect(owed).toMatchObject({ state: "cancelled", cancelled: { listing: publicId("lst", newer) } });
    expect(await desk.eventsOf(imposed)).toEqual(["lift.due", "lift.cancelled"]);
    expect((await desk.service.post(liftPath(owed), desk.lift())).status).toBe(409);

    await desk.endListing(newer);
    await desk.settle();
    const listing = publicId("lst", newer);
    expect(await desk.obligationsOf(imposed)).toMatchObject([{ state: "cancelled" }, { state: "open", listing }]);
  });

  test("that was faster than the follower leaves its trace all the same", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    await desk.publish(imposed.party, { publishedOn: "2026-03-05" });
    await desk.settle();
    expect(await desk.obligationsOf(imposed)).toMatchObject([{ state: "cancelled" }]);
    expect(await desk.eventsOf(imposed)).toEqual(["lift.due", "lift.cancelled"]);
  });

  test("of somebody else changes nothing", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    await desk.hit();
    await desk.settle();
    expect(await desk.obligationsOf(imposed, "open")).toHaveLength(1);
  });
});

describe("the court whose listing it was", () => {
  test("may say why nothing is to be lifted, and nobody else of the courts may", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    await desk.settle();
    const [owed] = await desk.obligationsOf(imposed);
    const path = `/v1/lift-obligations/${String(owed?.["id"])}/close`;
    const body = { documentNumber: "(2026)闽0203执90000001号通知书", reason: "单位已撤销，无从解除" };
    const close = async (role: "clerk" | "judge", court: string) => {
      const { headers } = await signInStaff(desk.service, role, { court });
      return desk.service.request.post(path).set(headers).send(body);
    };
    expect((await close("clerk", "闽0203")).body.code).toBe("authority");
    expect((await close("judge", "闽02")).body.code).toBe("jurisdiction");
    expect((await close("judge", "闽0206")).body.code).toBe("not-found");
    const closed = await close("judge", "闽0203");
    expect([closed.status, closed.body.state, closed.body.closed.court]).toEqual([200, "closed", "闽0203"]);
    expect((await close("judge", "闽0203")).body.code).toBe("conflict");
    expect(await desk.standingOf(imposed)).toBe("lifted");
    const trail = await desk.audit(String(owed?.["id"]));
    expect(trail).toMatchObject([{ action: "lift.close", reason: body.reason }]);
  });
});

test("pages go on where the last one ended, and a cursor is good for its own list", async () => {
  const first = (await desk.service.get("/v1/lift-obligations?limit=1")).body;
  expect(first).toMatchObject({ hasMore: true, data: [expect.anything()] });
  const cursor = encodeURIComponent(String(first.nextCursor));
  const second = (await desk.service.get(`/v1/lift-obligations?limit=1&cursor=${cursor}`)).body;
  expect(second.data[0].id > first.data[0].id).toBe(true);
  const other = await desk.service.get(`/v1/lift-obligations?state=lifted&limit=1&cursor=${cursor}`);
  expect(other.body.code).toBe("invalid-cursor");
});
