// An agency that watches a party is told when it comes onto a list and off it, by number and name, until the watch ends.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { catchUpFollower } from "../../src/registry/index.ts";
import { sweepWatches, watchFollower } from "../../src/subscriptions/watches/index.ts";
import { eraseWatch } from "../../src/subscriptions/watches/watch.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { type Case, formOf, newCase } from "../registry/courthouse.ts";
import { type Agency, openPlatform, type Platform } from "./platform.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());
beforeEach(() => platform.setClock("2026-09-15T09:00:00+08:00"));

type Result = { status: string; id: string; isNew: boolean; problem?: { code: string }; [member: string]: unknown };

const watching = (subjects: object[], over: object = {}) => ({
  purpose: "travel.ticketing",
  caseReference: "XM-GZ-2026-1",
  operator: "officer 0417",
  expiresOn: "2027-09-15",
  subjects,
  ...over,
});
const put = (subjects: object[], over: object = {}, agency: Agency = platform.first) =>
  platform.post("/v1/watches", watching(subjects, over), agency);

async function watch(matter: Case, over: object = {}, agency: Agency = platform.first): Promise<string> {
  const { status, body } = await put([{ ...platform.party(matter), reference: "A-1" }], over, agency);
  const [result] = body["results"] as Result[];
  if (status !== 200 || result?.status !== "watched") throw new Error(`watch: ${status} ${JSON.stringify(body)}`);
  return result.id;
}

const follow = () => catchUpFollower(platform.service.db, watchFollower(platform.now));
const told = async (id: string, agency: Agency = platform.first) =>
  (await platform.events(agency))
    .filter(({ data }) => data["watch"] === id)
    .map(({ type, data }) => ({ type, ...data }));
const audit = async (id: string) => [
  ...(await platform.service.sql`select action, actor, reason from audit_entry where subject = ${id} order by id`),
];
const end = (id: string, agency: Agency = platform.first) =>
  platform.service.request.delete(`/v1/watches/${id}`).set("Authorization", `Bearer ${agency.key}`);

describe("a watched party", () => {
  test("that is listed, and removed, is told each time with the watch and the agency's mark", async () => {
    const matter = newCase();
    const id = await watch(matter);
    const { listing, limit } = await platform.publishBoth(matter);
    await follow();
    const listed = { type: "listing.listed", watch: id, reference: "A-1" };
    // Travel asks both lists.
    expect(await told(id)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...listed, listing: listing.id }),
        expect.objectContaining({ ...listed, listing: limit.id }),
      ]),
    );
    expect(await told(id)).toHaveLength(2);
    await platform.remove(listing);
    await follow();
    await follow();
    expect((await told(id)).slice(2)).toEqual([
      { type: "listing.ended", watch: id, reference: "A-1", listing: listing.id, operation: "delete" },
    ]);
  });

  test("is matched as by a check that is exact: another name and another list give nothing", async () => {
    const [namesake, other] = [newCase(), newCase()];
    const conflicting = await watch({ ...namesake, name: "测试乙" });
    const dishonestOnly = await watch(other, { purpose: "procurement.supplier_qualification" });
    await platform.publishBoth(namesake);
    const { listing } = await platform.publishBoth(other);
    await follow();
    expect(await told(conflicting)).toEqual([]);
    expect(await told(dishonestOnly)).toMatchObject([{ listing: listing.id }]);
  });

  test("whose name is rectified is found, and lost again", async () => {
    const matter = newCase();
    const id = await watch({ ...matter, name: "测试乙" }, { purpose: "procurement.supplier_qualification" });
    const { listing } = await platform.publishBoth(matter);
    await follow();
    expect(await told(id)).toEqual([]);
    await platform.rectify(listing, { name: "测试乙" });
    await follow();
    await platform.rectify(listing, { name: "测试丙" });
    await follow();
    expect(await told(id)).toMatchObject([{ type: "listing.listed" }, { type: "listing.changed" }]);
  });

  test("that was listed before is no news, and its removal is", async () => {
    const matter = newCase();
    const { listing } = await platform.publishBoth(matter);
    const late = await watch(matter);
    await follow();
    const later = await watch(matter, { caseReference: "XM-GZ-2026-2" });
    await follow();
    expect([...(await told(late)), ...(await told(later))]).toEqual([]);
    await platform.remove(listing);
    await follow();
    for (const id of [late, later])
      expect(await told(id)).toMatchObject([{ type: "listing.ended", listing: listing.id }]);
  });

  test("at whose publication the watch is put up is told of, or was known, and never lost", async () => {
    for (let round = 0; round < 5; round++) {
      const matter = newCase();
      const [limit, listing] = (await platform.draft(formOf(matter))).toReversed();
      if (!limit || !listing) throw new Error("the form did not give two drafts");
      const [id] = await Promise.all([watch(matter), platform.publish(limit), follow()]);
      await follow();
      const [row] = await platform.service.sql`
        select count(*)::int as known from watch_match where watch_id = ${uuidOf("wat", id) ?? ""}`;
      expect(row?.["known"]).toBe(1);
    }
  });

  test("whose term is over is told of at its midnight, and once", async () => {
    const matter = newCase();
    const id = await watch(matter, { purpose: "procurement.supplier_qualification" });
    const { listing } = await platform.publishBoth(matter, {
      listing: { grounds: ["G4"], term: { kind: "fixed", months: 24 } },
    });
    await follow();
    platform.setClock("2026-09-16T01:00:00+08:00");
    await sweepWatches(platform.service.db, platform.now());
    expect(await told(id)).toHaveLength(1);
    await platform.service.sql`update watch set expires_on = '2029-01-01' where id = ${uuidOf("wat", id) ?? ""}`;
    platform.setClock("2028-09-16T01:00:00+08:00");
    await sweepWatches(platform.service.db, platform.now());
    await platform.remove(listing, { operation: "expire" });
    await follow();
    expect((await told(id)).slice(1)).toMatchObject([{ type: "listing.ended", listing: listing.id }]);
  });
});

