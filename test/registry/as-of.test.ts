// A listing as it was: read as of a moment, and proved by the receipts of its changes.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLog, verifierKeysOf } from "../../src/audit/index.ts";
import { parseVerifierKey } from "../../src/audit/log/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { listingSource } from "../../src/registry/index.ts";
import { openReceipt } from "../receipts.ts";
import { type Answer, type Courthouse, newCase, openCourthouse, type Person, type Seen } from "./courthouse.ts";

let court: Courthouse;
let listing: Seen;
/** Just after each change of the listing, and just before the first. */
let moments: { before: string; listed: string; changed: string; ended: string };

beforeAll(async () => {
  court = await openCourthouse();
  listing = (await court.publishBoth(newCase())).listing;
  const today = court.today();
  const corrections = { obligation: "偿还借款人民币9000元" };
  await court.act(court.judge, listing, "rectify", { corrections, reachedCourtOn: today, reason: "笔误" });
  const exit = { operation: "delete", ground: { code: "R1" } };
  await court.act(court.judge, listing, "exit", {
    exit,
    reasonAroseOn: today,
    reachedCourtOn: today,
    reason: "已履行",
  });
  const changes = await court.service.sql<{ ms: number }[]>`
    select ceil(extract(epoch from at) * 1000)::float8 as ms from listing_change
    where listing_id = ${uuidOf("lst", listing.id)} order by position`;
  const [listed = 0, changed = 0, ended = 0] = changes.map(({ ms }) => ms);
  const time = (ms: number) => new Date(ms).toISOString();
  moments = { before: time(listed - 2), listed: time(listed), changed: time(changed), ended: time(ended) };
});
afterAll(() => court.close());

const get = (path: string, query: object = {}, person: Person = court.clerk) =>
  court.service.request.get(`/v1/listings/${listing.id}${path}`).query(query).set(person.headers);
const asOf = async (moment: string, person?: Person): Promise<Answer> => get("", { asOf: moment }, person);

describe("as of a moment", () => {
  test("a listing says what it said then, and shows no number", async () => {
    const { status, body } = await asOf(moments.listed);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: listing.id,
      state: "published",
      obligation: "偿还借款人民币10000元",
      exit: null,
      change: { kind: "listed" },
      party: { documents: [{ type: "resident_id", masked: expect.stringContaining("*") }] },
    });
    expect((await asOf(moments.changed)).body).toMatchObject({
      state: "published",
      obligation: "偿还借款人民币9000元",
      exit: null,
      change: { kind: "changed" },
    });
    expect((await asOf(moments.ended)).body).toMatchObject({
      state: "ended",
      obligation: "偿还借款人民币9000元",
      exit: { reason: "R1" },
      change: { kind: "ended" },
    });
  });

  test("before it was first shown there was none, and of the future nothing is said", async () => {
    expect((await asOf(moments.before)).status).toBe(404);
    expect(await asOf(new Date(Date.now() + 60_000).toISOString())).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/asOf", code: "out_of_range" }] },
    });
    expect((await asOf("yesterday")).status).toBe(422);
  });

  test("another court does not see it", async () => {
    const stranger = await court.staff("judge", { court: "闽0206" });
    expect((await asOf(moments.listed, stranger)).status).toBe(404);
    expect((await get("/receipt", {}, stranger)).status).toBe(404);
  });
});

describe("the receipt", () => {
  test("proves the newest change, or the one that made a version", async () => {
    const newest = await openReceipt(court.service, () => get("/receipt"));
    expect(newest).toMatchObject({ kind: "listing", change: "ended", state: "ended", version: listing.version });
    const changed = await openReceipt(court.service, () => get("/receipt", { version: listing.version - 1 }));
    expect(changed).toMatchObject({ change: "changed", version: listing.version - 1, listing: newest["listing"] });
    expect(changed["content"]).toBe(newest["content"]);
    const first = await openReceipt(court.service, () => get("/receipt", { version: listing.version - 2 }));
    expect(first["content"]).not.toBe(changed["content"]);
    expect(first["key"]).toBe(changed["key"]);
    expect(JSON.stringify(newest)).not.toContain("测试甲");
  });

  test("of a draft there is none", async () => {
    expect((await get("/receipt", { version: 1 })).status).toBe(404);
    expect((await get("/receipt", { version: 0 })).status).toBe(422);
  });

  test("of an erased change is refused", async () => {
    await court.service.sql`
      update listing_change set salt = null where listing_id = ${uuidOf("lst", listing.id)} and kind = 'changed'`;
    const refused: Answer = await get("/receipt", { version: listing.version - 1 });
    expect(refused).toMatchObject({ status: 410, body: { code: "erased" } });
    expect((await get("/receipt")).status).toBe(200);
  });
});

test("a court's whole work leaves a register that the log agrees with", async () => {
  const { sql, identity } = court.service;
  const keys = verifierKeysOf(identity).flatMap((text) => parseVerifierKey(text) ?? []);
  const { finding, erased } = await checkLog({ sql, sources: { listing: listingSource(sql) }, keys });
  expect([finding, erased]).toEqual([null, 1]);
});
