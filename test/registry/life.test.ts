// A listing's life over HTTP on a real database, from the draft to each way off the lists, with its audit and its clocks.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireListings } from "../../src/registry/expiry.ts";
import { measuresLeftOut } from "../../src/registry/index.ts";
import { type Case, type Courthouse, formOf, newCase, openCourthouse, paper, type Seen } from "./courthouse.ts";

let court: Courthouse;
beforeAll(async () => {
  court = await openCourthouse();
});
afterAll(() => court.close());

const actions = async (listing: Seen) =>
  (await court.audit(listing)).map(({ action }) => action.slice("listing.".length));
const published = ["draft", "decide", "record_service", "state_unperformed", "publish"];
const removal = (exit: object, day = court.today()) => ({
  exit,
  reasonAroseOn: day,
  reachedCourtOn: day,
  reason: "测试事由",
});
const listedBoth = { dishonest: "listed", consumption_limit: "listed" };
const onlyLimited = { dishonest: "clear", consumption_limit: "listed" };
const clear = { dishonest: "clear", consumption_limit: "clear" };

describe("from the draft to publication", () => {
  test("nothing is answered before publication, everything from the next check on", async () => {
    court.setClock("2026-09-15T09:00:00+08:00");
    const matter = newCase();
    const [listing, limit] = await court.draft(formOf(matter));
    if (!listing || !limit) throw new Error("no drafts");
    expect([listing.list, limit.list]).toEqual(["dishonest", "consumption_limit"]);
    await court.act(court.president, limit, "decide", { paper });
    await court.act(court.president, listing, "decide", { paper });
    expect(await court.check(matter)).toEqual(clear);
    await court.publishDecided(limit);
    expect(await court.check(matter)).toEqual(onlyLimited);
    await court.publishDecided(listing);
    expect(await court.check(matter)).toEqual(listedBoth);
    expect(listing).toMatchObject({
      state: "published",
      version: 5,
      publishedOn: "2026-09-15",
      party: { sex: expect.any(String), ageAtPublication: 126, documents: [{ type: "resident_id" }] },
      court: { code: "闽0203", name: "厦门市思明区人民法院" },
      proceeding: {
        draftedBy: [court.clerk.actor.id],
        decision: { number: paper.number, sha256: paper.sha256, decidedAs: "president" },
      },
    });
    expect(await actions(listing)).toEqual(published);
    const actors = (await court.audit(listing)).map(({ actor }) => actor);
    expect(actors[0]).toBe(`staff:${court.clerk.actor.id}`);
    expect(actors[1]).toBe(`staff:${court.president.actor.id}`);
    expect(await court.clocks(listing)).toEqual([
      { kind: "application_decision", startedOn: "2026-09-14", dueOn: "2026-09-29", stopped: true },
    ]);
  });

  test("several debtors of one case, a unit and its officer, are drafted in one form", async () => {
    const [one, two] = [newCase(), newCase()];
    const unit = { name: "测试公司（演示）", document: { type: "uscc", number: "91350200MA0000007F" } };
    const officer = { capacity: "legal_representative", unit: { party: 0 } };
    const drafts = await court.draft({
      ...formOf(one),
      parties: [
        { ...unit, limit: {} },
        { name: one.name, document: { type: "resident_id", number: one.number }, limit: officer },
        ...formOf(two).parties,
      ],
    });
    expect(drafts.map(({ list, capacity }) => [list, capacity])).toEqual([
      ["consumption_limit", "debtor"],
      ["consumption_limit", "legal_representative"],
      ["dishonest", "debtor"],
      ["consumption_limit", "debtor"],
    ]);
    const [unitLimit, officerLimit] = drafts;
    if (!unitLimit || !officerLimit) throw new Error("no drafts");
    const refused = await court.tryAct(court.president, officerLimit, "decide", { paper });
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: "unit-not-limited" } } });
    await court.publish(unitLimit);
    await court.publish(officerLimit);
    expect(officerLimit.state).toBe("published");
  });

  test("grace is neither public nor answered, and its end is a task and not a publication", async () => {
    court.setClock("2026-09-15T09:00:00+08:00");
    const matter = newCase();
    const [listing, limit] = await court.draft(formOf(matter));
    if (!listing || !limit) throw new Error("no drafts");
    await court.publish(limit);
    await court.act(court.president, listing, "decide", { paper });
    await court.act(court.judge, listing, "grant-grace", { until: "2026-10-31", reason: "已部分履行" });
    expect(await court.check(matter)).toEqual(onlyLimited);
    const early = await court.tryAct(court.judge, listing, "publish");
    expect(early.body).toMatchObject({ refusal: { code: "not-served" } });
    court.setClock("2026-11-01T00:00:00+08:00");
    expect(await court.check(matter)).toEqual(onlyLimited);
    const { body } = await court.service.request
      .get(`/v1/listings?task=publication&caseNumber=${encodeURIComponent(matter.caseNumber)}`)
      .set(court.judge.headers);
    expect(body.data.map(({ id }: Seen) => id)).toEqual([listing.id]);
    await court.publishDecided(listing);
    expect(await court.check(matter)).toEqual(listedBoth);
    expect(await court.clocks(listing)).toContainEqual({
      kind: "grace",
      startedOn: "2026-09-15",
      dueOn: "2026-10-31",
      stopped: true,
    });
  });
});

