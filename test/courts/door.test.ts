// The door: who comes in as whom, and what a court system's key is and is not.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntry } from "../../src/audit/schema.ts";
import { disableAccount } from "../../src/courts/accounts/account.ts";
import { auditNameOf, createDoor, type CourtActor, forCourt, staffOf, systemActor } from "../../src/courts/index.ts";
import { issueCourtKey, revokeCourtKey } from "../../src/courts/key.ts";
import { AppError } from "../../src/platform/error.ts";
import { newRouter, problemResponse, type Router } from "../../src/platform/http.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { createLog } from "../../src/platform/log.ts";
import { PassThrough } from "node:stream";
import { startService, type TestService } from "../service.ts";
import { connectCourtSystem, type SignedInStaff, signInStaff } from "./staff.ts";

let service: TestService;
let clerk: SignedInStaff;
let router: Router;
let actor: CourtActor | null = null;
const logged: string[] = [];

beforeAll(async () => {
  service = await startService({ sequencer: false });
  clerk = await signInStaff(service, "clerk");
  const door = createDoor(service);
  router = newRouter();
  const log = createLog(new PassThrough().on("data", (chunk: Buffer) => void logged.push(chunk.toString())));
  router.onError((error, c) => problemResponse(c, error, log));
  const security = forCourt(["clerk", "judge"], "listings:write");
  for (const method of ["get", "post"] as const) {
    router[method]("/matter", door.requireCourt({ method, security }), (c) => {
      actor = c.var.actor;
      return c.json({});
    });
  }
});
afterAll(() => service.stop());

async function knock(method: "GET" | "POST", headers: Record<string, string>) {
  actor = null;
  const response = await router.request("/matter", { method, headers });
  const body = (await response.json()) as { code?: string };
  return { status: response.status, code: body.code, actor: actor as CourtActor | null };
}

describe("staff", () => {
  test("come in as themselves, with their court, role and delegation", async () => {
    const delegation = { from: "2026-11-01", until: "2026-12-31" };
    const judge = await signInStaff(service, "judge", { court: "闽02", delegation });
    expect((await knock("POST", judge.headers)).actor).toEqual(judge.actor);
    expect(staffOf(judge.actor)).toEqual({ id: judge.actor.id, role: "judge", delegation });
    expect(auditNameOf(judge.actor)).toBe(`staff:${judge.actor.id}`);
  });
});

test("a refusal of authority is in the log, by code and place and without a name (ASVS 16.3.2)", async () => {
  const president = await signInStaff(service, "president");
  logged.length = 0;
  expect((await knock("POST", president.headers)).code).toBe("authority");
  const [line = "", more] = logged.join("").trim().split("\n");
  expect(more).toBeUndefined();
  const { time: _, requestId, ...said } = JSON.parse(line) as Record<string, unknown>;
  expect(requestId).toMatch(/^req_/);
  expect(said).toEqual({
    level: 30,
    method: "POST",
    route: "/matter",
    status: 403,
    code: "authority",
    msg: "request refused",
  });
});

describe("a court's system", () => {
  test("acts as a clerk for the person it names", async () => {
    const headers = await connectCourtSystem(service, clerk, ["listings:write"]);
    const { actor } = await knock("POST", headers);
    expect(actor).toMatchObject({ kind: "court_system", court: "闽0203", role: "clerk", onBehalfOf: clerk.actor.id });
    expect(actor?.name).toBe("厦门市思明区人民法院");
    expect(actor && staffOf(actor)).toEqual({ id: clerk.actor.id, role: "clerk", delegation: null });
    expect(actor && auditNameOf(actor)).toBe(`court_key:${actor?.id}:${clerk.actor.id}`);
  });

  test("does no more than a clerk, whoever it names", async () => {
    const president = await signInStaff(service, "president");
    const { actor } = await knock("POST", await connectCourtSystem(service, president, ["listings:write"]));
    expect(actor?.role).toBe("clerk");
  });

  test("reads without naming anybody, and writes nothing so", async () => {
    const { "On-Behalf-Of": _, ...headers } = await connectCourtSystem(service, clerk, ["listings:write"]);
    expect((await knock("GET", headers)).status).toBe(200);
    expect(await knock("POST", headers)).toMatchObject({ status: 403, code: "person-not-named" });
  });

  test.each([
    ["of another court", () => signInStaff(service, "clerk", { court: "闽0206" })],
    ["that is disabled", () => disabledPerson()],
  ])("acts for no account %s", async (_, person) => {
    const headers = await connectCourtSystem(service, clerk, ["listings:write"]);
    const { actor } = await person();
    const code = (await knock("POST", { ...headers, "On-Behalf-Of": actor.id })).code;
    expect(code).toBe("person-not-named");
  });

  test("needs the scope of the operation", async () => {
    expect((await knock("POST", await connectCourtSystem(service, clerk, ["clocks:read"]))).code).toBe("scope");
  });

  test("is out with its key: revoked once, on the trail, from the next request on", async () => {
    const draft = { court: "闽0203", scopes: ["listings:write"] as const };
    const issued = await service.db.transaction((tx) => issueCourtKey(tx, service.ring, "operator:test", draft));
    const headers = { Authorization: `Bearer ${issued.key}` };
    expect((await knock("GET", headers)).status).toBe(200);
    const revoke = () => service.db.transaction((tx) => revokeCourtKey(tx, "operator:test", issued.row.id, "系统停用"));
    const outcomes = await Promise.allSettled([revoke(), revoke()]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled", "rejected"]));
    expect((await knock("GET", headers)).code).toBe("unauthenticated");
    const trail = (await service.db.select().from(auditEntry).orderBy(auditEntry.id)).filter(
      ({ subject }) => subject === issued.row.id,
    );
    expect(trail).toMatchObject([
      { action: "court_key.issue", detail: { court: "闽0203", scopes: ["listings:write"] } },
      { action: "court_key.revoke", reason: "系统停用" },
    ]);
  });

  test("is out when its key has expired", async () => {
    const draft = { court: "闽0203", scopes: ["listings:write"] as const, expiresAt: new Date(Date.now() - 1000) };
    const issued = await service.db.transaction((tx) => issueCourtKey(tx, service.ring, "operator:test", draft));
    expect((await knock("GET", { Authorization: `Bearer ${issued.key}` })).code).toBe("unauthenticated");
  });

  test("gets a key for a court that exists, with a scope", async () => {
    const issue = (court: string, scopes: readonly "listings:write"[]) =>
      service.db
        .transaction((tx) => issueCourtKey(tx, service.ring, "operator:test", { court, scopes }))
        .catch((error: unknown) => (error instanceof AppError ? error.code : error));
    expect(await issue("闽0299", ["listings:write"])).toBe("not-found");
    expect(await issue("闽0203", [])).toBe("validation");
  });
});

test("the register itself is somebody on the trail, and nobody's colleague", () => {
  const expiry = systemActor("expiry");
  expect(auditNameOf(expiry)).toBe("system:expiry");
  expect(staffOf(expiry)).toEqual({ id: "expiry", role: "system", delegation: null });
});

async function disabledPerson(): Promise<SignedInStaff> {
  const person = await signInStaff(service, "clerk");
  const id = uuidOf("acc", person.actor.id) ?? "";
  await service.db.transaction((tx) => disableAccount(tx, "operator:test", id, "离职"));
  return person;
}
