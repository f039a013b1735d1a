// Signing in and out over HTTP, one's own account, and the accounts of a court's staff.
import { pagesOf } from "../../platform/cursor.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, newRouter, parseAs, type Router } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import { auditNameOf, type CourtActor } from "../actor.ts";
import type { Door } from "../door.ts";
import { requireJurisdiction, visibleCourts } from "../jurisdiction.ts";
import { pageOfTrail } from "../trail/index.ts";
import { createAccount, delegateAuthority, disableAccount, resetAccount } from "./account.ts";
import { findAccount, listStaff } from "./account-queries.ts";
import { completeEnrolment, readEnrolment } from "./enrolment.ts";
import * as operations from "./operations.ts";
import { changePassword, replaceOwnRecoveryCodes } from "./own-account.ts";
import * as resource from "./resource.ts";
import { securityKeyRoutes } from "./security-keys/routes.ts";
import { closeSession, type OpenedSession } from "./session.ts";
import { listOpenSessions } from "./session-queries.ts";
import { csrfTokenOf, noSessionCookie, sessionCookie } from "./session-token.ts";
import { signIn, type SignInDependencies } from "./sign-in.ts";
import { base32, totpUri } from "./totp.ts";
import { type Reached, secondFactorIn, visitorOf } from "./visitor.ts";

const BODY_BYTES_MAX = 8 * 1024;

export type AccountRoutesOptions = SignInDependencies & { door: Door } & Reached;

export function accountRoutes(options: AccountRoutesOptions): Router {
  const router = newRouter();
  for (const operation of operations.accountOperations) router.openAPIRegistry.registerPath(operation);
  addSignInRoutes(router, options);
  addOwnRoutes(router, options);
  addStaffRoutes(router, options);
  addStaffDecisionRoutes(router, options);
  router.route("/", securityKeyRoutes(options));
  return router;
}

function addSignInRoutes(router: Router, options: AccountRoutesOptions): void {
  const { ring } = options;

  router.post("/sessions", async (c) => {
    const credentials = await readBody(c, resource.NewSession, BODY_BYTES_MAX);
    const { login, password } = credentials;
    const second = secondFactorIn(c, options, credentials);
    return opened(await signIn(options, { login, password, ...second }, visitorOf(c, options)));
  });

  router.post("/enrolments", async (c) => {
    const { enrolmentCode } = await readBody(c, resource.ReadEnrolment, BODY_BYTES_MAX);
    const { account, secret } = await readEnrolment(options, enrolmentCode, visitorOf(c, options));
    const { login, name } = account;
    return answerJson({ login, name, secret: base32(secret), uri: totpUri(secret, login) });
  });

  router.post("/enrolments/completion", async (c) => {
    const given = await readBody(c, resource.NewEnrolment, BODY_BYTES_MAX);
    const { recoveryCodes, ...session } = await completeEnrolment(options, given, visitorOf(c, options));
    return opened(session, { recoveryCodes });
  });

  function opened({ account, session, token }: OpenedSession, more: object = {}): Response {
    const csrfToken = csrfTokenOf(ring.credentialKey, session.id);
    const view = { session: resource.sessionView(session, session), account: resource.accountView(account), csrfToken };
    return answerJson({ ...view, ...more }, 201, { "Set-Cookie": sessionCookie(token) });
  }
}

function addOwnRoutes(router: Router, options: AccountRoutesOptions): void {
  const { db, ring, door } = options;

  router.get("/sessions", door.requireSession(operations.listSessionsOperation), async (c) => {
    const { account, session } = c.var.signedIn;
    const rows = await listOpenSessions(db, account.id);
    return answerJson({ data: rows.map((row) => resource.sessionView(row, session)) });
  });

  router.get("/sessions/current", door.requireSession(operations.getSessionOperation), (c) => {
    const { account, session } = c.var.signedIn;
    const csrfToken = csrfTokenOf(ring.credentialKey, session.id);
    const view = { session: resource.sessionView(session, session), account: resource.accountView(account), csrfToken };
    return answerJson(view);
  });

  router.delete("/sessions/:id", door.requireSession(operations.endSessionOperation), async (c) => {
    const { account, session } = c.var.signedIn;
    const given = c.req.param("id");
    const id = given === "current" ? session.id : uuidOf("ses", given);
    await db.transaction((tx) => closeSession(tx, account, id));
    const headers = id === session.id ? { "Set-Cookie": noSessionCookie() } : {};
    return new Response(null, { status: 204, headers: { "Cache-Control": "no-store", ...headers } });
  });

  router.post("/account/password", door.requireSession(operations.changePasswordOperation), async (c) => {
    const given = await readBody(c, resource.NewPassword, BODY_BYTES_MAX);
    const { password, newPassword } = given;
    const factors = { password, ...secondFactorIn(c, options, given) };
    const change = { newPassword, factors };
    const { token } = await changePassword(options, c.var.signedIn, change, visitorOf(c, options));
    const headers = { "Cache-Control": "no-store", "Set-Cookie": sessionCookie(token) };
    return new Response(null, { status: 204, headers });
  });

  router.post("/account/recovery-codes", door.requireSession(operations.replaceRecoveryCodesOperation), async (c) => {
    const given = await readBody(c, resource.Factors, BODY_BYTES_MAX);
    const factors = { password: given.password, ...secondFactorIn(c, options, given) };
    const { result, token } = await replaceOwnRecoveryCodes(options, c.var.signedIn, factors, visitorOf(c, options));
    return answerJson({ recoveryCodes: result }, 201, { "Set-Cookie": sessionCookie(token) });
  });
}

