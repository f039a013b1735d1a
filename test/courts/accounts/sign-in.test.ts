// Enrolling and signing in over HTTP (ASVS 5.0 §6): both factors at once, one answer for every failure, growing pauses.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { disableAccount } from "../../../src/courts/accounts/account.ts";
import { createPasswordHasher } from "../../../src/courts/accounts/password.ts";
import { signIn } from "../../../src/courts/accounts/sign-in.ts";
import { auditEntry } from "../../../src/audit/schema.ts";
import { AppError } from "../../../src/platform/error.ts";
import { publicId } from "../../../src/platform/id.ts";
import { startService, type TestService } from "../../service.ts";
import { codeOf, enrolled, headersOf, newcomer, PASSWORD, type Person, signInAgain, testClock } from "./person.ts";

const clock = testClock();
let service: TestService;
let person: Person;

beforeAll(async () => {
  service = await startService({ now: clock.now, sequencer: false });
  person = await enrolled(service, clock);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.sql`delete from sign_in_pause`;
  clock.passSeconds(90);
});

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  service.request.post(path).set(headers).send(body);
const credentials = () => ({ login: person.login, password: PASSWORD, code: codeOf(person.secret, clock) });
const attempt = (given: object = {}) => post("/v1/sessions", { ...credentials(), ...given });
const entriesOf = async (action: string) => {
  const rows = await service.db.select().from(auditEntry).orderBy(auditEntry.id);
  return rows.filter((row) => row.action === action);
};

describe("the first sign-in", () => {
  test("shows the secret as often as asked, and takes password and code once", async () => {
    const { row, enrolmentCode } = await newcomer(service, { name: "沈办理" });
    const first = await post("/v1/enrolments", { enrolmentCode });
    const second = await post("/v1/enrolments", { enrolmentCode: ` ${enrolmentCode.toUpperCase()} ` });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ login: row.login, name: "沈办理" });
    expect(second.body).toEqual(first.body);
    expect(await entriesOf("account.enrol")).toHaveLength(1);
    const { enrolmentCode: other } = await newcomer(service);
    expect((await post("/v1/enrolments", { enrolmentCode: other })).body.secret).not.toBe(first.body.secret);
  });

  test("opens a session, with ten recovery codes and an audit entry", async () => {
    const { id, browser, recoveryCodes } = await enrolled(service, clock);
    const { body } = await service.request.get("/v1/sessions/current").set(headersOf(browser));
    expect(body.account).toMatchObject({ id: publicId("acc", id), role: "clerk", court: "闽0203", state: "active" });
    expect(new Set(recoveryCodes).size).toBe(10);
    const entries = await entriesOf("account.enrol");
    expect(entries.map(({ subject }) => subject)).toContain(publicId("acc", id));
  });

  test.each([
    ["a short password", { password: "k7#vTq9!mZx" }, 422, "password_too_short"],
    ["a common one", { password: "password-2026" }, 422, "password_too_common"],
    ["a code that the app would not show", { code: "000000" }, 401, undefined],
  ])("refuses %s, and the code can be tried again", async (_, change, status, fault) => {
    const { row, enrolmentCode } = await newcomer(service);
    const refused = await post("/v1/enrolments/completion", {
      enrolmentCode,
      password: PASSWORD,
      code: "000001",
      ...change,
    });
    expect(refused.status).toBe(status);
    expect(refused.body.errors?.[0]?.code).toBe(fault);
    const onTrail = (await entriesOf("enrolment.refuse")).filter(({ subject }) => subject === publicId("acc", row.id));
    expect(onTrail).toHaveLength(status === 401 ? 1 : 0);
    expect((await post("/v1/enrolments", { enrolmentCode })).status).toBe(200);
  });

  test("refuses a code that was used, has expired, or never was, and one whose account is disabled", async () => {
    const used = await newcomer(service);
    await service.sql`update account set enrolment_digest = null where id = ${used.row.id}`;
    const expired = await newcomer(service);
    await service.sql`update account set enrolment_expires_at = now() - interval '1 second' where id = ${expired.row.id}`;
    const disabled = await newcomer(service);
    await service.db.transaction((tx) => disableAccount(tx, "operator:test", disabled.row.id, "离职"));
    for (const enrolmentCode of [used, expired, disabled].map((account) => account.enrolmentCode).concat("no-code")) {
      const { status, body } = await post("/v1/enrolments", { enrolmentCode });
      expect({ status, code: body.code }).toEqual({ status: 401, code: "enrolment-failed" });
      expect((await entriesOf("enrolment.refuse")).at(-1)).toMatchObject({ subject: "unknown", detail: {} });
    }
  });
});

