// Sessions (ASVS 5.0 §7): they end by idling, by age, by signing out, and with the account; and only our own pages write.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEntry } from "../../../src/audit/schema.ts";
import {
  changeRole,
  disableAccount,
  enableAccount,
  resetAccount,
  signEverybodyOut,
  signOut,
} from "../../../src/courts/accounts/account.ts";
import { isFromOwnPage, tokenIn } from "../../../src/courts/accounts/session-token.ts";
import { session } from "../../../src/courts/schema.ts";
import { publicId } from "../../../src/platform/id.ts";
import { startService, type TestService } from "../../service.ts";
import { codeOf, cookieOf, enrolled, headersOf, PASSWORD, type Person, signInAgain, testClock } from "./person.ts";

const clock = testClock();
let service: TestService;
let person: Person;
let headers: Record<string, string>;

beforeAll(async () => {
  service = await startService({ now: clock.now, sequencer: false });
});
afterAll(() => service.stop());
beforeEach(async () => {
  clock.passSeconds(90);
  person = await enrolled(service, clock, { role: "judge" });
  headers = headersOf(person.browser);
});

const current = (given = headers) => service.request.get("/v1/sessions/current").set(given);
const leave = (given = headers) => service.request.delete("/v1/sessions/current").set(given);
const age = (column: string, interval: string) =>
  service.db.execute(
    sql.raw(`update session set ${column} = now() - interval '${interval}' where account_id = '${person.id}'`),
  );

