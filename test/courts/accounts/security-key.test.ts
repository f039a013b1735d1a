// Security keys as the second factor, over HTTP with a key in software: what opens an account, once, and what opens none.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditEntry } from "../../../src/audit/schema.ts";
import { disableAccount, resetAccount } from "../../../src/courts/accounts/account.ts";
import { publicId } from "../../../src/platform/id.ts";
import { startService, type TestService } from "../../service.ts";
import { type Authenticator, type Deviation, newAuthenticator } from "./authenticator.ts";
import { browserOf, codeOf, cookieOf, enrolled, headersOf, PASSWORD, type Person, testClock } from "./person.ts";

const clock = testClock();
let service: TestService;
let person: Person;
let headers: Record<string, string>;

beforeAll(async () => {
  service = await startService({ now: clock.now, sequencer: false });
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.sql`delete from sign_in_pause`;
  clock.passSeconds(90);
  person = await enrolled(service, clock, { role: "judge" });
  headers = headersOf(person.browser);
  clock.passSeconds(30);
});

const post = (path: string, body: object, given: Record<string, string> = {}) =>
  service.request.post(path).set(given).send(body);
/** Both factors of a person as the app shows them. */
const factors = (of = person) => ({ password: PASSWORD, code: codeOf(of.secret, clock) });
const optionsFor = async (given = headers) =>
  (await service.request.get("/v1/account/security-keys/options").set(given)).body;
const challenge = async () => (await post("/v1/sessions/challenge", {})).body;
const listKeys = async (given = headers) =>
  (await service.request.get("/v1/account/security-keys").set(given)).body.data as { id: string; name: string }[];
const entriesOf = async (action: string) => {
  const rows = await service.db.select().from(auditEntry).orderBy(auditEntry.id);
  return rows.filter((row) => row.action === action);
};

async function add(key: Authenticator, given: object = {}) {
  const credential = key.create(await optionsFor());
  const answer = await post(
    "/v1/account/security-keys",
    { name: "办公桌", credential, ...factors(), ...given },
    headers,
  );
  clock.passSeconds(30);
  goOnWith(answer);
  return answer;
}

/** Another token, as every browser takes it over. */
function goOnWith(answer: { headers: Record<string, unknown> }): void {
  const cookie = cookieOf(answer);
  if (cookie !== "") headers = { ...headers, Cookie: cookie };
}

async function withKey(given: { counts?: boolean } = {}): Promise<Authenticator> {
  const key = newAuthenticator(service.url, given);
  expect((await add(key)).status).toBe(201);
  return key;
}

const signInBy = (assertion: object, given: object = {}) =>
  post("/v1/sessions", { login: person.login, password: PASSWORD, assertion, ...given });
const signInWith = async (key: Authenticator, over: Deviation = {}, given: object = {}) =>
  signInBy(key.get(await challenge(), over), given);

describe("a key", () => {
  test("is added by showing both factors, is on the trail, and opens the account in the place of the code", async () => {
    const key = newAuthenticator(service.url);
    const { status, body } = await add(key);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { name: "办公桌", host: "127.0.0.1", lastUsedAt: null },
    });
    expect(await listKeys()).toMatchObject([{ id: body.id, name: "办公桌" }]);
    expect((await service.request.get("/v1/account/security-keys").set(headersOf(person.browser))).status).toBe(401);
    const subject = publicId("acc", person.id);
    expect((await entriesOf("account.security_key.add")).at(-1)).toMatchObject({
      actor: `staff:${subject}`,
      subject,
      detail: { key: body.id, name: "办公桌" },
    });
    const opened = await signInWith(key);
    expect(opened).toMatchObject({ status: 201, body: { account: { id: subject } } });
    expect((await entriesOf("session.open")).at(-1)).toMatchObject({ detail: { factor: "security_key" } });
    expect(await listKeys(headersOf(browserOf(opened)))).toMatchObject([{ lastUsedAt: expect.any(String) as string }]);
    expect((await post("/v1/sessions", { login: person.login, ...factors() })).status, "the app goes on").toBe(201);
  });

  test("that does not count opens it as often as it is asked", async () => {
    const key = await withKey({ counts: false });
    expect([(await signInWith(key)).status, (await signInWith(key)).status]).toEqual([201, 201]);
  });

  test("stands for the code where both factors are asked again, as for another password (ASVS 7.5.1)", async () => {
    const key = await withKey();
    const given = {
      password: PASSWORD,
      newPassword: "金榜公园的石头记得去年的雨",
      assertion: key.get(await challenge()),
    };
    expect((await post("/v1/account/password", given, headers)).status).toBe(204);
    expect((await signInWith(key)).status).toBe(401);
    expect((await signInWith(key, {}, { password: given.newPassword })).status).toBe(201);
  });

  test.each([
    ["neither code nor key", {}, "#/code", "required"],
    ["both at once", { code: "000000", assertion: {} }, "#/assertion", undefined],
  ])("with %s a request is not read", async (_, given, pointer, code) => {
    const assertion = newAuthenticator(service.url).get(await challenge());
    const body = { login: person.login, password: PASSWORD, ...given, ...("assertion" in given && { assertion }) };
    const { status, body: problem } = await post("/v1/sessions", body);
    expect({ status, fault: problem.errors[0] }).toMatchObject({ status: 422, fault: { pointer } });
    expect(problem.errors[0].code).toBe(code ?? "not_allowed");
  });
});

