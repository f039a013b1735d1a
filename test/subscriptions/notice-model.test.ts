// Every removal and correction reaches every agency that was shown the listing before, once and in order: over random
// histories in which the follower is killed in mid step, runs twice at once, and is set back to where it was.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newUuid, publicId, uuidOf } from "../../src/platform/id.ts";
import { createLog } from "../../src/platform/log.ts";
import { findListing, rectifyListing } from "../../src/registry/index.ts";
import { catchUpFollower, followOnce, type RegisterFollower, startFollower } from "../../src/registry/follower.ts";
import { noticeFollower } from "../../src/subscriptions/notices/index.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { newCase } from "../registry/courthouse.ts";
import { judge } from "../registry/chambers.ts";
import { endByCourt } from "../registry/ending.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";
import type { Agency } from "./platform.ts";

const HISTORIES = Number(process.env["NOTICE_HISTORIES"] ?? 12);
const PARTIES = 3;
const follower = noticeFollower({ settings: { lookbackDays: null, clearLookback: {} }, now: () => new Date() });

/** Dies when everything is done but the commit. */
const killed: RegisterFollower = {
  ...follower,
  follow: async (tx, stretch) => {
    await follower.follow(tx, stretch);
    throw new Error("killed");
  },
};

let service: TestService;
let agencies: Agency[];
beforeAll(async () => {
  service = await startService({ sequencer: false });
  agencies = [
    { agencyId: service.agencyId, key: service.key },
    await service.addAgency("第二单位（演示）", ["procurement.supplier_qualification"]),
    await service.addAgency("第三单位（演示）", ["procurement.supplier_qualification"]),
  ];
});
afterAll(() => service.stop());

type Step =
  | { name: "publish" | "remove" | "rectify"; party: number }
  | { name: "check" | "check and remove"; party: number; agency: number }
  | { name: "follow" | "kill" | "twice" | "set back" };

const party = fc.nat({ max: PARTIES - 1 });
const agency = fc.nat({ max: 2 });
const acts = fc.record({
  name: fc.constantFrom<"publish" | "remove" | "rectify">("publish", "publish", "remove", "rectify"),
  party,
});
const checks = fc.record({
  name: fc.constantFrom<"check" | "check and remove">("check", "check", "check and remove"),
  party,
  agency,
});
const follows = fc.record({
  name: fc.constantFrom<"follow" | "kill" | "twice" | "set back">("follow", "kill", "twice", "set back"),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: acts },
  { weight: 5, arbitrary: checks },
  { weight: 2, arbitrary: follows },
);

/** What each agency must have been told of each listing, in order. */
type Expected = Map<string, string[]>;

/** A history as it happens, and beside it what must be told. */
async function run(steps: readonly Step[]): Promise<Expected> {
  const matters = Array.from({ length: PARTIES }, newCase);
  const live = new Map<number, string>();
  const shown = new Map<string, Set<number>>();
  const expected: Expected = new Map();
  let words = 0;

  const tell = (listing: string, type: string) => {
    for (const told of shown.get(listing) ?? []) {
      const key = `${told} ${listing}`;
      expected.set(key, [...(expected.get(key) ?? []), type]);
    }
  };
  const check = async (at: number, who: number) => {
    const { name, number } = matters[at] ?? newCase();
    const asked = checkOf({ name, document: { type: "resident_id", number } });
    const { body } = await service.post("/v1/checks", asked, agencies[who]?.key);
    for (const { listingId } of body.matches as { listingId: string }[])
      shown.set(listingId, (shown.get(listingId) ?? new Set()).add(who));
  };
  const remove = async (at: number) => {
    const listing = live.get(at);
    if (listing === undefined) return;
    live.delete(at);
    await service.db.transaction((tx) => endByCourt(tx, uuidOf("lst", listing) ?? ""));
  };

  for (const given of steps)
    switch (given.name) {
      case "publish": {
        const { name, number, caseNumber } = matters[given.party] ?? newCase();
        if (live.has(given.party)) break;
        const draft = listingOf({ name, document: { kind: "resident_id", number } }, { caseNumber });
        live.set(given.party, publicId("lst", (await service.publish(draft)).id));
        break;
      }
      case "check":
        await check(given.party, given.agency);
        break;
      case "remove":
      case "check and remove": {
        const listing = live.get(given.party) ?? "";
        const asking = given.name === "check and remove" ? check(given.party, given.agency) : null;
        await Promise.all([asking, remove(given.party)]);
        tell(listing, "listing.ended");
        break;
      }
      case "rectify": {
        const listing = live.get(given.party);
        if (listing === undefined) break;
        const found = await findListing(service.db, uuidOf("lst", listing) ?? "");
        const target = { id: found?.id ?? "", version: found?.version ?? 0, now: new Date() };
        const corrections = { obligation: `偿还借款人民币${++words}元` };
        const rectification = { corrections, reachedCourtOn: shanghaiDate(new Date()), reason: "有误" };
        await service.db.transaction((tx) => rectifyListing(tx, judge, target, rectification));
        tell(listing, "listing.changed");
        break;
      }
      case "follow":
        await catchUpFollower(service.db, follower);
        break;
      case "twice":
        await Promise.all([catchUpFollower(service.db, follower), catchUpFollower(service.db, follower)]);
        break;
      case "kill":
        await Promise.allSettled([followOnce(service.db, killed)]);
        break;
      case "set back":
        await service.sql`update register_follower set position = greatest(0, position - 3) where name = 'notices'`;
    }
  await catchUpFollower(service.db, follower);
  return expected;
}