describe("a session", () => {
  test("is kept as a digest of 256 random bits: the token is in no table (ASVS 7.2.3, 11.5.1)", async () => {
    const [row] = await service.db
      .select()
      .from(session)
      .where(sql`account_id = ${person.id}`);
    const token = tokenIn(person.browser.cookie) ?? "";
    expect(token).toHaveLength(43);
    expect(row?.digest).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test("ends after 15 minutes of idling (ASVS 7.3.1)", async () => {
    await age("last_seen_at", "14 minutes 50 seconds");
    expect((await current()).status).toBe(200);
    await age("last_seen_at", "15 minutes 1 second");
    expect((await current()).status).toBe(401);
  });

  test("goes on while it is used, and that is written at most once a minute", async () => {
    await age("last_seen_at", "30 seconds");
    const { body } = await current();
    expect((await current()).body.session.lastSeenAt).toBe(body.session.lastSeenAt);
    await age("last_seen_at", "14 minutes");
    await current();
    await age("created_at", "1 hour");
    expect((await current()).status).toBe(200);
  });

  test("ends after eight hours, however busy (ASVS 7.3.2)", async () => {
    const { body } = await current();
    const opened = new Date(body.session.createdAt).getTime();
    expect(Math.round((new Date(body.session.expiresAt).getTime() - opened) / 60_000)).toBe(8 * 60);
    await age("expires_at", "1 second");
    expect((await current()).status).toBe(401);
  });

  test.each<[string, Record<string, string>]>([
    ["no cookie", {}],
    ["a token that nobody was given", { Cookie: `__Host-sid=${"A".repeat(43)}` }],
    ["something else under its name", { Cookie: "__Host-sid=1" }],
  ])("is not opened by %s", async (_, given) => {
    const { status, body } = await current(given);
    expect({ status, code: body.code }).toEqual({ status: 401, code: "unauthenticated" });
  });

  test("is ended by signing out, which takes the cookie away (ASVS 7.4.1)", async () => {
    const answer = await leave();
    expect(answer.status).toBe(204);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^__Host-sid=; .*Max-Age=0/);
    expect((await current()).status).toBe(401);
    const entries = await service.db.select().from(auditEntry).orderBy(auditEntry.id);
    expect(entries.at(-1)).toMatchObject({ action: "session.close", actor: `staff:${publicId("acc", person.id)}` });
  });

  test("is one of a list in which its owner ends any, and nobody another's (ASVS 7.5.2)", async () => {
    const second = headersOf(await signInAgain(service, clock, person));
    const { body } = await service.request.get("/v1/sessions").set(second);
    expect(body.data.map((row: { current: boolean }) => row.current)).toEqual([true, false]);
    const stranger = headersOf((await enrolled(service, clock)).browser);
    const first = `/v1/sessions/${body.data[1].id}`;
    expect((await service.request.delete(first).set(stranger)).status).toBe(404);
    expect((await service.request.delete(first).set(second)).status).toBe(204);
    expect((await service.request.delete(first).set(second)).status).toBe(404);
    expect((await current()).status).toBe(401);
    expect((await current(second)).status).toBe(200);
  });
});

describe("with the account", () => {
  const by = "operator:test";

  test("disabling ends every session at once (ASVS 7.4.2)", async () => {
    const second = headersOf(await signInAgain(service, clock, person));
    await service.db.transaction((tx) => disableAccount(tx, by, person.id, "离职"));
    expect([(await current()).status, (await current(second)).status]).toEqual([401, 401]);
    await service.db.transaction((tx) => enableAccount(tx, service.ring, by, person.id, "返岗"));
    expect((await current()).status, "what was ended stays ended").toBe(401);
  });

  test.each([
    ["a code of the app", () => codeOf(person.secret, clock)],
    ["a recovery code", () => person.recoveryCodes[0] ?? ""],
  ])("disabling while somebody signs in with %s leaves no session open", async (_, codeNow) => {
    clock.passSeconds(30);
    const given = { login: person.login, password: PASSWORD, code: codeNow() };
    await service.sql`delete from sign_in_pause`;
    const [answer] = await Promise.all([
      service.request.post("/v1/sessions").send(given),
      disableDuringSignIn(service, person.id),
    ]);
    expect([201, 401]).toContain(answer.status);
    const open = await service.sql`select 1 from session where account_id = ${person.id} and ended_at is null`;
    expect(open).toHaveLength(0);
  });

  test("a reset ends every session, and neither password nor recovery code opens another", async () => {
    await service.db.transaction((tx) => resetAccount(tx, service.ring, by, person.id, "手机遗失"));
    expect((await current()).status).toBe(401);
    clock.passSeconds(30);
    for (const code of [codeOf(person.secret, clock), person.recoveryCodes[0] ?? ""]) {
      const given = { login: person.login, password: PASSWORD, code };
      expect((await service.request.post("/v1/sessions").send(given)).status).toBe(401);
    }
  });

  test("an administrator ends the sessions of one, or of everybody, who sign in again (ASVS 7.4.5)", async () => {
    const other = headersOf((await enrolled(service, clock)).browser);
    await service.db.transaction((tx) => signOut(tx, by, person.id, "设备遗失"));
    expect([(await current()).status, (await current(other)).status]).toEqual([401, 200]);
    const again = headersOf(await signInAgain(service, clock, person));
    expect(await service.db.transaction((tx) => signEverybodyOut(tx, by, "维护"))).toBeGreaterThanOrEqual(2);
    expect([(await current(again)).status, (await current(other)).status]).toEqual([401, 401]);
    const entries = (await service.db.select().from(auditEntry).orderBy(auditEntry.id)).filter(
      ({ action }) => action === "account.sign_out",
    );
    expect(entries).toMatchObject([
      { actor: by, subject: publicId("acc", person.id), reason: "设备遗失", detail: { sessions: 1 } },
      { actor: by, subject: "accounts", reason: "维护" },
    ]);
  });

  test("an officer's session opens nothing while their agency is suspended", async () => {
    const { agencyId } = await service.addAgency("测试停用单位", ["travel.ticketing"]);
    const officer = await enrolled(service, clock, { role: "agency_officer", agencyId });
    const given = headersOf(officer.browser);
    expect((await current(given)).body.account).toMatchObject({ court: null, agency: publicId("agy", agencyId) });
    await service.sql`update agency set state = 'suspended' where id = ${agencyId}`;
    expect((await current(given)).status).toBe(401);
  });

  test("another role holds from the next request on (ASVS 8.3.2)", async () => {
    expect((await service.request.get("/v1/staff").set(headers)).status).toBe(403);
    await service.db.transaction((tx) => changeRole(tx, by, person.id, "auditor", "调岗"));
    expect((await service.request.get("/v1/staff").set(headers)).status).toBe(200);
  });

  test("another password ends the other sessions, and asks for both factors (ASVS 7.4.3, 7.5.1)", async () => {
    const second = headersOf(await signInAgain(service, clock, person));
    const change = (given: object) => service.request.post("/v1/account/password").set(second).send(given);
    clock.passSeconds(30);
    const code = codeOf(person.secret, clock);
    const newPassword = "金榜公园的石头记得去年的雨";
    expect((await change({ password: "不是这个密码，也不是那个", newPassword, code })).status).toBe(401);
    expect((await change({ password: PASSWORD, newPassword, code: "000000" })).status).toBe(401);
    expect((await change({ password: PASSWORD, newPassword: "password-2026", code })).status).toBe(422);
    const changed = await change({ password: PASSWORD, newPassword, code });
    expect(changed.status).toBe(204);
    const renewed = { ...second, Cookie: cookieOf(changed) };
    expect([(await current()).status, (await current(second)).status, (await current(renewed)).status]).toEqual([
      401, 401, 200,
    ]);
    clock.passSeconds(30);
    const signIn = (password: string) => {
      return service.request
        .post("/v1/sessions")
        .send({ login: person.login, password, code: codeOf(person.secret, clock) });
    };
    expect([(await signIn(PASSWORD)).status, (await signIn(newPassword)).status]).toEqual([401, 201]);
  });

  test("new recovery codes end the old ones", async () => {
    clock.passSeconds(30);
    const answer = await service.request
      .post("/v1/account/recovery-codes")
      .set(headers)
      .send({ password: PASSWORD, code: codeOf(person.secret, clock) });
    expect(answer.status).toBe(201);
    expect((await current()).status, "the token is another (ASVS 7.2.4)").toBe(401);
    expect((await current({ ...headers, Cookie: cookieOf(answer) })).status).toBe(200);
    const signIn = (code: string) =>
      service.request.post("/v1/sessions").send({ login: person.login, password: PASSWORD, code });
    expect((await signIn(person.recoveryCodes[1] ?? "")).status).toBe(401);
    expect((await signIn(answer.body.recoveryCodes[1])).status).toBe(201);
  });
});

describe("a request that writes (ASVS 3.5.1)", () => {
  test.each([
    ["no token", { "X-CSRF-Token": "" }],
    ["another session's token", { "X-CSRF-Token": "A".repeat(43) }],
    ["the word of the browser that another site sent it", { "Sec-Fetch-Site": "cross-site" }],
    ["that of a sibling host", { "Sec-Fetch-Site": "same-site" }],
    ["an Origin of another host", { Origin: "https://court.example" }],
    ["an opaque Origin", { Origin: "null" }],
  ])("is refused with %s, and does nothing", async (_, change) => {
    const { status, body } = await leave({ ...headers, ...change });
    expect({ status, code: body.code }).toEqual({ status: 403, code: "cross-site" });
    expect((await current()).status).toBe(200);
  });

  test("is taken from our own page", async () => {
    const host = new URL(service.url).host;
    expect((await leave({ ...headers, Origin: `http://${host}` })).status).toBe(204);
  });

  test("needs the browser's word and, where it gives none, an Origin that is ours", () => {
    const host = "register.example";
    const cases: [Parameters<typeof isFromOwnPage>[0], boolean][] = [
      [{ fetchSite: "same-origin", origin: undefined, host }, true],
      [{ fetchSite: "none", origin: undefined, host }, false],
      [{ fetchSite: "cross-site", origin: "https://register.example", host }, false],
      [{ fetchSite: undefined, origin: "https://register.example", host }, true],
      [{ fetchSite: undefined, origin: "https://register.example.evil", host }, false],
      [{ fetchSite: undefined, origin: "https://register.example", host: undefined }, false],
      [{ fetchSite: undefined, origin: undefined, host }, true],
    ];
    for (const [given, expected] of cases) expect(isFromOwnPage(given)).toBe(expected);
  });
});

/** Disables the account once the sign-in has been counted, which is while its password is computed. */
async function disableDuringSignIn({ db, sql }: TestService, id: string): Promise<void> {
  while ((await sql`select 1 from sign_in_pause`).length === 0);
  await db.transaction((tx) => disableAccount(tx, "operator:test", id, "离职"));
}
