// Security keys over HTTP: what browsers ask them, and those of one's own account.
import { AppError } from "../../../platform/error.ts";
import { answerJson, newRouter, type Router } from "../../../platform/http.ts";
import { uuidOf } from "../../../platform/id.ts";
import { readBody } from "../../../platform/json-request.ts";
import type { Door } from "../../door.ts";
import { Factors, NewSecurityKey } from "../resource.ts";
import { sessionCookie } from "../session-token.ts";
import type { SignInDependencies } from "../sign-in.ts";
import { type Reached, relyingPartyIn, secondFactorIn, visitorOf } from "../visitor.ts";
import * as operations from "./operations.ts";
import { listSecurityKeys } from "./queries.ts";
import { securityKeyView } from "./resource.ts";
import { addSecurityKey, removeSecurityKey } from "./security-key.ts";
import { creationOptions, requestOptions } from "./webauthn.ts";

/** An attestation may hold the certificates of a key's maker. */
const BODY_BYTES_MAX = 16 * 1024;

export function securityKeyRoutes(options: SignInDependencies & { door: Door } & Reached): Router {
  const { db, ring, door, now } = options;
  const router = newRouter();
  for (const operation of operations.securityKeyOperations) router.openAPIRegistry.registerPath(operation);

  router.post("/sessions/challenge", (c) =>
    answerJson(requestOptions(ring.credentialKey, relyingPartyIn(c, options), now())),
  );

  router.get("/account/security-keys", door.requireSession(operations.listSecurityKeysOperation), async (c) => {
    const rows = await listSecurityKeys(db, c.var.signedIn.account.id);
    return answerJson({ data: rows.map(securityKeyView) });
  });

  const { securityKeyOptionsOperation, addSecurityKeyOperation, removeSecurityKeyOperation } = operations;
  router.get("/account/security-keys/options", door.requireSession(securityKeyOptionsOperation), async (c) => {
    const { account } = c.var.signedIn;
    const known = await listSecurityKeys(db, account.id);
    const party = relyingPartyIn(c, options);
    return answerJson(creationOptions(ring.credentialKey, account, { party, known, now: now() }));
  });

  router.post("/account/security-keys", door.requireSession(addSecurityKeyOperation), async (c) => {
    const given = await readBody(c, NewSecurityKey, BODY_BYTES_MAX);
    const { name, credential, password } = given;
    const factors = { password, ...secondFactorIn(c, options, given) };
    const added = { name, credential, factors, party: relyingPartyIn(c, options) };
    const { result, token } = await addSecurityKey(options, c.var.signedIn, added, visitorOf(c, options));
    return answerJson(securityKeyView(result), 201, { "Set-Cookie": sessionCookie(token) });
  });

  router.post("/account/security-keys/:id/removal", door.requireSession(removeSecurityKeyOperation), async (c) => {
    const given = await readBody(c, Factors, BODY_BYTES_MAX);
    const id = uuidOf("hwk", c.req.param("id"));
    if (id === null) throw new AppError("not-found");
    const factors = { password: given.password, ...secondFactorIn(c, options, given) };
    const { token } = await removeSecurityKey(options, c.var.signedIn, { id, factors }, visitorOf(c, options));
    const headers = { "Cache-Control": "no-store", "Set-Cookie": sessionCookie(token) };
    return new Response(null, { status: 204, headers });
  });

  return router;
}
