// The life of an account: each verb with its audit entry, each refusal, and the races.
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { createAgency } from "../../../src/agencies/index.ts";
import { auditEntry } from "../../../src/audit/schema.ts";
import {
  changeRole,
  createAccount,
  delegateAuthority,
  disableAccount,
  enableAccount,
  endDelegation,
  type NewAccount,
  resetAccount,
} from "../../../src/courts/accounts/account.ts";
import { account } from "../../../src/courts/schema.ts";
import type { Transaction } from "../../../src/platform/database.ts";
import { AppError } from "../../../src/platform/error.ts";
import { newUuid, publicId } from "../../../src/platform/id.ts";
import type { KeyRing } from "../../../src/platform/key-ring.ts";
import { useDatabase } from "../../database.ts";
import { newRing } from "../../service.ts";

const by = "operator:test";
const connection = useDatabase();
let ring: KeyRing;
let agencyId: string;

beforeAll(async () => {
  ring = newRing();
  const purposes = ["procurement.supplier_qualification"];
  const created = await connection.db.transaction((tx) => createAgency(tx, by, { name: "测试单位", purposes }));
  agencyId = created.id;
});

const within = <T>(work: (tx: Transaction) => Promise<T>) => connection.db.transaction(work);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const faultsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: unknown) => (error instanceof AppError ? error.detail.faults : error),
  );
const draft = (change: Partial<NewAccount> = {}): NewAccount => ({
  login: `judge.${newUuid().slice(-8)}`,
  name: "测试法官",
  role: "judge",
  court: "闽0203",
  ...change,
});
const create = (change: Partial<NewAccount> = {}) => within((tx) => createAccount(tx, ring, by, draft(change)));
const trailOf = (id: string) =>
  connection.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.subject, publicId("acc", id)))
    .orderBy(auditEntry.id);

describe("an account", () => {
  test("is created at a court, on the trail, and waits for its owner", async () => {
    const { row, enrolmentCode } = await create();
    expect(row).toMatchObject({ courtCode: "闽0203", passwordHash: null, totpSecret: null });
    expect(enrolmentCode).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{5}-?){5}$/);
    const [entry] = await trailOf(row.id);
    expect(entry).toMatchObject({ actor: by, action: "account.create", detail: { role: "judge", court: "闽0203" } });
    expect(JSON.stringify([row, entry])).not.toContain(enrolmentCode.slice(0, 5));
  });

  test("is created at an agency", async () => {
    const { row } = await create({ role: "agency_officer", court: undefined, agencyId });
    expect(row).toMatchObject({ agencyId, courtCode: null });
  });

  test.each<[string, Partial<NewAccount>, string, string]>([
    ["a login with capitals", { login: "Judge" }, "#/login", "bad_form"],
    ["a login of two letters", { login: "ab" }, "#/login", "bad_form"],
    ["an identity number for a login", { login: "110101190001010014" }, "#/login", "bad_form"],
    ["no name", { name: " " }, "#/name", "too_short"],
    ["a name with an invisible character", { name: "测\u200b试" }, "#/name", "invisible_character"],
    ["no court", { court: undefined }, "#/court", "required"],
    ["a court that does not exist", { court: "闽0299" }, "#/court", "unknown_reference"],
    ["an officer without an agency", { role: "agency_officer", court: undefined }, "#/agency", "required"],
    [
      "an officer of no agency",
      { role: "assessor", court: undefined, agencyId: newUuid() },
      "#/agency",
      "unknown_reference",
    ],
  ])("is refused with %s", async (_, change, pointer, code) => {
    expect(await faultsOf(create(change))).toEqual([{ pointer, code }]);
  });

  test("is at a court or an agency, never at both", async () => {
    expect(await faultsOf(create({ agencyId }))).toEqual([{ pointer: "#/agency", code: "not_allowed" }]);
    expect(await faultsOf(create({ role: "assessor", agencyId }))).toEqual([
      { pointer: "#/court", code: "not_allowed" },
    ]);
  });

  test("has a login of its own, also when two are created at once", async () => {
    const login = "twice.at-once";
    const outcomes = await Promise.all([create({ login }), create({ login })].map(codeOf));
    expect(new Set(outcomes)).toEqual(new Set([null, "conflict"]));
  });

  test("is disabled once, with a reason", async () => {
    const { row } = await create();
    const disable = () => within((tx) => disableAccount(tx, by, row.id, "离职"));
    const outcomes = await Promise.all([disable(), disable()].map(codeOf));
    expect(new Set(outcomes)).toEqual(new Set([null, "conflict"]));
    expect((await trailOf(row.id)).at(-1)).toMatchObject({ action: "account.disable", reason: "离职" });
    expect(await codeOf(within((tx) => disableAccount(tx, by, newUuid(), "离职")))).toBe("not-found");
  });

  test("is enabled again with a new code, and only when it was disabled", async () => {
    const { row, enrolmentCode } = await create();
    const enable = (id = row.id) => within((tx) => enableAccount(tx, ring, by, id, "返岗"));
    expect(await codeOf(enable())).toBe("conflict");
    expect(await codeOf(enable(newUuid()))).toBe("not-found");
    await within((tx) => disableAccount(tx, by, row.id, "离职"));
    const enabled = await enable();
    expect(enabled.row.disabledAt).toBeNull();
    expect(enabled.enrolmentCode).not.toBe(enrolmentCode);
    expect((await trailOf(row.id)).at(-1)).toMatchObject({ action: "account.enable", reason: "返岗" });
  });

  test("is reset with a new code, and not when it is disabled", async () => {
    const { row, enrolmentCode } = await create();
    const reset = () => within((tx) => resetAccount(tx, ring, by, row.id, "手机遗失"));
    expect((await reset()).enrolmentCode).not.toBe(enrolmentCode);
    expect((await trailOf(row.id)).at(-1)).toMatchObject({ action: "account.reset", reason: "手机遗失" });
    await within((tx) => disableAccount(tx, by, row.id, "离职"));
    expect(await codeOf(reset())).toBe("conflict");
  });
});