describe("putting up watches", () => {
  test("makes no check, is audited, and says nothing about the list", async () => {
    const matter = newCase();
    await platform.publishBoth(matter);
    const [before] = await platform.service.sql`select count(*)::int as checks from check_record`;
    const { body } = await put([platform.party(matter)]);
    const [after] = await platform.service.sql`select count(*)::int as checks from check_record`;
    expect(after).toEqual(before);
    const [result] = body["results"] as Result[];
    expect(result).toMatchObject({
      status: "watched",
      isNew: true,
      purpose: "travel.ticketing",
      subject: { name: matter.name, document: { type: "resident_id" } },
      expiresOn: "2027-09-15",
      state: "live",
    });
    expect(JSON.stringify(body)).not.toContain(matter.number);
    expect(JSON.stringify(body)).not.toContain("listing");
    expect(await audit(result?.id ?? "")).toMatchObject([
      { action: "watch.create", actor: expect.stringMatching(/^agency:agy_/) },
    ]);
  });

  test("takes many at once: a bad item is an item, the others are watched", async () => {
    const [one, two] = [newCase(), newCase()];
    const bad = { name: "测试甲", document: { type: "resident_id", number: "110101190001010015" } };
    const marked = { ...platform.party(two), reference: one.number };
    const { status, body } = await put([
      platform.party(one),
      bad,
      { name: "测试甲" },
      marked,
      platform.party(two),
      platform.party(one),
    ]);
    expect(status).toBe(200);
    const results = body["results"] as Result[];
    expect(results.map((result) => result.problem?.code ?? result.status)).toEqual([
      "watched",
      "validation",
      "name-only",
      "validation",
      "watched",
      "watched",
    ]);
    expect(results[5]?.id).toBe(results[0]?.id);
    expect(JSON.stringify(body)).not.toContain("110101190001010015");
  });

  test("again in the same matter keeps the watch and moves its last day", async () => {
    const matter = newCase();
    const id = await watch(matter);
    const { body } = await put([platform.party(matter)], { expiresOn: "2026-12-31" });
    expect(body["results"]).toMatchObject([{ id, isNew: false, expiresOn: "2026-12-31" }]);
    expect((await audit(id)).map(({ action }) => String(action))).toEqual(["watch.create", "watch.renew"]);
  });

  test.each([
    ["more than a year ahead", { expiresOn: "2027-09-16" }, 422],
    ["into the past", { expiresOn: "2026-09-14" }, 422],
    ["for a purpose that is not the agency's", { purpose: "exit.border_control" }, 403],
    ["without an officer", { operator: "" }, 422],
    ["of nobody", { subjects: [] }, 422],
  ])("%s is refused", async (_, over, status) => {
    expect((await put([platform.party(newCase())], over)).status).toBe(status);
  });

  test("in a role that the purpose does not allow is an invalid item", async () => {
    const { body } = await put([{ ...platform.party(newCase()), role: "bidder" }]);
    expect(body["results"]).toMatchObject([{ status: "invalid", problem: { code: "role-not-permitted" } }]);
  });
});