describe("ways off the list of dishonest debtors", () => {
  test("deleted after payment at six in the morning, by one judge, at once", async () => {
    court.setClock("2026-09-29T09:00:00+08:00");
    const matter = newCase();
    const { listing, limit } = await court.publishBoth(matter);
    expect(await court.check(matter)).toEqual(listedBoth);
    // At the station: the last working day before the National Day holidays has ended.
    court.setClock("2026-10-02T06:00:00+08:00");
    const paid = removal({ operation: "delete", ground: { code: "R1" } });
    await court.act(court.judge, listing, "exit", paid);
    expect(await court.check(matter)).toEqual(onlyLimited);
    expect(listing).toMatchObject({
      state: "ended",
      exit: { operation: "delete", reason: "R1", limitToLift: limit.id, secondLook: { needed: true, by: null } },
    });
    await court.act(court.judge, limit, "exit", removal({ operation: "lift", ground: "performed" }));
    expect(await court.check(matter)).toEqual(clear);
    const clocks = await court.clocks(listing);
    // 1 to 7 October are holidays; 10 October is a worked Saturday.
    expect(clocks).toContainEqual({ kind: "deletion", startedOn: "2026-10-02", dueOn: "2026-10-10", stopped: true });
    expect(clocks).toContainEqual({
      kind: "second_look",
      startedOn: "2026-10-02",
      dueOn: "2026-10-08",
      stopped: false,
    });
    const own = await court.tryAct(court.judge, listing, "second-look", { finding: "confirmed" });
    expect(own).toMatchObject({ status: 409, body: { refusal: { code: "same-person" } } });
    court.setClock("2026-10-08T09:00:00+08:00");
    await court.act(court.secondJudge, listing, "second-look", { finding: "confirmed" });
    await court.act(court.clerk, listing, "shield", { shieldedOn: "2026-10-08" });
    expect(await actions(listing)).toEqual([...published, "exit", "second_look", "shield"]);
    expect((await court.audit(listing)).find(({ action }) => action === "listing.exit")?.reason).toBe("测试事由");
  });

  test.each([
    ["R2", {}, true],
    ["R4", { searches: 2, hasLead: false }, false],
    ["R5", {}, false],
    ["R6", {}, true],
    ["R7", {}, true],
  ])("deleted by %s: the limit stays until it is lifted, and whether it must be is said", async (code, more, must) => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const matter = newCase();
    const { listing, limit } = await court.publishBoth(matter);
    await court.act(court.judge, listing, "exit", removal({ operation: "delete", ground: { code, ...more } }));
    expect(await court.check(matter)).toEqual(onlyLimited);
    expect(listing).toMatchObject({ exit: { reason: code, limitToLift: must ? limit.id : null } });
    expect(await actions(listing)).toEqual([...published, "exit"]);
    expect(await court.clocks(listing)).toContainEqual({
      kind: "deletion",
      startedOn: "2026-09-21",
      dueOn: "2026-09-24",
      stopped: true,
    });
  });

  test("revoked: it should never have been", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const matter = newCase();
    const { listing } = await court.publishBoth(matter);
    await court.act(court.judge, listing, "exit", removal({ operation: "revoke" }));
    expect(await court.check(matter)).toEqual(onlyLimited);
    expect(await court.clocks(listing)).toContainEqual({
      kind: "revocation",
      startedOn: "2026-09-21",
      dueOn: "2026-09-24",
      stopped: true,
    });
    expect(await actions(listing)).toEqual([...published, "exit"]);
  });

  test("a listing with a term is not deleted, is ended early by the president, and expires by itself", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const fixed = { listing: { grounds: ["G4"], term: { kind: "fixed", months: 24, runsFrom: "decision" } } };
    const [first, second] = [newCase(), newCase()];
    const { listing: early } = await court.publishBoth(first, fixed);
    expect(early).toMatchObject({ term: { kind: "fixed", runsFrom: "decision", endsOn: "2028-09-21" } });
    const refused = await court.tryAct(
      court.judge,
      early,
      "exit",
      removal({ operation: "delete", ground: { code: "R1" } }),
    );
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: "term-fixed" } } });
    const judge = await court.tryAct(court.judge, early, "exit", removal({ operation: "early" }));
    expect(judge).toMatchObject({ status: 403, body: { code: "authority" } });
    await court.act(court.delegate, early, "exit", removal({ operation: "early" }));
    expect(await court.check(first)).toEqual(onlyLimited);

    const { listing } = await court.publishBoth(second, fixed);
    const running = await court.tryAct(court.judge, listing, "exit", removal({ operation: "expire" }));
    expect(running.body).toMatchObject({ refusal: { code: "term-running" } });
    court.setClock("2028-09-22T00:00:00+08:00");
    expect(await expireListings(court.service.db, court.now())).toBe(1);
    const president = await court.staff("president");
    const { body } = await court.read(president, listing.id);
    expect(body).toMatchObject({ state: "ended", exit: { operation: "expire", endedBy: "expiry" } });
    expect(await actions(listing)).toEqual([...published, "exit"]);
    expect(await court.clocks(listing)).toContainEqual({
      kind: "term",
      startedOn: "2026-09-21",
      dueOn: "2028-09-21",
      stopped: true,
    });
    // No notice says yet which days of 2028 are worked.
    expect(await court.clocks(listing)).toContainEqual({
      kind: "expiry",
      startedOn: "2028-09-21",
      dueOn: null,
      stopped: true,
    });
  });

  test("rectified: the next check reads the new words, and the old ones are kept", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const matter = newCase();
    const { listing } = await court.publishBoth(matter);
    const corrections = { name: "测试乙", obligation: "偿还借款人民币20000元" };
    const request = { corrections, reachedCourtOn: "2026-09-18", reason: "姓名登记有误" };
    await court.act(court.judge, listing, "rectify", request);
    expect(await court.check(matter)).toEqual({ dishonest: "review", consumption_limit: "listed" });
    expect((await court.check({ ...matter, name: "测试乙" })).dishonest).toBe("listed");
    const [kept] = await court.service.sql`
      select content ->> 'name' as name, load_id, source from listing_version
      where content ->> 'case_number' = ${matter.caseNumber} order by version desc limit 1`;
    expect(kept).toEqual({ name: "测试甲", load_id: null, source: "court" });
    // 20 September is a worked Sunday.
    expect(await court.clocks(listing)).toContainEqual({
      kind: "rectification",
      startedOn: "2026-09-18",
      dueOn: "2026-09-22",
      stopped: true,
    });
    const heavier = {
      corrections: { grounds: ["G1", "G4"], term: { kind: "fixed", months: 24 } },
      reachedCourtOn: "2026-09-18",
      reason: "漏列情形",
    };
    expect((await court.tryAct(court.judge, listing, "rectify", heavier)).body).toMatchObject({ code: "authority" });
    await court.act(court.president, listing, "rectify", heavier);
    expect(listing).toMatchObject({ grounds: ["G1", "G4"], term: { kind: "fixed", endsOn: "2028-09-21" } });
    expect(await actions(listing)).toEqual([...published, "rectify", "rectify"]);
  });

  test("performed in grace: it lapses and was never public", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const matter = newCase();
    const [listing, limit] = await court.draft(formOf(matter));
    if (!listing || !limit) throw new Error("no drafts");
    await court.publish(limit);
    await court.act(court.president, listing, "decide", { paper });
    await court.act(court.judge, listing, "grant-grace", { until: "2026-11-20", reason: "已部分履行" });
    court.setClock("2026-10-12T09:00:00+08:00");
    await court.act(court.judge, listing, "lapse", { performedOn: "2026-10-12", reason: "全部履行" });
    expect(listing).toMatchObject({ state: "lapsed", exit: { limitToLift: limit.id, shield: { needed: false } } });
    expect(await court.check(matter)).toEqual(onlyLimited);
    const [row] = await court.service.sql`
      select count(*)::int as n from listing_change c join listing l on l.id = c.listing_id
      where l.case_number = ${matter.caseNumber} and l.list = 'dishonest'`;
    expect(row?.["n"]).toBe(0);
  });
});

