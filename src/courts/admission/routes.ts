// Admission over HTTP: agencies, their agreements, purposes, keys and people, for the credit authority and their own
// liaisons; the assessor reads.
import {
  type AgencyRow,
  agencyView,
  changeAgreement,
  createAgency,
  findAgency,
  grantPurpose,
  listAgencies,
  listPurposesOf,
  resumeAgency,
  suspendAgency,
  withdrawPurpose,
} from "../../agencies/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database, Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, newRouter, parseAs, type Router, type z } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import type { Door, SignedIn } from "../door.ts";
import { pageOfTrail } from "../trail/index.ts";
import { measureActor } from "../measures/approver.ts";
import { agencyAccountRoutes } from "./accounts/routes.ts";
import { keyRoutes } from "./keys/routes.ts";
import * as operations from "./operations.ts";
import { AgreementChange, NewAgency, NewPurpose, Reasoned } from "./resource.ts";

const BODY_BYTES_MAX = 16 * 1024;

export type AdmissionRoutesOptions = { db: Database; ring: KeyRing; door: Door; now: Now };

export function admissionRoutes(options: AdmissionRoutesOptions): Router {
  const router = newRouter();
  for (const operation of operations.agencyOperations) router.openAPIRegistry.registerPath(operation);
  addReading(router, options);
  addTrail(router, options);
  addActs(router, options);
  router.route("/", keyRoutes(options));
  router.route("/", agencyAccountRoutes(options));
  return router;
}

function addReading(router: Router, { db, ring, door, now }: AdmissionRoutesOptions): void {
  router.get("/agencies", door.requireSession(operations.getAgencies), async (c) => {
    const { cursor, limit } = parseAs(operations.AgenciesQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, "agencies");
    const rows = await listAgencies(db, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ name }) => name);
    const purposes = await listPurposesOf(
      db,
      page.map(({ id }) => id),
    );
    const today = shanghaiDate(now());
    const data = page.map((row) => {
      const own = purposes.filter(({ agencyId }) => agencyId === row.id);
      return agencyView(row, own, today);
    });
    return answerJson({ data, ...rest });
  });

  router.get("/agencies/:id", door.requireSession(operations.getAgency), async (c) => {
    const row = await findAgency(db, agencyIdOf(c.req.param("id")));
    if (!row) throw new AppError("not-found");
    return answerJson(await viewOf(db, row, now()));
  });
}

function addTrail(router: Router, { db, ring, door }: AdmissionRoutesOptions): void {
  router.get("/agencies/:id/audit", door.requireSession(operations.getAgencyTrail), async (c) => {
    const row = await findAgency(db, agencyIdOf(c.req.param("id")));
    if (!row) throw new AppError("not-found");
    return answerJson(await pageOfTrail({ db, ring }, publicId("agy", row.id), c.req.query()));
  });
}

function addActs(router: Router, { db, door, now }: AdmissionRoutesOptions): void {
  router.post("/agencies", door.requireSession(operations.postAgency), async (c) => {
    const draft = await readBody(c, NewAgency, BODY_BYTES_MAX);
    return answerJson(await act((tx) => createAgency(tx, actorOf(c.var.signedIn), draft)), 201);
  });

  router.post("/agencies/:id/agreement", door.requireSession(operations.postAgreement), async (c) => {
    const agencyId = agencyIdOf(c.req.param("id"));
    const change = { ...agreementIn(await readBody(c, AgreementChange, BODY_BYTES_MAX)), agencyId };
    return answerJson(await act((tx) => changeAgreement(tx, actorOf(c.var.signedIn), change)));
  });

  router.post("/agencies/:id/purposes", door.requireSession(operations.postPurpose), async (c) => {
    const agencyId = agencyIdOf(c.req.param("id"));
    const { validUntil = null, ...given } = await readBody(c, NewPurpose, BODY_BYTES_MAX);
    return answerJson(await act((tx) => grantPurpose(tx, actorOf(c.var.signedIn), { ...given, validUntil, agencyId })));
  });

  router.post(
    "/agencies/:id/purposes/:purpose/withdraw",
    door.requireSession(operations.postPurposeWithdrawal),
    async (c) => {
      const agencyId = agencyIdOf(c.req.param("id"));
      const { reason } = await readBody(c, Reasoned, BODY_BYTES_MAX);
      const given = { agencyId, purpose: c.req.param("purpose"), reason };
      return answerJson(await act((tx) => withdrawPurpose(tx, actorOf(c.var.signedIn), given)));
    },
  );

  router.post("/agencies/:id/suspend", door.requireSession(operations.postSuspension), async (c) => {
    const agencyId = agencyIdOf(c.req.param("id"));
    const { reason } = await readBody(c, Reasoned, BODY_BYTES_MAX);
    return answerJson(await act((tx) => suspendAgency(tx, actorOf(c.var.signedIn), { agencyId, reason })));
  });

  router.post("/agencies/:id/resume", door.requireSession(operations.postResumption), async (c) => {
    const agencyId = agencyIdOf(c.req.param("id"));
    const { reason } = await readBody(c, Reasoned, BODY_BYTES_MAX);
    return answerJson(await act((tx) => resumeAgency(tx, actorOf(c.var.signedIn), { agencyId, reason })));
  });

  const act = (take: (tx: Transaction) => Promise<AgencyRow>) =>
    db.transaction(async (tx) => viewOf(tx, await take(tx), now()));
}

/** What is left out is not said any more. */
function agreementIn({ reason, ...said }: z.infer<typeof AgreementChange>) {
  const { liaison = null, deputyLiaison = null, parentSystem = null } = said;
  const { agreementNumber = null, agreementFrom = null, agreementUntil = null } = said;
  return { reason, liaison, deputyLiaison, parentSystem, agreementNumber, agreementFrom, agreementUntil };
}

const actorOf = ({ account }: SignedIn) => measureActor(account).auditName;

async function viewOf(reader: Reader, row: AgencyRow, now: Date) {
  return agencyView(row, await listPurposesOf(reader, [row.id]), shanghaiDate(now));
}

function agencyIdOf(given: string): string {
  const id = uuidOf("agy", given);
  if (id === null) throw new AppError("not-found");
  return id;
}
