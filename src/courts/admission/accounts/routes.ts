// The accounts of an agency's people over HTTP.
import type { Database, Reader, Transaction } from "../../../platform/database.ts";
import { findAgency } from "../../../agencies/index.ts";
import { AppError } from "../../../platform/error.ts";
import { answerJson, newRouter, type Router } from "../../../platform/http.ts";
import { publicId, uuidOf } from "../../../platform/id.ts";
import { readBody } from "../../../platform/json-request.ts";
import type { KeyRing } from "../../../platform/key-ring.ts";
import { createAccount, disableAccount, type Enrolling, resetAccount } from "../../accounts/account.ts";
import { findAccount, listAgencyAccounts } from "../../accounts/account-queries.ts";
import { accountView, Reasoned } from "../../accounts/resource.ts";
import type { AccountRow } from "../../accounts/session-queries.ts";
import { agencyIn } from "../own-agency.ts";
import type { Door } from "../../door.ts";
import { measureActor } from "../../measures/approver.ts";
import { pageOfTrail } from "../../trail/index.ts";
import * as operations from "./operations.ts";

const BODY_BYTES_MAX = 8 * 1024;

export type AgencyAccountRoutesOptions = { db: Database; ring: KeyRing; door: Door };

export function agencyAccountRoutes({ db, ring, door }: AgencyAccountRoutesOptions): Router {
  const router = newRouter();
  for (const operation of operations.agencyAccountOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/agencies/:id/accounts", door.requireSession(operations.getAccounts), async (c) => {
    const agencyId = agencyIn(c.var.signedIn.account, c.req.param("id"));
    return answerJson({ data: (await listAgencyAccounts(db, agencyId)).map(accountView) });
  });

  router.get("/agencies/:id/accounts/:accountId/audit", door.requireSession(operations.getAccountTrail), async (c) => {
    const { id } = await accountIn(db, c.var.signedIn.account, c.req.param());
    return answerJson(await pageOfTrail({ db, ring }, publicId("acc", id), c.req.query()));
  });

  router.post("/agencies/:id/accounts", door.requireSession(operations.postAccount), async (c) => {
    const { account } = c.var.signedIn;
    const agencyId = agencyIn(account, c.req.param("id"));
    const draft = await readBody(c, operations.NewAgencyAccount, BODY_BYTES_MAX);
    requireCreatable(account, draft.role);
    const created = await db.transaction(async (tx) => {
      if (!(await findAgency(tx, agencyId))) throw new AppError("not-found");
      return createAccount(tx, ring, actorOf(account), { ...draft, agencyId });
    });
    return answerJson(enrollingView(created), 201);
  });

  router.post("/agencies/:id/accounts/:accountId/disable", door.requireSession(operations.postDisabling), async (c) => {
    const { account } = c.var.signedIn;
    const { reason } = await readBody(c, Reasoned, BODY_BYTES_MAX);
    const row = await db.transaction(async (tx) => {
      const { id } = await colleagueIn(tx, account, c.req.param());
      return disableAccount(tx, actorOf(account), id, reason);
    });
    return answerJson(accountView(row));
  });

  router.post("/agencies/:id/accounts/:accountId/reset", door.requireSession(operations.postReset), async (c) => {
    const { account } = c.var.signedIn;
    const { reason } = await readBody(c, Reasoned, BODY_BYTES_MAX);
    const reset = await db.transaction(async (tx) => {
      const { id } = await colleagueIn(tx, account, c.req.param());
      return resetAccount(tx, ring, actorOf(account), id, reason);
    });
    return answerJson(enrollingView(reset));
  });

  return router;
}

const actorOf = (account: AccountRow) => measureActor(account).auditName;
const enrollingView = ({ row, enrolmentCode }: Enrolling) => ({ account: accountView(row), enrolmentCode });

/** Who administers the connection of an agency is named by whoever admitted it. */
function requireCreatable({ role }: AccountRow, created: string): void {
  if (role !== "credit_authority" && created !== "agency_officer") throw new AppError("authority");
}

type Named = { id: string; accountId: string };

/** The account, where it is one of the agency of the address, and one that the caller may administer. */
async function colleagueIn(tx: Transaction, account: AccountRow, named: Named): Promise<AccountRow> {
  const found = await accountIn(tx, account, named);
  if (!operations.agencyRoles.some((role) => role === found.role)) throw new AppError("not-found");
  requireCreatable(account, found.role);
  return found;
}

/** The account, where it is one of the agency of the address. */
async function accountIn(reader: Reader, account: AccountRow, { id, accountId }: Named): Promise<AccountRow> {
  const agencyId = agencyIn(account, id);
  const uuid = uuidOf("acc", accountId);
  const found = uuid === null ? undefined : await findAccount(reader, uuid);
  if (found?.agencyId !== agencyId) throw new AppError("not-found");
  return found;
}