describe("signing in", () => {
  test("takes password and code, is on the trail, and sets a safe cookie (ASVS 3.3.1, 3.3.4, 14.3.2)", async () => {
    const { status, headers, body } = await attempt({ login: ` ${person.login.toUpperCase()} ` });
    expect(status).toBe(201);
    expect(headers["cache-control"]).toBe("no-store");
    const [cookie = ""] = [headers["set-cookie"] ?? []].flat();
    expect(cookie).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const entry = (await entriesOf("session.open")).find(({ subject }) => subject === body.session.id);
    expect(entry).toMatchObject({ actor: `staff:${publicId("acc", person.id)}`, detail: { factor: "totp" } });
  });

  test("takes JSON alone, which no form of another site can send", async () => {
    const text = JSON.stringify({ login: person.login, password: PASSWORD, code: codeOf(person.secret, clock) });
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const { status } = await service.request.post("/v1/sessions").set("Content-Type", type).send(text);
      expect(status).toBe(415);
    }
  });

  test("gives a new token each time (ASVS 7.2.4)", async () => {
    const first = await signInAgain(service, clock, person);
    const second = await signInAgain(service, clock, person);
    expect(second.cookie).not.toBe(first.cookie);
    expect(second.csrfToken).not.toBe(first.csrfToken);
  });

  test("takes a code once, also of two requests at the same instant (ASVS 6.5.1)", async () => {
    const outcomes = await Promise.all([attempt(), attempt()]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([201, 401]));
    expect((await attempt()).status).toBe(401);
  });

  test("takes neither factor alone (ASVS 6.3.3)", async () => {
    const { code: _, ...withoutCode } = credentials();
    const { password: __, ...withoutPassword } = credentials();
    for (const given of [
      withoutCode,
      withoutPassword,
      { ...credentials(), code: "" },
      { ...credentials(), password: "" },
    ])
      expect((await post("/v1/sessions", given)).status).toBe(422);
    const wrong = [{ code: "000000" }, { password: "不是这个密码，也不是那个" }];
    for (const given of wrong) expect((await attempt(given)).status).toBe(401);
  });

  test("takes a password however old it is (ASVS 6.2.10)", async () => {
    await service.sql`update account set created_at = now() - interval '10 years' where id = ${person.id}`;
    await service.sql`update session set created_at = now() - interval '10 years' where account_id = ${person.id}`;
    expect((await attempt()).status).toBe(201);
  });

  test("takes a password as it is typed, letter by letter (ASVS 6.2.8)", async () => {
    for (const password of [` ${PASSWORD}`, `${PASSWORD} `, PASSWORD.slice(0, -1)])
      expect((await attempt({ password })).status).toBe(401);
  });

  test("takes a recovery code instead, once, however it is typed", async () => {
    const [code = "", other = ""] = person.recoveryCodes;
    const typed = code.toUpperCase().replaceAll("-", " ");
    const outcomes = await Promise.all([attempt({ code: typed }), attempt({ code })]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([201, 401]));
    expect((await attempt({ code: other })).status).toBe(201);
  });

  test("answers alike whatever was wrong (ASVS 6.3.8)", async () => {
    const waiting = await newcomer(service);
    const gone = await enrolled(service, clock);
    clock.passSeconds(90);
    await service.db.transaction((tx) => disableAccount(tx, "operator:test", gone.id, "离职"));
    const wrong = [
      { password: "不是这个密码，也不是那个" },
      { code: "000000" },
      { code: "zzzzz-zzzzz-zzzzz" },
      { login: "nobody.here" },
      { login: waiting.row.login },
      { login: gone.login, code: codeOf(gone.secret, clock) },
    ];
    const answers = [];
    for (const given of wrong) answers.push(await attempt(given));
    const seen = answers.map(({ status, headers, body }) => {
      const { requestId, instance, ...rest } = body;
      expect([requestId, instance].every((id) => typeof id === "string")).toBe(true);
      return { status, names: Object.keys(headers).toSorted(), length: headers["content-length"], rest };
    });
    expect(seen[0]).toMatchObject({ status: 401, rest: { code: "sign-in-failed" } });
    expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test("leaves a failure on the trail without what was typed (ASVS 16.5.1)", async () => {
    await attempt({ login: "typed-my-password-here", password: "不是这个密码，也不是那个" });
    const entries = await entriesOf("session.refuse");
    expect(entries.at(-1)).toMatchObject({ actor: "system:sign-in", subject: "unknown" });
    expect(JSON.stringify(entries)).not.toContain("typed");
    expect(service.logged()).not.toContain("typed");
  });

  test("is counted by how it ended", async () => {
    const counts = async () => {
      const { text } = await service.request.get("/metrics");
      const found = text.matchAll(/^shixin_sign_in_attempts_total\{outcome="(\w+)"\} (\d+)$/gm);
      return Object.fromEntries(Array.from(found, ([, outcome, count]) => [outcome, Number(count)]));
    };
    const before = await counts();
    await attempt();
    for (let failure = 0; failure < 7; failure++) await attempt({ code: "000000" });
    const { accepted = 0, refused = 0, paused = 0 } = before;
    expect(await counts()).toEqual({ accepted: accepted + 1, refused: refused + 6, paused: paused + 1 });
  });

  test("computes the same for a name that exists and one that does not: one password hash each (ASVS 6.3.8)", async () => {
    const hasher = createPasswordHasher(service.ring.credentialKey);
    let computed = 0;
    const counting = { ...hasher, verify: (...given: [string, string]) => (computed++, hasher.verify(...given)) };
    const waiting = await newcomer(service);
    const dependencies = {
      db: service.db,
      ring: service.ring,
      hasher: counting,
      now: clock.now,
      countAttempt: () => {},
    };
    for (const login of [person.login, "nobody.here", waiting.row.login]) {
      computed = 0;
      const credentials = { login, password: "不是这个密码，也不是那个", code: "000000" };
      const failed = await signIn(dependencies, credentials, { address: "192.0.2.1", userAgent: "" }).catch(String);
      expect(failed).toBe("AppError: sign-in-failed");
      expect(computed).toBe(1);
    }
  });
});

describe("after failures (ASVS 6.3.1)", () => {
  const fail = (login = person.login) => attempt({ login, code: "000000" });
  const pass = (interval: string) =>
    service.db.execute(
      sql.raw(
        `update sign_in_pause set paused_until = paused_until - interval '${interval}', failed_at = failed_at - interval '${interval}'`,
      ),
    );

  test("five cost nothing, then the pauses grow, and the account is never locked", async () => {
    for (let failure = 0; failure < 5; failure++) expect((await fail()).status).toBe(401);
    for (const seconds of [1, 2, 4, 8]) {
      expect((await fail()).status).toBe(401);
      const paused = await attempt();
      expect(paused.status).toBe(429);
      expect(paused.body.code).toBe("sign-in-paused");
      expect(Number(paused.headers["retry-after"])).toBe(seconds);
      await pass(`${seconds} seconds`);
    }
    expect((await attempt()).status).toBe(201);
    expect((await fail()).status).toBe(401);
    expect((await fail()).status, "success forgets them").toBe(401);
  });

  test("the longest pause is a quarter of an hour, and an hour forgets all", async () => {
    for (let failure = 0; failure < 5; failure++) await fail();
    await service.sql`update sign_in_pause set failures = 29`;
    expect((await fail()).status).toBe(401);
    expect(Number((await fail()).headers["retry-after"])).toBe(900);
    await pass("1 hour 1 second");
    for (let failure = 0; failure < 5; failure++) expect((await fail()).status).toBe(401);
    expect((await fail()).status).toBe(401);
  });

  test("a name that nobody has is paused alike", async () => {
    for (let failure = 0; failure < 6; failure++) expect((await fail("nobody.here")).status).toBe(401);
    expect((await fail("nobody.here")).status).toBe(429);
  });

  test("many at once are counted before any of them is looked at", async () => {
    await fail();
    // The next one pauses for a quarter of an hour, however slow the machine is.
    await service.sql`update sign_in_pause set failures = 29`;
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => fail()));
    const counts = Map.groupBy(outcomes, ({ status }) => status);
    expect(counts.get(401)?.length).toBe(1);
    expect(counts.get(429)?.length).toBe(19);
  });

  test("those of a stranger elsewhere cost the owner no pause", async () => {
    const hasher = createPasswordHasher(service.ring.credentialKey);
    const dependencies = { db: service.db, ring: service.ring, hasher, now: clock.now, countAttempt: () => {} };
    const from = (address: string) =>
      signIn(dependencies, { login: person.login, password: PASSWORD, code: "000000" }, { address, userAgent: "" });
    for (let failure = 0; failure < 6; failure++) await from("192.0.2.1").catch(() => null);
    const refused = await from("192.0.2.1").catch((error: unknown) => error);
    expect(refused instanceof AppError && refused.code).toBe("sign-in-paused");
    expect((await attempt()).status).toBe(201);
  });
});