function addStaffRoutes(router: Router, { db, ring, door }: AccountRoutesOptions): void {
  router.get("/staff", door.requireCourt(operations.listStaffOperation), async (c) => {
    const { actor } = c.var;
    const { cursor, limit } = parseAs(operations.StaffQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `staff ${actor.court}`);
    const rows = await listStaff(db, await visibleCourts(db, actor), pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.login);
    const data = page.map(resource.accountView);
    return answerJson({ data, ...rest });
  });

  router.get("/staff/:id/audit", door.requireCourt(operations.getStaffTrail), async (c) => {
    const id = uuidOf("acc", c.req.param("id"));
    const account = id === null ? undefined : await findAccount(db, id);
    if (!account) throw new AppError("not-found");
    await requireJurisdiction(db, c.var.actor, account.courtCode, "see");
    return answerJson(await pageOfTrail({ db, ring }, publicId("acc", account.id), c.req.query()));
  });

  router.post("/staff", door.requireCourt(operations.createStaffOperation), async (c) => {
    const { actor } = c.var;
    const draft = { ...(await readBody(c, resource.NewStaff, BODY_BYTES_MAX)), court: actor.court ?? undefined };
    const created = await db.transaction((tx) => createAccount(tx, ring, auditNameOf(actor), draft));
    return answerJson({ account: resource.accountView(created.row), enrolmentCode: created.enrolmentCode }, 201);
  });
}

function addStaffDecisionRoutes(router: Router, { db, ring, door }: AccountRoutesOptions): void {
  router.post("/staff/:id/disable", door.requireCourt(operations.disableStaffOperation), async (c) => {
    const { reason } = await readBody(c, resource.Reasoned, BODY_BYTES_MAX);
    const row = await onColleague(c.var.actor, c.req.param("id"), (tx, actor, id) =>
      disableAccount(tx, actor, id, reason),
    );
    return answerJson(resource.accountView(row));
  });

  router.post("/staff/:id/reset", door.requireCourt(operations.resetStaffOperation), async (c) => {
    const { reason } = await readBody(c, resource.Reasoned, BODY_BYTES_MAX);
    const { row, enrolmentCode } = await onColleague(c.var.actor, c.req.param("id"), (tx, actor, id) =>
      resetAccount(tx, ring, actor, id, reason),
    );
    return answerJson({ account: resource.accountView(row), enrolmentCode });
  });

  router.post("/staff/:id/delegation", door.requireCourt(operations.delegateOperation), async (c) => {
    const given = await readBody(c, resource.NewDelegation, BODY_BYTES_MAX);
    const row = await onColleague(c.var.actor, c.req.param("id"), (tx, actor, id) =>
      delegateAuthority(tx, actor, id, given),
    );
    return answerJson(resource.accountView(row));
  });

  /** Does `work` on an account of the actor's own court, in the transaction that has looked at it. */
  async function onColleague<T>(
    actor: CourtActor,
    id: string,
    work: (tx: Transaction, actor: string, id: string) => Promise<T>,
  ): Promise<T> {
    const uuid = uuidOf("acc", id);
    return db.transaction(async (tx) => {
      const account = uuid === null ? undefined : await findAccount(tx, uuid);
      if (!account) throw new AppError("not-found");
      await requireJurisdiction(tx, actor, account.courtCode, "act");
      return work(tx, auditNameOf(actor), account.id);
    });
  }
}
