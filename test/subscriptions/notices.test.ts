// Whoever was shown a listing is told of its end and its correction, once, and answers; courts and the party see who did.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { flagObjection } from "../../src/registry/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { tellOfTermsOver } from "../../src/subscriptions/notices/index.ts";
import { signInAgencyStaff } from "../courts/staff.ts";
import { newCase } from "../registry/courthouse.ts";
import { type Agency, openPlatform, type Platform } from "./platform.ts";

let platform: Platform;
let other: Agency;
beforeAll(async () => {
  platform = await openPlatform();
  other = await platform.addAgency("第二单位（演示）", ["travel.ticketing", "exit.border_control"]);
});
afterAll(() => platform.close());
beforeEach(() => platform.setClock("2026-09-15T09:00:00+08:00"));

/** A published listing and limit that an agency was shown. */
async function shown(agency: Agency = platform.first) {
  const matter = newCase();
  const { listing, limit } = await platform.publishBoth(matter);
  const check = await platform.check(matter, agency);
  await platform.tell();
  return { matter, listing, limit, check };
}

const eventsAbout = async (id: string, agency: Agency = platform.first) =>
  (await platform.events(agency)).filter(({ orderKey }) => orderKey === id);

describe("an agency that was shown a listing", () => {
  test("is told of its end, by ids alone, and how it ended", async () => {
    const { listing, matter } = await shown();
    await platform.remove(listing);
    await platform.tell();
    const [event, ...more] = await eventsAbout(listing.id);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: "listing.ended", data: { listing: listing.id, operation: "delete" } });
    expect(event?.data["notice"]).toMatch(/^ntc_[0-9a-z]{26}$/);
    expect(JSON.stringify(event)).not.toContain(matter.number);
    expect(JSON.stringify(event)).not.toContain(matter.name);
    const { body } = await platform.get(`/v1/notices?listing=${listing.id}`, platform.first);
    expect(body).toMatchObject({
      data: [{ id: event?.data["notice"], kind: "ended", operation: "delete", state: "open", dueOn: "2026-09-18" }],
      hasMore: false,
    });
  });

  test("is told once, however often it asked, and nobody else is", async () => {
    const { listing, matter } = await shown();
    await platform.check(matter, platform.first, "procurement.supplier_qualification");
    await platform.check(matter, platform.first);
    await platform.remove(listing);
    await platform.tell();
    await platform.tell();
    expect(await eventsAbout(listing.id)).toHaveLength(1);
    expect(await eventsAbout(listing.id, other)).toEqual([]);
  });

  test("is told of a correction, and not of the mark of an objection", async () => {
    const { listing } = await shown();
    const id = uuidOf("lst", listing.id) ?? "";
    await platform.service.db.transaction((tx) => flagObjection(tx, "court:test", id, true));
    await platform.tell();
    expect(await eventsAbout(listing.id)).toEqual([]);
    await platform.reread(listing);
    await platform.rectify(listing, { obligation: "偿还借款人民币9000元" });
    await platform.tell();
    expect(await eventsAbout(listing.id)).toMatchObject([{ type: "listing.changed" }]);
  });

  test("that asked after the correction has seen it, and is not told", async () => {
    const { listing, matter } = await shown();
    await platform.rectify(listing, { obligation: "偿还借款人民币9000元" });
    await platform.check(matter, other);
    await platform.tell();
    expect(await eventsAbout(listing.id)).toHaveLength(1);
    expect(await eventsAbout(listing.id, other)).toEqual([]);
  });

  test("longer ago than the look-back is left out", async () => {
    const { listing, check } = await shown();
    const id = uuidOf("chk", check) ?? "";
    await platform.service.sql`update hit set checked_at = checked_at - interval '40 days' where check_id = ${id}`;
    const { matter: recent, listing: second } = await shown();
    expect(recent.number).toBeDefined();
    await platform.remove(listing);
    await platform.remove(second);
    await platform.tell({ lookbackDays: 30, clearLookback: {} });
    expect(await eventsAbout(listing.id)).toEqual([]);
    expect(await eventsAbout(second.id)).toHaveLength(1);
  });

  test("learns at midnight that a term is over, and not again when the row is ended", async () => {
    const matter = newCase();
    const term = { kind: "fixed", months: 24 };
    const { listing } = await platform.publishBoth(matter, { listing: { grounds: ["G4"], term } });
    await platform.check(matter, platform.first);
    await platform.tell();
    platform.setClock("2028-09-16T01:00:00+08:00");
    const tell = () =>
      platform.service.db.transaction((tx) =>
        tellOfTermsOver(tx, { lookbackDays: null, clearLookback: {} }, platform.now()),
      );
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(0);
    expect(await eventsAbout(listing.id)).toMatchObject([{ type: "listing.ended", data: { operation: "expire" } }]);
    expect((await platform.get(`/v1/notices?listing=${listing.id}`, platform.first)).body).toMatchObject({
      data: [{ state: "open", dueOn: null }],
    });
    await platform.remove(listing, { operation: "expire" });
    await platform.tell();
    expect(await eventsAbout(listing.id)).toHaveLength(1);
  });
});