/** Where what was told differs from what had to be. */
async function findFaults(expected: Expected): Promise<string[]> {
  const listings = [...new Set([...expected.keys()].map((key) => key.split(" ")[1] ?? ""))];
  const told = new Map<string, string[]>();
  const rows = await service.sql<{ agencyId: string; listing: string; type: string }[]>`
    select agency_id as "agencyId", order_key as listing, type from event
    where order_key = any (${service.sql.array(listings)}) order by position`;
  for (const { agencyId, listing, type } of rows) {
    const key = `${agencies.findIndex((known) => known.agencyId === agencyId)} ${listing}`;
    told.set(key, [...(told.get(key) ?? []), type]);
  }
  return [...new Set([...expected.keys(), ...told.keys()])].flatMap((key) => {
    const [had, has] = [expected.get(key)?.join() ?? "", told.get(key)?.join() ?? ""];
    return had === has ? [] : [`${key}: ${has || "nothing"} instead of ${had || "nothing"}`];
  });
}

describe("over random histories", () => {
  test("everybody who was shown a listing is told of its end and its corrections, once and in order", async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
        const expected = await run(steps);
        told += expected.size;
        expect(await findFaults(expected)).toEqual([]);
      }),
      { numRuns: HISTORIES },
    );
    // Random histories in which nobody is told anything would prove nothing.
    expect(told).toBeGreaterThan(HISTORIES / 4);
  });

  test("the property notices an event that is missing, and one that is there twice", async () => {
    const steps: Step[] = [
      { name: "publish", party: 0 },
      { name: "check", party: 0, agency: 1 },
      { name: "remove", party: 0 },
    ];
    const [lost, doubled] = [await run(steps), await run(steps)];
    const listingOfKey = (expected: Expected) => [...expected.keys()][0]?.split(" ")[1] ?? "";
    await service.sql`delete from event where order_key = ${listingOfKey(lost)}`;
    await service.sql`
      insert into event (position, id, agency_id, type, order_key, data)
      select (select max(position) + 1 from event), gen_random_uuid(), agency_id, type, order_key, data
      from event where order_key = ${listingOfKey(doubled)}`;
    await service.sql`update event_state set position = (select max(position) from event)`;
    expect(await findFaults(lost)).toHaveLength(1);
    expect(await findFaults(doubled)).toHaveLength(1);
  });
});

describe("a check that began before a removal and is written after it", () => {
  /** A listing, a removal that is committed, and a hit on it in a transaction that is not. */
  async function beginCheck() {
    const { name, number, caseNumber } = newCase();
    const draft = listingOf({ name, document: { kind: "resident_id", number } }, { caseNumber });
    const { id } = await service.publish(draft);
    const asked = checkOf({ name, document: { type: "resident_id", number } });
    const { body } = await service.post("/v1/checks", asked, agencies[1]?.key);
    const [first, second] = [uuidOf("chk", String(body.id)) ?? "", newUuid()];
    await service.sql`delete from hit where check_id = ${first}`;
    const written = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const committed = service.sql.begin(async (sql) => {
      await sql`
        insert into check_record
        select (jsonb_populate_record(r, jsonb_build_object('id', ${second}::text))).* from check_record r where id = ${first}`;
      await sql`
        insert into hit (listing_id, check_id, agency_id, purpose, grade, checked_at)
        select ${id}::uuid, id, agency_id, purpose, 'exact', checked_at from check_record where id = ${second}`;
      written.resolve();
      await mayCommit.promise;
    });
    await written.promise;
    await service.db.transaction((tx) => endByCourt(tx, id));
    const commit = async () => {
      mayCommit.resolve();
      await committed;
    };
    const events = async () => service.sql`select type from event where order_key = ${publicId("lst", id)}`;
    return { commit, events };
  }

  test("is waited for: its agency is told", async () => {
    const { commit, events } = await beginCheck();
    const { db } = service;
    const log = createLog();
    const running = startFollower({ db, log }, { ...follower, settleMs: 3_000 });
    const seen = Promise.withResolvers<void>();
    // Follows what the other one has begun to wait for.
    const probe = startFollower({ db, log }, { name: "probe", follow: async () => seen.resolve() });
    try {
      await seen.promise;
      await commit();
      await vi.waitFor(async () => expect(await events()).toHaveLength(1), { timeout: 60_000 });
    } finally {
      await Promise.all([running.stop(), probe.stop()]);
    }
  });

  test("would be missed by a follower that does not wait", async () => {
    const { commit, events } = await beginCheck();
    await catchUpFollower(service.db, follower);
    await commit();
    await catchUpFollower(service.db, follower);
    expect(await events()).toEqual([]);
  });
});