describe("a signature", () => {
  test("opens one session, also of two requests at the same instant (ASVS 6.5.1)", async () => {
    const key = await withKey({ counts: false });
    const assertion = key.get(await challenge());
    const outcomes = await Promise.all([signInBy(assertion), signInBy(assertion)]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([201, 401]));
    expect((await signInBy(assertion)).status).toBe(401);
  });

  test("answers alike whatever was wrong with it, and for a name that nobody has (ASVS 6.3.8)", async () => {
    const key = await withKey();
    const stranger = newAuthenticator(service.url);
    const fresh = await challenge();
    const registering = (await optionsFor()).challenge as string;
    const tampered = key.get(fresh);
    tampered.response.signature = `${tampered.response.signature.slice(0, -4)}AAAA`;
    const old = key.get(await challenge());
    clock.passSeconds(301);
    const answers = [
      await signInBy(old),
      await signInBy(stranger.get(await challenge())),
      await signInBy(tampered),
      await signInWith(key, {}, { login: "nobody.here" }),
      await signInWith(key, {}, { password: "不是这个密码，也不是那个" }),
    ];
    await service.sql`delete from sign_in_pause`;
    answers.push(
      await signInWith(key, { origin: "https://register.example.evil" }),
      await signInWith(key, { host: "evil.example" }),
      await signInWith(key, { challenge: registering }),
      await signInWith(key, { challenge: Buffer.alloc(54).toString("base64url") }),
      await signInWith(key, { flags: 0 }),
    );
    const seen = answers.map(({ status, headers: sent, body }) => {
      const { requestId: _, instance: __, ...rest } = body;
      return JSON.stringify({ status, names: Object.keys(sent).toSorted(), length: sent["content-length"], rest });
    });
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('"code":"sign-in-failed"');
    await service.sql`delete from sign_in_pause`;
    expect((await signInWith(key)).status, "control: the key is the right one").toBe(201);
  });

  test("of a copy, whose count falls behind, opens nothing", async () => {
    const key = await withKey();
    expect((await signInWith(key, { counter: 9 })).status).toBe(201);
    expect((await signInWith(key, { counter: 9 })).status).toBe(401);
    expect((await signInWith(key, { counter: 3 })).status).toBe(401);
    expect((await signInWith(key, { counter: 10 })).status).toBe(201);
  });

  test("of another person's key opens nobody else's account", async () => {
    const key = await withKey();
    const other = await enrolled(service, clock);
    expect((await signInWith(key, {}, { login: other.login })).status).toBe(401);
    expect((await signInWith(key)).status).toBe(201);
  });
});