describe("a watch", () => {
  test("is read by its agency alone, page by page", async () => {
    const agency = await platform.addAgency(`关注单位（演示）${newCase().number.slice(-6)}`, ["travel.ticketing"]);
    const ids = [await watch(newCase(), {}, agency), await watch(newCase(), {}, agency)];
    const first = await platform.get("/v1/watches?limit=1", agency);
    const second = await platform.get(`/v1/watches?limit=1&cursor=${String(first.body["nextCursor"])}`, agency);
    const listed = [first.body["data"], second.body["data"]].flat() as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(await platform.get(`/v1/watches/${ids[0]}`, agency)).toMatchObject({ status: 200, body: { id: ids[0] } });
    expect(await platform.get(`/v1/watches/${ids[0]}`, platform.first)).toMatchObject({ status: 404 });
    expect((await end(ids[0] ?? "")).status).toBe(404);
  });

  test("that is withdrawn ends, forgets the party, and tells nothing any more", async () => {
    const matter = newCase();
    const id = await watch(matter);
    const answers = await Promise.all([end(id), end(id)]);
    for (const { status, body } of answers)
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { state: "ended", endedAs: "withdrawn", subject: null },
      });
    expect((await audit(id)).map(({ action }) => String(action))).toEqual(["watch.create", "watch.end"]);
    const [row] = await platform.service.sql`
      select octet_length(subject_index) as index, octet_length(subject_sealed) as sealed, name_keys as keys, reference
      from watch where id = ${uuidOf("wat", id) ?? ""}`;
    expect(row).toEqual({ index: 0, sealed: 0, keys: [], reference: null });
    await platform.publishBoth(matter);
    await follow();
    expect(await told(id)).toEqual([]);
  });

  test("ends with its last day, its purpose and its agency, and the party is forgotten", async () => {
    const agency = await platform.addAgency("短期单位（演示）", ["travel.ticketing", "office.lease"]);
    const gone = await platform.addAgency("停用单位（演示）", ["travel.ticketing"]);
    const [dated, leased, suspended, kept] = [
      await watch(newCase(), { expiresOn: "2026-09-20" }, agency),
      await watch(newCase(), { purpose: "office.lease" }, agency),
      await watch(newCase(), {}, gone),
      await watch(newCase(), {}, agency),
    ];
    const { sql, db } = platform.service;
    await sql`
      update agency_purpose set valid_from = '2020-01-01', valid_until = '2026-09-19'
      where agency_id = ${agency.agencyId} and purpose = 'office.lease'`;
    await sql`update agency set state = 'suspended' where id = ${gone.agencyId}`;
    platform.setClock("2026-09-20T23:00:00+08:00");
    await sweepWatches(db, platform.now());
    expect((await platform.get(`/v1/watches/${dated}`, agency)).body).toMatchObject({ state: "live" });
    platform.setClock("2026-09-21T00:00:00+08:00");
    await Promise.all([sweepWatches(db, platform.now()), sweepWatches(db, platform.now())]);
    const state = async (id: string) => {
      const [row] =
        await sql`select ended_as, octet_length(subject_index) as index from watch where id = ${uuidOf("wat", id) ?? ""}`;
      return [row?.["ended_as"], row?.["index"]];
    };
    expect(await state(dated)).toEqual(["expired", 0]);
    expect(await state(leased)).toEqual(["purpose", 0]);
    expect(await state(suspended)).toEqual(["agency", 0]);
    expect(await state(kept)).toEqual([null, 32]);
    expect(await audit(leased)).toMatchObject([
      { action: "watch.create" },
      { action: "watch.end", actor: "system:watches" },
    ]);
  });

  test("is erased on order, with the reason on the audit trail", async () => {
    const id = await watch(newCase());
    const uuid = uuidOf("wat", id) ?? "";
    const erasure = { actor: "operator:test", reason: "当事人请求" };
    const erase = () => platform.service.db.transaction((tx) => eraseWatch(tx, erasure, uuid));
    await erase();
    await expect(erase()).rejects.toThrow("not-found");
    expect((await platform.get(`/v1/watches/${id}`, platform.first)).body).toMatchObject({
      endedAs: "erased",
      subject: null,
    });
    expect((await audit(id)).at(-1)).toEqual({ action: "watch.end", ...erasure });
  });
});