describe("ways off the limit", () => {
  async function limited(matter: Case): Promise<Seen> {
    const [limit] = await court.draft(formOf(matter, { listing: false }));
    if (!limit) throw new Error("no draft");
    return court.publish(limit);
  }

  test("with security only once the debtor is not listed any more; performed at any time", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const { listing, limit } = await court.publishBoth(newCase());
    const security = removal({ operation: "lift", ground: "security" });
    expect((await court.tryAct(court.judge, limit, "exit", security)).body).toMatchObject({
      refusal: { code: "limit-follows-listing" },
    });
    await court.act(court.president, listing, "exit", removal({ operation: "delete", ground: { code: "R3" } }));
    expect(listing).toMatchObject({ exit: { creditorBarredUntil: "2027-03-21", limitToLift: null } });
    await court.act(court.judge, limit, "exit", security);
    expect(limit).toMatchObject({ state: "ended", exit: { operation: "lift", reason: "security" } });
  });

  test("with the creditor's consent, and revoked where it should never have been", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    for (const exit of [{ operation: "lift", ground: "consent" }, { operation: "revoke" }]) {
      const matter = newCase();
      const limit = await limited(matter);
      expect(await court.check(matter)).toEqual(onlyLimited);
      await court.act(court.judge, limit, "exit", removal(exit));
      expect(await court.check(matter)).toEqual(clear);
      expect(await actions(limit)).toEqual([...published, "exit"]);
    }
  });

  test("of an officer: by the end of the office, with the unit's month to name the successor; for private consumption", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const unit = { name: "测试公司（演示）", document: { type: "uscc", number: "91350200MA0000007F" } };
    const [one, two] = [newCase(), newCase()];
    const officerOf = ({ name, number }: typeof one, capacity: string) => ({
      name,
      document: { type: "resident_id", number },
      limit: { capacity, unit: { party: 0 } },
    });
    const parties = [
      { ...unit, limit: {} },
      officerOf(one, "legal_representative"),
      officerOf(two, "actual_controller"),
    ];
    const [unitLimit, representative, controller] = await court.draft({ ...formOf(one), parties });
    if (!unitLimit || !representative || !controller) throw new Error("no drafts");
    for (const limit of [unitLimit, representative, controller]) await court.publish(limit);
    const ended = removal({ operation: "lift", ground: "role_ended" });
    expect((await court.tryAct(court.judge, unitLimit, "exit", ended)).body).toMatchObject({
      refusal: { code: "only-officers" },
    });
    await court.act(court.judge, representative, "exit", ended);
    await court.act(court.judge, controller, "exit", removal({ operation: "lift", ground: "private" }));
    expect([await court.check(one), await court.check(two)]).toEqual([clear, clear]);
    expect(unitLimit.state).toBe("published");
    expect(await court.clocks(representative)).toContainEqual({
      kind: "successor_naming",
      startedOn: "2026-09-21",
      dueOn: "2026-10-21",
      stopped: false,
    });
  });

  test("rectified: the next check reads the new words", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const matter = newCase();
    const limit = await limited(matter);
    const request = { corrections: { name: "测试乙" }, reachedCourtOn: "2026-09-21", reason: "姓名登记有误" };
    await court.act(court.judge, limit, "rectify", request);
    expect(await court.check({ ...matter, name: "测试乙" })).toEqual(onlyLimited);
    expect(await actions(limit)).toEqual([...published, "rectify"]);
  });

  test("a window takes its measures out of answers from its first day through its last, until it is closed", async () => {
    court.setClock("2026-09-21T09:00:00+08:00");
    const { limit } = await court.publishBoth(newCase());
    const window = { measures: ["LIM2015-1"], from: "2026-09-24", until: "2026-10-08" };
    const request = { window, reason: "因公出差" };
    expect((await court.tryAct(court.judge, limit, "open-window", request)).body).toMatchObject({ code: "authority" });
    await court.act(court.president, limit, "open-window", request);
    const [row] = await court.service.sql`select subject_id from exception_window order by id desc limit 1`;
    const subject = String(row?.["subject_id"]);
    const on = async (day: string) => [
      ...((await measuresLeftOut(court.service.db, [subject], day)).get(subject) ?? []),
    ];
    expect([await on("2026-09-23"), await on("2026-09-24"), await on("2026-10-08"), await on("2026-10-09")]).toEqual([
      [],
      ["LIM2015-1"],
      ["LIM2015-1"],
      [],
    ]);
    const [opened] = limit["windows"] as { id: string }[];
    await court.act(court.president, limit, "close-window", { window: opened?.id, reason: "事由消失" });
    expect(await on("2026-09-30")).toEqual([]);
    expect(await actions(limit)).toEqual([...published, "open_window", "close_window"]);
  });
});
