// Agencies, their keys and the callers behind them: each act with its audit entry, each refusal, each race.
import { describe, expect, test } from "vitest";
import { newApiKey } from "../../src/agencies/api-key.ts";
import {
  createAgency,
  createCallers,
  issueKey,
  type NewAgency,
  revokeKey,
  rollKey,
  type Scope,
} from "../../src/agencies/index.ts";
import type { Transaction } from "../../src/platform/database.ts";
import { publicId } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { useDatabase } from "../database.ts";
import { newRing } from "../service.ts";

const ACTOR = "operator:test";
const PURPOSE = "procurement.supplier_qualification";
/** What a key may do that is issued without saying so. */
const daily: Scope[] = [
  "checks:write",
  "checks:read",
  "sanctions:read",
  "sanctions:write",
  "events:read",
  "webhooks:write",
  "watches:write",
];
const today = shanghaiDate(new Date());
const ring = newRing();
const connection = useDatabase();
let serial = 0;

const inOne = <T>(work: (tx: Transaction) => Promise<T>) => connection.db.transaction(work);
const draft = (rest: Partial<NewAgency> = {}): NewAgency => ({
  name: `测试单位${++serial}`,
  purposes: [PURPOSE],
  ...rest,
});
const create = (rest?: Partial<NewAgency>) => inOne((tx) => createAgency(tx, ACTOR, draft(rest)));
const issue = (agencyId: string, rest: { note?: string; expiresAt?: Date; scopes?: Scope[] } = {}) =>
  inOne((tx) => issueKey(tx, ring, ACTOR, { agencyId, ...rest }));
const revoke = (id: string) => inOne((tx) => revokeKey(tx, ACTOR, id, "lost"));
const roll = (id: string, minutes: number) => inOne((tx) => rollKey(tx, ring, ACTOR, id, minutes));
const auditOf = (subject: string) =>
  connection.sql`select actor, action, reason, detail from audit_entry where subject = ${subject} order by id`.then(
    (rows) => [...rows],
  );
const callers = () => createCallers({ db: connection.db, ring });
const statuses = async (works: Promise<unknown>[]) =>
  (await Promise.allSettled(works)).map(({ status }) => status).toSorted();

describe("a new agency", () => {
  test("has its purposes from today on, and an audit entry", async () => {
    const { id, name } = await create({ purposes: [PURPOSE, "office.lease", PURPOSE] });
    const purposes = await connection.sql`
      select purpose, valid_from::text, valid_until from agency_purpose where agency_id = ${id} order by purpose`;
    expect([...purposes]).toEqual([
      { purpose: "office.lease", valid_from: today, valid_until: null },
      { purpose: PURPOSE, valid_from: today, valid_until: null },
    ]);
    expect(await auditOf(publicId("agy", id))).toMatchObject([
      { actor: ACTOR, action: "agency.create", detail: { name } },
    ]);
  });

  test("has its purposes for the days of its agreement", async () => {
    const [agreementFrom, agreementUntil] = [addDays(today, -1), addDays(today, 30)];
    const { id } = await create({ agreementFrom, agreementUntil });
    const [row] =
      await connection.sql`select valid_from::text, valid_until::text from agency_purpose where agency_id = ${id}`;
    expect(row).toEqual({ valid_from: agreementFrom, valid_until: agreementUntil });
  });

  test("of a known name is a conflict, and leaves no trace", async () => {
    const { name } = await create();
    const [before] = await connection.sql`select count(*) as entries from audit_entry`;
    await expect(create({ name })).rejects.toMatchObject({ code: "conflict" });
    const [after] = await connection.sql`select count(*) as entries from audit_entry`;
    expect(after).toEqual(before);
  });

  test("of one name, made twice at once, is made once", async () => {
    const { name } = draft();
    expect(await statuses([create({ name }), create({ name })])).toEqual(["fulfilled", "rejected"]);
  });

  test.each<[string, Partial<NewAgency>, string, string]>([
    ["an empty name", { name: "　" }, "#/name", "too_short"],
    ["a long name", { name: "长".repeat(201) }, "#/name", "too_long"],
    ["a name with a zero byte", { name: "单\0位" }, "#/name", "control_character"],
    ["no purpose", { purposes: [] }, "#/purposes", "too_few"],
    ["an unknown purpose", { purposes: [PURPOSE, "curiosity.neighbour"] }, "#/purposes/1", "not_allowed"],
    ["a first day that does not exist", { agreementFrom: "2026-02-29" }, "#/agreementFrom", "bad_date"],
    ["a last day that is none", { agreementUntil: "tomorrow" }, "#/agreementUntil", "bad_date"],
    ["an agreement that ended", { agreementUntil: addDays(today, -1) }, "#/agreementUntil", "out_of_range"],
    [
      "an agreement that ends before it begins",
      { agreementFrom: "2026-05-02", agreementUntil: "2026-05-01" },
      "#/agreementUntil",
      "out_of_range",
    ],
  ])("with %s is refused by field", async (_, rest, pointer, code) => {
    await expect(create(rest)).rejects.toMatchObject({ code: "validation", detail: { faults: [{ pointer, code }] } });
  });

  test("with several faults is told them all", async () => {
    const faults = [{ pointer: "#/name" }, { pointer: "#/purposes" }, { pointer: "#/agreementFrom" }];
    await expect(create({ name: "", purposes: [], agreementFrom: "x" })).rejects.toMatchObject({ detail: { faults } });
  });
});