describe("an agency whose check was clear", () => {
  const lookback = { lookbackDays: null, clearLookback: { "travel.ticketing": 30 } };

  test("is told of a listing only for a purpose that looks back", async () => {
    const [matter, silent] = [newCase(), newCase()];
    const check = await platform.check(matter, platform.first);
    await platform.check(silent, platform.first);
    await platform.check(matter, other, "exit.border_control");
    const { listing: unheard } = await platform.publishBoth(silent);
    await platform.tell();
    expect(await eventsAbout(unheard.id)).toEqual([]);
    const { listing } = await platform.publishBoth(matter);
    await platform.tell(lookback);
    expect(await eventsAbout(listing.id)).toMatchObject([
      { type: "listing.listed", data: { cause: "past_clear", check } },
    ]);
    expect(await eventsAbout(listing.id, other)).toEqual([]);
    expect((await platform.get(`/v1/notices?listing=${listing.id}`, platform.first)).body).toMatchObject({
      data: [{ kind: "listed", state: "told", dueOn: null, check }],
    });
  });

  test("longer ago than the purpose looks back is not told", async () => {
    const matter = newCase();
    const check = await platform.check(matter, platform.first);
    await platform.service.sql`
      update check_record set checked_at = checked_at - interval '31 days' where id = ${uuidOf("chk", check) ?? ""}`;
    const { listing } = await platform.publishBoth(matter);
    await platform.tell(lookback);
    expect(await eventsAbout(listing.id)).toEqual([]);
  });
});