describe("adding", () => {
  const addWith = async (credential: object, given: object = {}) => {
    const answer = await post(
      "/v1/account/security-keys",
      { name: "备用", credential, ...factors(), ...given },
      headers,
    );
    goOnWith(answer);
    return answer;
  };

  test("needs both factors", async () => {
    const credential = newAuthenticator(service.url).create(await optionsFor());
    expect((await addWith(credential, { code: "000000" })).status).toBe(401);
    expect((await addWith(credential, { password: "不是这个密码，也不是那个" })).status).toBe(401);
    expect(await listKeys()).toEqual([]);
    expect((await addWith(credential)).status).toBe(201);
  });

  test.each<[string, Deviation]>([
    ["on another page", { origin: "https://register.example.evil" }],
    ["for another host", { host: "evil.example" }],
    ["for a challenge of ours that is for signing in", { challenge: "sign in" }],
    ["for another account's challenge", { challenge: "another's" }],
    ["for a challenge that nobody gave", { challenge: Buffer.alloc(54).toString("base64url") }],
    ["without anybody present", { flags: 0x40 }],
  ])("a credential that was made %s is refused, and nothing of it is repeated", async (_, over) => {
    const given = { ...over };
    if (over.challenge === "sign in") given.challenge = (await challenge()).challenge;
    if (over.challenge === "another's")
      given.challenge = (await optionsFor(headersOf((await enrolled(service, clock)).browser))).challenge;
    const credential = newAuthenticator(service.url).create(await optionsFor(), given);
    const { status, body } = await addWith(credential);
    expect({ status, code: body.code }).toEqual({ status: 422, code: "security-key-refused" });
    expect(JSON.stringify(body)).not.toContain(credential.id);
    expect(await listKeys()).toEqual([]);
  });

  test("takes options once, and within five minutes", async () => {
    const options = await optionsFor();
    expect((await addWith(newAuthenticator(service.url).create(options))).status).toBe(201);
    clock.passSeconds(30);
    const again = await addWith(newAuthenticator(service.url).create(options));
    expect(again.body).toMatchObject({ code: "security-key-refused" });
    const late = newAuthenticator(service.url).create(await optionsFor());
    clock.passSeconds(301);
    expect((await addWith(late)).body).toMatchObject({ code: "security-key-refused" });
  });

  test("a key twice is a conflict, and so is a sixth, also of two at once", async () => {
    const key = await withKey();
    const known = (await optionsFor()).excludeCredentials;
    expect(known).toEqual([{ type: "public-key", id: key.get(await challenge()).id }]);
    expect((await add(key)).status).toBe(409);
    for (let more = 2; more <= 4; more++) await withKey();
    const keys = [newAuthenticator(service.url), newAuthenticator(service.url)];
    const credentials = [keys[0]?.create(await optionsFor()), keys[1]?.create(await optionsFor())];
    const codes = [{ code: codeOf(person.secret, clock) }, { code: person.recoveryCodes[0] ?? "" }];
    const outcomes = await Promise.all(credentials.map((credential, i) => addWith(credential ?? {}, codes[i])));
    expect(outcomes.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await listKeys()).toHaveLength(5);
  });
});

describe("losing", () => {
  test("a key that is removed opens nothing, and is removed by its owner alone", async () => {
    const key = await withKey();
    const [{ id } = { id: "" }] = await listKeys();
    const other = await enrolled(service, clock);
    clock.passSeconds(30);
    const removal = `/v1/account/security-keys/${id}/removal`;
    expect((await post(removal, factors(other), headersOf(other.browser))).status).toBe(404);
    expect((await post(removal, { password: PASSWORD, code: "000000" }, headers)).status).toBe(401);
    expect((await post("/v1/account/security-keys/none/removal", factors(), headers)).status).toBe(404);
    expect((await post(removal, factors(), headers)).status).toBe(204);
    expect((await entriesOf("account.security_key.remove")).at(-1)).toMatchObject({ detail: { key: id } });
    expect((await signInWith(key)).status).toBe(401);
  });

  test("whoever lost key and app comes in with a recovery code and removes the key", async () => {
    await withKey();
    const [{ id } = { id: "" }] = await listKeys();
    const [first = "", second = ""] = person.recoveryCodes;
    const opened = await post("/v1/sessions", { login: person.login, password: PASSWORD, code: first });
    expect(opened.status).toBe(201);
    const given = headersOf(browserOf(opened));
    const removed = await post(`/v1/account/security-keys/${id}/removal`, { password: PASSWORD, code: second }, given);
    expect(removed.status).toBe(204);
  });

  test("a reset forgets the keys with the factors; the key can be added again (ASVS 7.4.3)", async () => {
    const key = await withKey();
    await service.db.transaction((tx) => resetAccount(tx, service.ring, "operator:test", person.id, "密钥遗失"));
    expect((await signInWith(key)).status).toBe(401);
    const [row] = await service.sql`select count(*)::int as n from security_key where account_id = ${person.id}`;
    expect(row?.["n"]).toBe(0);
  });

  test("a disabled account is opened by no key, also while it signs in (ASVS 7.4.2)", async () => {
    const key = await withKey();
    const assertion = key.get(await challenge());
    const disable = () => service.db.transaction((tx) => disableAccount(tx, "operator:test", person.id, "离职"));
    await Promise.all([signInBy(assertion), disable()]);
    const open = await service.sql`select 1 from session where account_id = ${person.id} and ended_at is null`;
    expect(open).toHaveLength(0);
    expect((await signInWith(key)).status).toBe(401);
  });
});

test("the challenge of signing in names nobody, and is another each time", async () => {
  const [first, second] = [await challenge(), await challenge()];
  expect(first).toEqual({
    challenge: expect.stringMatching(/^[\w-]{72}$/) as string,
    rpId: "127.0.0.1",
    timeout: 300_000,
    allowCredentials: [],
    userVerification: "preferred",
  });
  expect(second.challenge).not.toBe(first.challenge);
});