describe("a key", () => {
  test("is issued with an audit entry, and is nowhere in the database", async () => {
    const { id: agencyId } = await create();
    const { row, key } = await issue(agencyId, { note: "approval system" });
    expect(row).toMatchObject({ agencyId, note: "approval system", createdBy: ACTOR });
    expect(await auditOf(row.id)).toMatchObject([
      { action: "key.issue", detail: { agency: publicId("agy", agencyId) } },
    ]);
    const [found] = await connection.sql`
      select (select count(*) from api_key k where k::text like ${`%${key.slice(19)}%`})
        + (select count(*) from audit_entry a where a::text like ${`%${key.slice(19)}%`}) as places`;
    expect(found).toEqual({ places: 0 });
  });

  test("may send files only where that was granted, and its successor may do what it might", async () => {
    const { id: agencyId } = await create();
    const scopes: Scope[] = ["checks:read", "feeds:write"];
    const { row, key } = await issue(agencyId, { scopes });
    expect((await callers().findFresh(`Bearer ${key}`)).scopes).toEqual(scopes);
    expect(await auditOf(row.id)).toMatchObject([{ detail: { agency: publicId("agy", agencyId), scopes } }]);
    expect((await roll(row.id, 0)).row.scopes).toEqual(scopes);
    expect((await issue(agencyId)).row.scopes).toEqual(daily);
  });

  test("of an agency that is not there is not issued", async () => {
    await expect(issue("00000000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not-found" });
  });

  test("is revoked with its reason, once", async () => {
    const { row } = await issue((await create()).id);
    expect((await revoke(row.id)).revokedAt).toBeInstanceOf(Date);
    expect(await auditOf(row.id)).toMatchObject([{ action: "key.issue" }, { action: "key.revoke", reason: "lost" }]);
    await expect(revoke(row.id)).rejects.toMatchObject({ code: "conflict" });
    await expect(revoke("0000000000")).rejects.toMatchObject({ code: "not-found" });
  });

  test("that is revoked twice at once is revoked once", async () => {
    const { row } = await issue((await create()).id);
    expect(await statuses([revoke(row.id), revoke(row.id)])).toEqual(["fulfilled", "rejected"]);
    expect(await auditOf(row.id)).toHaveLength(2);
  });

  test("that is rolled has a successor of the same agency, and works on for the overlap alone", async () => {
    const { id: agencyId } = await create();
    const old = await issue(agencyId, { note: "approval system" });
    const successor = await roll(old.row.id, 30);
    expect(successor.row).toMatchObject({ agencyId, note: "approval system", expiresAt: null });
    const [row] = await connection.sql`
      select expires_at between now() + interval '29 minutes' and now() + interval '30 minutes' as "endsInTime"
      from api_key where id = ${old.row.id}`;
    expect(row).toEqual({ endsInTime: true });
    expect(await auditOf(old.row.id)).toMatchObject([
      { action: "key.issue" },
      { action: "key.roll", detail: { successor: successor.row.id, overlapMinutes: 30 } },
    ]);
    const { findFresh } = callers();
    for (const { key } of [old, successor]) expect(await findFresh(`Bearer ${key}`)).toMatchObject({ agencyId });
  });

  test("that is rolled without overlap ends at once", async () => {
    const old = await issue((await create()).id);
    await roll(old.row.id, 0);
    await expect(callers().findFresh(`Bearer ${old.key}`)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("that was revoked, or ends sooner, is not rolled, and no successor is left", async () => {
    const { id: agencyId } = await create();
    const ending = await issue(agencyId, { expiresAt: new Date(Date.now() + 60_000) });
    await expect(roll(ending.row.id, 30)).rejects.toMatchObject({ code: "conflict" });
    await revoke(ending.row.id);
    await expect(roll(ending.row.id, 0)).rejects.toMatchObject({ code: "conflict" });
    await expect(roll("0000000000", 0)).rejects.toMatchObject({ code: "not-found" });
    const [row] = await connection.sql`select count(*) as keys from api_key where agency_id = ${agencyId}`;
    expect(row).toEqual({ keys: 1 });
  });

  test("that is rolled twice at once has one successor", async () => {
    const { id: agencyId } = await create();
    const old = await issue(agencyId);
    expect(await statuses([roll(old.row.id, 0), roll(old.row.id, 0)])).toEqual(["fulfilled", "rejected"]);
    const [row] = await connection.sql`select count(*) as keys from api_key where agency_id = ${agencyId}`;
    expect(row).toEqual({ keys: 2 });
  });
});

describe("a caller", () => {
  test("is known by the key, with its agency, scopes and purposes", async () => {
    const { id: agencyId } = await create({ purposes: [PURPOSE, "office.lease"] });
    const { row, key } = await issue(agencyId);
    const caller = await callers().findFresh(`bearer ${key}`);
    expect(caller).toMatchObject({ agencyId, keyId: row.id, scopes: daily });
    expect(caller.purposes.toSorted()).toEqual(["office.lease", PURPOSE]);
  });

  test.each([
    ["no header", () => undefined],
    ["another scheme", (key: string) => `Basic ${key}`],
    ["a bare key", (key: string) => key],
    ["two keys", (key: string) => `Bearer ${key} ${key}`],
    ["a mistyped key", (key: string) => `Bearer ${key.slice(0, -1)}`],
    ["a key of good form that nobody has", () => `Bearer ${newApiKey().key}`],
  ])("with %s is nobody", async (_, headerOf) => {
    const { key } = await issue((await create()).id);
    await expect(Promise.resolve().then(() => callers().find(headerOf(key)))).rejects.toMatchObject({
      code: "unauthenticated",
      detail: { headers: { "WWW-Authenticate": 'Bearer realm="shixin"' } },
    });
  });

  test.each([
    ["was revoked", (id: string) => connection.sql`update api_key set revoked_at = now() where id = ${id}`],
    ["has expired", (id: string) => connection.sql`update api_key set expires_at = now() where id = ${id}`],
    [
      "is not valid yet",
      (id: string) => connection.sql`update api_key set not_before = now() + interval '1 day' where id = ${id}`,
    ],
  ])("whose key %s is nobody when read afresh, and forgotten", async (_, spoil) => {
    const { row, key } = await issue((await create()).id);
    const { find, findFresh, refresh } = callers();
    const remembered = await find(`Bearer ${key}`);
    await spoil(row.id);
    expect(find(`Bearer ${key}`)).toBe(remembered);
    await expect(findFresh(`Bearer ${key}`)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(Promise.resolve(find(`Bearer ${key}`))).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(refresh(remembered)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("of a suspended agency, or one whose agreement has ended, is nobody", async () => {
    const { id } = await create();
    const { key } = await issue(id);
    await connection.sql`update agency set state = 'suspended' where id = ${id}`;
    await expect(callers().findFresh(`Bearer ${key}`)).rejects.toMatchObject({ code: "unauthenticated" });
    await connection.sql`update agency set state = 'active', agreement_until = current_date - 1 where id = ${id}`;
    await expect(callers().findFresh(`Bearer ${key}`)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("who is remembered without a purpose has it as soon as it is refreshed, and not out of its dates", async () => {
    const { id } = await create();
    const { key } = await issue(id);
    const { find, refresh } = callers();
    const remembered = await find(`Bearer ${key}`);
    await connection.sql`insert into agency_purpose values (${id}, 'office.lease', current_date, null), (${id}, 'travel.ticketing', current_date + 1, null)`;
    expect((await refresh(remembered)).purposes.toSorted()).toEqual(["office.lease", PURPOSE]);
  });
});
