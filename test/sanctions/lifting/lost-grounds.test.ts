// The other ways in which a sanction loses its ground: files and their roll-backs, names, time; and what happened once.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importNotice } from "../../../src/courts/index.ts";
import { importFile, type Load, rollbackLoad } from "../../../src/feeds/index.ts";
import { publicId, uuidOf } from "../../../src/platform/id.ts";
import { addDays } from "../../../src/platform/time.ts";
import { rectifyListing } from "../../../src/registry/index.ts";
import { jsonLines, type PublishedRow, publishedRow } from "../../feeds/published-row.ts";
import { officer } from "../../registry/chambers.ts";
import { endByCourt } from "../../registry/ending.ts";
import { type Imposed, type LiftingDesk, openLiftingDesk } from "./lifting-desk.ts";

let desk: LiftingDesk;
const folder = mkdtempSync(join(tmpdir(), "shixin-lifting-"));
beforeAll(async () => {
  desk = await openLiftingDesk();
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

describe("a load", () => {
  const row = (place: number, over: PublishedRow = {}) => publishedRow(place, over);

  async function load(rows: PublishedRow[], mode: "snapshot" | "delta" = "snapshot"): Promise<Load> {
    const file = join(folder, "list.jsonl");
    writeFileSync(file, jsonLines(rows));
    const { databaseUrl: url, ring: keyRing } = desk.service;
    const who = {
      url,
      keyRing,
      actor: "operator:test",
      source: "national",
      rejectedTo: join(folder, "rejected.jsonl"),
    };
    const asOf = new Date(Date.now() + 2);
    return importFile({
      ...who,
      mode,
      file,
      expected: rows.length,
      asOf,
      gates: { shrink: 1e9, churn: 1e9, unknownCourts: 1 },
    });
  }

  const rollBack = ({ id }: Load) =>
    rollbackLoad({
      url: desk.service.databaseUrl,
      id: uuidOf("lod", id) ?? "",
      actor: "operator:second",
      reason: "文件有误",
    });

  async function imposeOn(place: number): Promise<Imposed> {
    const party = {
      name: "测试甲",
      number: String(row(place)["cardNum"]),
      caseNumber: "",
      caseReference: `XM-L-${place}`,
    };
    const found = await desk.check(party);
    const listing = uuidOf("lst", String(found.answer.matches[0]?.listingId)) ?? "";
    return desk.sanctionOf({ party, listing, ...found });
  }

  test("that is rolled back takes the ground away, and one that ended the listing gives it back", async () => {
    const loaded = await load([row(1), row(2), row(3)]);
    const [kept, dropped] = [await imposeOn(1), await imposeOn(2)];
    const shorter = await load([row(1), row(3)]);
    await desk.settle();
    expect(await desk.obligationsOf(kept)).toEqual([]);
    expect(await desk.obligationsOf(dropped)).toMatchObject([{ state: "open" }]);

    await rollBack(shorter);
    await desk.settle();
    const listing = publicId("lst", dropped.listing);
    expect(await desk.obligationsOf(dropped)).toMatchObject([{ state: "cancelled", cancelled: { listing } }]);
    expect(await desk.standingOf(dropped)).toBe("supported");

    await rollBack(loaded);
    await desk.settle();
    expect(await desk.obligationsOf(kept)).toMatchObject([{ state: "open" }]);
    expect(await desk.obligationsOf(dropped)).toMatchObject([{ state: "cancelled" }, { state: "open" }]);
  });

  test("that lists the party under another name has taken the ground away", async () => {
    await load([row(5), row(6)]);
    const imposed = await imposeOn(5);
    await load([row(5, { duty: "偿还借款人民币20000元" }), row(6)]);
    await desk.settle();
    expect(await desk.obligationsOf(imposed)).toEqual([]);
    await load([row(5, { iname: "测试乙" }), row(6)]);
    await desk.settle();
    expect(await desk.obligationsOf(imposed)).toMatchObject([
      { state: "open", listing: publicId("lst", imposed.listing) },
    ]);
    await load([row(5), row(6)]);
    await desk.settle();
    expect(await desk.obligationsOf(imposed)).toMatchObject([{ state: "cancelled" }]);
  });
});

describe("what happened once", () => {
  test("lets the party apply again when its listing ends", async () => {
    const imposed = await desk.impose({ duration: "once" });
    await desk.endListing(imposed.listing);
    await desk.settle();
    expect([await desk.eventsOf(imposed), await desk.standingOf(imposed)]).toEqual([
      ["reapplication.open"],
      "completed",
    ]);
    expect([await desk.obligationsOf(imposed), await desk.reviewsOf(imposed)]).toEqual([[], []]);
    await desk.settle();
    expect(await desk.eventsOf(imposed)).toHaveLength(1);
  });

  test("is looked at again when the listing was revoked", async () => {
    const imposed = await desk.impose({ duration: "once" });
    await desk.service.db.transaction((tx) => endByCourt(tx, imposed.listing, { exit: { operation: "revoke" } }));
    await desk.settle();
    expect(await desk.eventsOf(imposed)).toEqual(["reapplication.open", "review.due"]);
    const [due] = await desk.reviewsOf(imposed);
    expect(due).toMatchObject({
      state: "open",
      overdue: false,
      cause: "revoked",
      notedOn: desk.today(),
      outcome: null,
    });
    const path = `/v1/past-refusal-reviews/${String(due?.["id"])}`;
    const review = { operator: "officer 0417", reviewedOn: desk.today(), documentNumber: "厦财复〔2026〕1号" };
    const done = await desk.service.post(`${path}/complete`, { ...review, outcome: "reversed" });
    expect([done.status, done.body.state, done.body.outcome]).toEqual([200, "done", "reversed"]);
    expect((await desk.service.post(`${path}/complete`, { ...review, outcome: "upheld" })).status).toBe(409);
    expect((await desk.service.get(path)).body).toMatchObject({ outcome: "reversed", operator: "officer 0417" });
    expect((await desk.audit(String(due?.["id"]))).map(({ action }) => action)).toEqual(["review.complete"]);
    expect(await desk.reviewsOf(imposed)).toEqual([]);
    expect(await desk.reviewsOf(imposed, "done")).toHaveLength(1);
  });

  test("is looked at again when the court finds that the name was another's", async () => {
    const imposed = await desk.impose({ duration: "once" });
    const target = { id: imposed.listing, version: 1, now: desk.now() };
    const reachedCourtOn = desk.today();
    const given = { corrections: { name: "测试乙" }, reachedCourtOn, reason: "姓名有误" };
    await desk.service.db.transaction((tx) => rectifyListing(tx, officer("judge"), target, given));
    await desk.settle();
    expect(await desk.reviewsOf(imposed)).toMatchObject([{ cause: "identity_rectified" }]);
  });
});

describe("time alone", () => {
  test("ends a term: the sanction is owed the day after, though nobody has ended the row", async () => {
    const party = (await desk.hit()).party;
    const ended = await desk.service.sql<
      { id: string }[]
    >`select id from listing where case_number = ${party.caseNumber}`;
    await desk.endListing(String(ended[0]?.id));
    const { id: listing } = await desk.publish(party, {
      caseNumber: "(2026)闽0203执90008002号",
      grounds: ["G4"],
      term: { endsOn: addDays(desk.today(), 2) },
    });
    const imposed = await desk.sanctionOf({
      party,
      listing,
      ...(await desk.check(party, { caseReference: "XM-T-1" })),
    });
    await desk.later(24 * 2, desk.settle);
    expect(await desk.eventsOf(imposed), "on its last day").toEqual([]);
    await desk.later(24 * 3, async () => {
      expect(await desk.standingOf(imposed)).toBe("open_obligation");
      await desk.settle();
      expect(await desk.obligationsOf(imposed)).toMatchObject([{ state: "open", listing: publicId("lst", listing) }]);
    });
    expect(await desk.eventsOf(imposed)).toEqual(["lift.due"]);
  });

  test("ends a sanction by its own last day, and nothing is owed afterwards", async () => {
    const imposed = await desk.impose({ duration: "until", endsOn: addDays(desk.today(), 1) });
    await desk.later(24 * 2, async () => {
      expect(await desk.standingOf(imposed)).toBe("ended_by_date");
      await desk.settle();
    });
    await desk.endListing(imposed.listing);
    await desk.settle();
    expect([await desk.standingOf(imposed), await desk.obligationsOf(imposed)]).toEqual(["ended_by_date", []]);
  });

  test("brings the holiday notice by which a last day can be counted", async () => {
    const imposed = await desk.impose();
    await desk.endListing(imposed.listing);
    const year = Number(desk.today().slice(0, 4)) + 1;
    const hours = Math.ceil((Date.parse(`${year}-01-04T12:00:00+08:00`) - desk.now().getTime()) / 3_600_000);
    await desk.later(hours, async () => {
      await desk.settle();
      expect(await desk.obligationsOf(imposed, "due_unknown")).toMatchObject([{ dueOn: null, overdue: false }]);
      const holidayOn = (day: string) => ({ name: "节日", from: `${year}-${day}`, to: `${year}-${day}`, workdays: [] });
      const holidays = [holidayOn("01-01"), holidayOn("10-01")];
      const notice = { year, title: "测试安排", issuedOn: `${year - 1}-11-01`, holidays };
      await desk.service.db.transaction((tx) => importNotice(tx, "operator:test", notice));
    });
    await desk.later(hours + 24, async () => {
      await desk.settle();
      const [owed] = await desk.obligationsOf(imposed);
      expect(String(owed?.["dueOn"])).toMatch(new RegExp(`^${year}-01-`));
    });
  });
});