describe("a delegation", () => {
  const days = { from: "2026-11-01", until: "2026-12-31", document: "授权书（演示）1号" };
  const delegate = (id: string, change: Partial<typeof days> = {}) =>
    within((tx) => delegateAuthority(tx, by, id, { ...days, ...change }));

  test("is given to a judge for named days, and ended before them", async () => {
    const { row } = await create();
    expect(await delegate(row.id)).toMatchObject({ delegatedFrom: days.from, delegatedUntil: days.until });
    expect((await trailOf(row.id)).at(-1)).toMatchObject({ action: "account.delegate", detail: days });
    const ended = await within((tx) => endDelegation(tx, by, row.id, "院长收回"));
    expect(ended.delegatedFrom).toBeNull();
    expect((await trailOf(row.id)).at(-1)).toMatchObject({ action: "account.end_delegation", reason: "院长收回" });
  });

  test("is given to nobody else", async () => {
    const { row } = await create({ role: "clerk" });
    expect(await codeOf(delegate(row.id))).toBe("conflict");
    expect(await codeOf(delegate(newUuid()))).toBe("not-found");
  });

  test.each([
    ["a day that does not exist", { from: "2026-02-30" }, "#/from", "bad_date"],
    ["an end before its beginning", { until: "2026-10-31" }, "#/until", "out_of_range"],
    ["no paper", { document: " " }, "#/document", "too_short"],
  ])("is refused with %s", async (_, change, pointer, code) => {
    const { row } = await create();
    expect(await faultsOf(delegate(row.id, change))).toEqual([{ pointer, code }]);
  });

  test("and another role at the same instant leave a judge with it, or somebody else without", async () => {
    for (let round = 0; round < 10; round++) {
      const { row } = await create();
      const change = within((tx) => changeRole(tx, by, row.id, "clerk", "调岗"));
      const outcomes = await Promise.all([delegate(row.id), change].map(codeOf));
      expect([null, "conflict"]).toContain(outcomes[0]);
      expect(outcomes[1]).toBeNull();
      const [after] = await connection.db.select().from(account).where(eq(account.id, row.id));
      expect(after).toMatchObject({ role: "clerk", delegatedFrom: null });
    }
  });

  test("ends with the role it was given to", async () => {
    const { row } = await create();
    await delegate(row.id);
    const changed = await within((tx) => changeRole(tx, by, row.id, "clerk", "调岗"));
    expect(changed).toMatchObject({ role: "clerk", delegatedFrom: null, delegationDocument: null });
    expect((await trailOf(row.id)).at(-1)).toMatchObject({
      action: "account.role",
      detail: { from: "judge", to: "clerk" },
    });
  });
});

test("nobody of a court gets a role of agencies, or the other way round", async () => {
  const atCourt = await create();
  const atAgency = await create({ role: "agency_officer", court: undefined, agencyId });
  const change = (id: string, role: NewAccount["role"]) => within((tx) => changeRole(tx, by, id, role, "调岗"));
  expect(await codeOf(change(atCourt.row.id, "assessor"))).toBe("validation");
  expect(await codeOf(change(atAgency.row.id, "judge"))).toBe("validation");
  expect((await change(atAgency.row.id, "agency_liaison")).role).toBe("agency_liaison");
});