describe("acknowledging", () => {
  async function told(agency: Agency = platform.first) {
    const found = await shown(agency);
    await platform.remove(found.listing);
    await platform.tell();
    const { body } = await platform.get(`/v1/notices?listing=${found.listing.id}`, agency);
    const [notice] = body["data"] as { id: string }[];
    return { ...found, notice: notice?.id ?? "" };
  }

  test("is recorded with its officer and audited; again it changes nothing", async () => {
    const { notice } = await told();
    const send = (operator: string) => platform.post(`/v1/notices/${notice}/acknowledge`, { operator }, platform.first);
    expect(await send("officer 0417")).toMatchObject({
      status: 200,
      body: { state: "acknowledged", acknowledgedBy: "officer 0417" },
    });
    expect(await send("officer 0001")).toMatchObject({ status: 200, body: { acknowledgedBy: "officer 0417" } });
    const entries = await platform.service.sql`select action, actor from audit_entry where subject = ${notice}`;
    expect([...entries]).toEqual([
      { action: "notice.acknowledge", actor: expect.stringContaining(publicId("agy", platform.first.agencyId)) },
    ]);
  });

  test("takes several at once, twice at the same time, and is each agency's own", async () => {
    const [one, two] = [await told(), await told()];
    const body = { operator: "officer 0417", notices: [one.notice, two.notice] };
    const foreign = await platform.post("/v1/notices/acknowledge", body, other);
    expect(foreign).toMatchObject({ status: 200, body: { data: [] } });
    expect(await platform.post(`/v1/notices/${one.notice}/acknowledge`, { operator: "x" }, other)).toMatchObject({
      status: 404,
    });
    const answers = await Promise.all([1, 2].map(() => platform.post("/v1/notices/acknowledge", body, platform.first)));
    for (const { body: seen } of answers)
      expect(seen["data"]).toMatchObject([{ state: "acknowledged" }, { state: "acknowledged" }]);
    const entries = await platform.service.sql`
      select subject from audit_entry where subject in (${one.notice}, ${two.notice})`;
    expect(entries).toHaveLength(2);
  });

  test("what nobody acknowledged is on the court's list, on that of the court above and on the overall one", async () => {
    const { notice, listing } = await told();
    const row = { notice, agency: { name: "测试单位" }, listing: listing.id, dueOn: "2026-09-18", overdue: false };
    const list = async (headers: Record<string, string>, query = "") =>
      (await platform.court(`/v1/unacknowledged-removals?limit=200${query}`, headers)).body["data"] as object[];
    expect(await list(platform.clerk.headers)).toContainEqual(
      expect.objectContaining({ ...row, agency: expect.objectContaining(row.agency) }),
    );
    expect(JSON.stringify(await list(platform.higherClerk.headers))).toContain(notice);
    expect(JSON.stringify(await list(platform.elsewhere.headers))).not.toContain(notice);
    expect(JSON.stringify(await list(platform.clerk.headers, "&state=overdue"))).not.toContain(notice);
    platform.setClock("2026-09-21T09:00:00+08:00");
    expect(JSON.stringify(await list(platform.clerk.headers, "&state=overdue"))).toContain(notice);
    const authority = await signInAgencyStaff(platform.service, "credit_authority", platform.first.agencyId);
    const overall = await platform.court("/v1/agencies/unacknowledged-removals?state=overdue&limit=200", authority);
    expect(JSON.stringify(overall.body["data"])).toContain(notice);
    await platform.post(`/v1/notices/${notice}/acknowledge`, { operator: "officer 0417" }, platform.first);
    expect(JSON.stringify(await list(platform.clerk.headers, "&state=overdue"))).not.toContain(notice);
  });

  test("the metric counts what is open and what is overdue", async () => {
    await told();
    const read = async (state: string) => {
      const { text } = await platform.service.request.get("/metrics");
      return Number(new RegExp(`shixin_removals_unacknowledged\\{state="${state}"\\} (\\d+)`).exec(text)?.[1]);
    };
    expect(await read("open")).toBeGreaterThan(0);
    const before = await read("overdue");
    platform.setClock("2026-12-01T09:00:00+08:00");
    expect(await read("overdue")).toBeGreaterThan(before);
  });
});

describe("a party that asks who asked about it", () => {
  test("learns which agencies were told of its removal, and which have acknowledged it", async () => {
    const { matter, listing } = await shown();
    await platform.check(matter, other, "exit.border_control");
    const { body: code } = await platform.service.request
      .post("/v1/party-codes")
      .set(platform.clerk.headers)
      .send({ listing: listing.id });
    await platform.remove(listing);
    await platform.tell();
    const ask = () => platform.postPublic("who-asked", { ...platform.party(matter), code: code.code });
    platform.setClock(new Date(Date.now() + 60_000).toISOString());
    expect((await ask()).body["told"]).toMatchObject([
      { agency: "测试单位", list: "dishonest", caseNumber: matter.caseNumber, acknowledgedAt: null },
    ]);
    const [event] = await eventsAbout(listing.id);
    await platform.post(
      `/v1/notices/${event?.data["notice"]}/acknowledge`,
      { operator: "officer 0417" },
      platform.first,
    );
    expect((await ask()).body["told"]).toMatchObject([{ agency: "测试单位", acknowledgedAt: expect.any(String) }]);
    // The border's check is withheld for its days, and so is what the border was told.
    platform.setClock(new Date(Date.now() + 40 * 86_400_000).toISOString());
    expect((await ask()).body["told"]).toHaveLength(2);
  });
});
