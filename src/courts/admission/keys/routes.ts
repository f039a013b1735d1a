// The keys of an agency over HTTP, for whoever signs in: its liaison, and the credit authority.
import {
  type ApiKeyRow,
  consoleRoleOf,
  consoleRoles,
  findKey,
  issueKey,
  listKeys,
  ordinaryScopes,
  renewConsoleKey,
  revokeKey,
  rollKey,
  type Scope,
} from "../../../agencies/index.ts";
import type { Database, Reader } from "../../../platform/database.ts";
import { AppError } from "../../../platform/error.ts";
import { answerJson, newRouter, type Router } from "../../../platform/http.ts";
import { readBody } from "../../../platform/json-request.ts";
import type { KeyRing } from "../../../platform/key-ring.ts";
import type { Now } from "../../../platform/time.ts";
import type { Door } from "../../door.ts";
import { measureActor } from "../../measures/approver.ts";
import { agencyIn } from "../own-agency.ts";
import { pageOfTrail } from "../../trail/index.ts";
import * as operations from "./operations.ts";
import { apiKeyView, KeyRevocation, KeyRoll, NewApiKey } from "./resource.ts";

const BODY_BYTES_MAX = 16 * 1024;

type Account = Parameters<typeof measureActor>[0];
export type KeyRoutesOptions = { db: Database; ring: KeyRing; door: Door; now: Now };

export function keyRoutes({ db, ring, door, now }: KeyRoutesOptions): Router {
  const router = newRouter();
  for (const operation of operations.keyOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/agencies/:id/keys", door.requireSession(operations.getKeys), async (c) => {
    const agencyId = agencyIn(c.var.signedIn.account, c.req.param("id"));
    const rows = await listKeys(db, agencyId);
    return answerJson({ data: rows.map((row) => apiKeyView(ring, row, now())) });
  });

  router.get("/agencies/:id/keys/:keyId/audit", door.requireSession(operations.getKeyTrail), async (c) => {
    const { id } = await keyIn(db, c.var.signedIn.account, c.req.param());
    return answerJson(await pageOfTrail({ db, ring }, id, c.req.query()));
  });

  router.post("/agencies/:id/keys", door.requireSession(operations.postKey), async (c) => {
    const { account } = c.var.signedIn;
    const agencyId = agencyIn(account, c.req.param("id"));
    const { note, scopes, expiresOn } = await readBody(c, NewApiKey, BODY_BYTES_MAX);
    requireGrantable(account, scopes);
    const expiresAt = expiresOn === undefined ? undefined : endOfDay(expiresOn);
    const given = { agencyId, note, scopes, expiresAt };
    const { row, key } = await db.transaction((tx) => issueKey(tx, ring, actorOf(account), given));
    return answerJson({ ...apiKeyView(ring, row, now()), key }, 201);
  });

  router.post("/agencies/:id/keys/:keyId/roll", door.requireSession(operations.postRoll), async (c) => {
    const { account } = c.var.signedIn;
    const { overlapMinutes } = await readBody(c, KeyRoll, BODY_BYTES_MAX);
    const { row, key } = await db.transaction(async (tx) => {
      const { id, agencyId } = await keyIn(tx, account, c.req.param());
      // What follows from the ring has no successor that somebody could hold.
      if (consoleRoleOf(ring, agencyId, id) !== null) throw new AppError("conflict", { note: "a key of the console" });
      return rollKey(tx, ring, actorOf(account), id, overlapMinutes);
    });
    return answerJson({ ...apiKeyView(ring, row, now()), key }, 201);
  });

  router.post("/agencies/:id/keys/:keyId/revoke", door.requireSession(operations.postRevocation), async (c) => {
    const { account } = c.var.signedIn;
    const { reason } = await readBody(c, KeyRevocation, BODY_BYTES_MAX);
    const row = await db.transaction(async (tx) => {
      const { id } = await keyIn(tx, account, c.req.param());
      return revokeKey(tx, actorOf(account), id, reason);
    });
    return answerJson(apiKeyView(ring, row, now()));
  });

  router.post("/agencies/:id/console-keys/:role", door.requireSession(operations.postConsoleKey), async (c) => {
    const { account } = c.var.signedIn;
    const agencyId = agencyIn(account, c.req.param("id"));
    const role = consoleRoles.find((known) => known === c.req.param("role"));
    if (role === undefined) throw new AppError("not-found");
    const row = await db.transaction((tx) => renewConsoleKey(tx, ring, { agencyId, role }, actorOf(account)));
    return answerJson(apiKeyView(ring, row, now()), 201);
  });

  return router;
}

const actorOf = (account: Account) => measureActor(account).auditName;
const endOfDay = (date: string) => new Date(Date.parse(`${date}T00:00:00+08:00`) + 86_400_000);

/** Sending files and looking back for audits are granted by the credit authority. */
function requireGrantable({ role }: Account, scopes: readonly Scope[]): void {
  if (role === "credit_authority" || scopes.every((scope) => ordinaryScopes.includes(scope))) return;
  throw new AppError("validation", { faults: [{ pointer: "#/scopes", code: "not_allowed" }] });
}

/** The key, where it is one of the agency of the address. */
async function keyIn(
  reader: Reader,
  account: Account,
  { id, keyId }: { id: string; keyId: string },
): Promise<ApiKeyRow> {
  const agencyId = agencyIn(account, id);
  const row = await findKey(reader, keyId);
  if (row?.agencyId !== agencyId) throw new AppError("not-found");
  return row;
}
