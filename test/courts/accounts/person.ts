// A person with an account, an authenticator app and a browser, who goes through the pages' requests as people do.
import { createAccount, type NewAccount } from "../../../src/courts/accounts/index.ts";
import { bytesOfBase32, totpCode, totpStep } from "../../../src/courts/accounts/totp.ts";
import type { TestService } from "../../service.ts";

export const PASSWORD = "鹭江道上看夜色 2026";

/** The clock of the one-time codes: tests move it, and nobody waits thirty seconds. */
export function testClock() {
  let at = Date.now();
  return { now: () => new Date(at), passSeconds: (seconds: number) => void (at += seconds * 1000) };
}
export type TestClock = ReturnType<typeof testClock>;

type Browser = { cookie: string; csrfToken: string };
let people = 0;

/** An account that waits for its first sign-in. */
export async function newcomer({ db, ring }: TestService, draft: Partial<NewAccount> = {}) {
  const login = draft.login ?? `person.${++people}`;
  const named = { name: "测试人员", role: "clerk" as const, ...draft, login };
  const placed = named.agencyId === undefined ? { court: "闽0203", ...named } : named;
  return db.transaction((tx) => createAccount(tx, ring, "operator:test", placed));
}

/** The same, enrolled: `secret` is what the app holds, `browser` the session that enrolling opened. */
export async function enrolled(service: TestService, clock: TestClock, draft: Partial<NewAccount> = {}) {
  const { row, enrolmentCode } = await newcomer(service, draft);
  const shown = await service.request.post("/v1/enrolments").send({ enrolmentCode });
  const secret = bytesOfBase32(String(shown.body.secret)) ?? Buffer.alloc(0);
  const code = codeOf(secret, clock);
  const answer = await service.request
    .post("/v1/enrolments/completion")
    .send({ enrolmentCode, password: PASSWORD, code });
  if (answer.status !== 201) throw new Error(`enrolling answered ${answer.status} ${answer.body.code}`);
  return {
    id: row.id,
    login: row.login,
    secret,
    browser: browserOf(answer),
    recoveryCodes: answer.body.recoveryCodes as string[],
  };
}
export type Person = Awaited<ReturnType<typeof enrolled>>;

/** The code that the app shows now. */
export function codeOf(secret: Buffer, clock: TestClock): string {
  return totpCode(secret, totpStep(clock.now()));
}

/** Signs in half a minute later, when the app shows another code. */
export async function signInAgain(service: TestService, clock: TestClock, person: Person): Promise<Browser> {
  clock.passSeconds(30);
  const { login, secret } = person;
  const answer = await service.request
    .post("/v1/sessions")
    .send({ login, password: PASSWORD, code: codeOf(secret, clock) });
  if (answer.status !== 201) throw new Error(`signing in answered ${answer.status} ${answer.body.code}`);
  return browserOf(answer);
}

/** What the browser keeps of an answer that opened a session. */
export function browserOf(answer: { headers: Record<string, unknown>; body: { csrfToken: string } }): Browser {
  return { cookie: cookieOf(answer), csrfToken: answer.body.csrfToken };
}

/** The cookie that an answer sets, as it is sent back. */
export function cookieOf({ headers }: { headers: Record<string, unknown> }): string {
  const [setCookie = ""] = [headers["set-cookie"] ?? []].flat().map(String);
  return setCookie.split(";", 1)[0] ?? "";
}

/** What a request of that browser carries. */
export function headersOf({ cookie, csrfToken }: Browser): Record<string, string> {
  return { Cookie: cookie, "X-CSRF-Token": csrfToken };
}
