// Webhooks over HTTP: an agency's system sets up its endpoints, looks how they do, and has things sent again.
import { type Caller, type Callers, requireScope } from "../../agencies/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database, Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { readVersion, versionTag } from "../../platform/etag.ts";
import { answerJson, newRouter, parseAs, type RequestContext, type Router, type z } from "../../platform/http.ts";
import { type IdPrefix, publicId, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Now } from "../../platform/time.ts";
import { type DeliveryRow, listAttempts, listDeliveries } from "./delivery-queries.ts";
import { requireDelivery, resendDelivery, sendTest } from "./delivery.ts";
import { countWaiting, type EndpointRow, listEndpoints, listKeys } from "./endpoint-queries.ts";
import {
  type AgencyAct,
  changeSettings,
  createEndpoint,
  enableEndpoint,
  removeEndpoint,
  replayEvents,
  requireEndpoint,
  rotateKeys,
  switchOffEndpoint,
} from "./endpoint.ts";
import { BODY_KIB_MAX, DeliveriesQuery, webhookOperations } from "./operations.ts";
import {
  deliveryView,
  NewWebhook,
  SecretRotation,
  WebhookAct,
  WebhookChange,
  WebhookEnabling,
  WebhookReplay,
  webhookView,
  withSecret,
} from "./resource.ts";
import type { Sender } from "./sender.ts";
import { type Targets, urlFault } from "./target.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
/** Each may hold a connection for 15 seconds. */
const TESTS_MAX = 16;

export type WebhookRoutesOptions = {
  db: Database;
  ring: KeyRing;
  callers: Callers;
  targets: Targets;
  sender: Sender;
  now: Now;
};

export function webhookRoutes(options: WebhookRoutesOptions): Router {
  const router = newRouter();
  for (const operation of webhookOperations) router.openAPIRegistry.registerPath(operation);
  addEndpointRoutes(router, options);
  addActRoutes(router, options);
  addDeliveryRoutes(router, options);
  return router;
}

function addEndpointRoutes(router: Router, options: WebhookRoutesOptions): void {
  const { db, ring, targets, now } = options;

  router.post("/webhooks", async (c) => {
    const { act, body } = await readAct(options, c, NewWebhook);
    const { url, description, types } = body;
    requireTarget(targets, url);
    return change(options, act, (tx) => createEndpoint(tx, ring, act, { url, description, types }), 201);
  });

  router.get("/webhooks", async (c) => {
    const { agencyId } = await authorise(options, c);
    return answerJson({ data: await viewEndpoints(db, await listEndpoints(db, agencyId), now()) });
  });

  router.get("/webhooks/:id", async (c) => {
    const { agencyId } = await authorise(options, c);
    return answerEndpoint(db, await requireEndpoint(db, agencyId, idIn(c, "whk")), now());
  });

  router.patch("/webhooks/:id", async (c) => {
    const { act, body } = await readAct(options, c, WebhookChange);
    const target = { id: idIn(c, "whk"), version: readVersion(c.req.header("if-match")) };
    const { url, description, types } = body;
    if (url !== undefined) requireTarget(targets, url);
    const settings = {
      ...(url === undefined ? {} : { url }),
      ...(description === undefined ? {} : { description }),
      ...(types === undefined ? {} : { types }),
    };
    return change(options, act, (tx) => changeSettings(tx, act, target, settings));
  });

  router.delete("/webhooks/:id", async (c) => {
    const { act } = await readAct(options, c, WebhookAct);
    await db.transaction((tx) => removeEndpoint(tx, act, idIn(c, "whk")));
    return c.body(null, 204);
  });
}

function addActRoutes(router: Router, options: WebhookRoutesOptions): void {
  const { ring } = options;

  router.post("/webhooks/:id/rotate-secret", async (c) => {
    const { act, body } = await readAct(options, c, SecretRotation);
    const rotation = { id: idIn(c, "whk"), overlapHours: body.overlapHours };
    return change(options, act, (tx) => rotateKeys(tx, ring, act, rotation));
  });

  router.post("/webhooks/:id/enable", async (c) => {
    const { act, body } = await readAct(options, c, WebhookEnabling);
    return change(options, act, (tx) => enableEndpoint(tx, act, { id: idIn(c, "whk"), skipGone: body.skipGone }));
  });

  router.post("/webhooks/:id/disable", async (c) => {
    const { act } = await readAct(options, c, WebhookAct);
    return change(options, act, (tx) => switchOffEndpoint(tx, act, idIn(c, "whk")));
  });

  router.post("/webhooks/:id/replay", async (c) => {
    const { act, body } = await readAct(options, c, WebhookReplay);
    return change(options, act, (tx) => replayEvents(tx, ring, act, { id: idIn(c, "whk"), after: body.after }));
  });
}

function addDeliveryRoutes(router: Router, options: WebhookRoutesOptions): void {
  const { db, ring } = options;
  let tests = 0;

  router.post("/webhooks/:id/test", async (c) => {
    const { act } = await readAct(options, c, WebhookAct);
    if (tests >= TESTS_MAX) throw new AppError("temporary-reduced-capacity", { retryAfterSeconds: 5 });
    tests++;
    const row = await sendTest(options, act, idIn(c, "whk")).finally(() => tests--);
    return answerDelivery(act.agencyId, row);
  });

  router.get("/webhooks/:id/deliveries", async (c) => {
    const { agencyId } = await authorise(options, c);
    const { id: endpointId } = await requireEndpoint(db, agencyId, idIn(c, "whk"));
    const { state, cursor, limit } = parseAs(DeliveriesQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `deliveries ${endpointId} ${state ?? ""}`);
    const before = pages.after(cursor);
    const rows = await listDeliveries(db, { endpointId, state }, before === null ? null : Number(before), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => String(row.sequence));
    return answerJson({ data: await viewDeliveries(agencyId, page), ...rest });
  });

  router.get("/deliveries/:id", async (c) => {
    const { agencyId } = await authorise(options, c);
    return answerDelivery(agencyId, await requireDelivery(db, agencyId, idIn(c, "dlv")));
  });

  router.post("/deliveries/:id/resend", async (c) => {
    const { act } = await readAct(options, c, WebhookAct);
    const row = await db.transaction((tx) => resendDelivery(tx, act, idIn(c, "dlv")));
    return answerDelivery(act.agencyId, row, 202);
  });

  async function answerDelivery(agencyId: string, row: DeliveryRow, status = 200): Promise<Response> {
    return answerJson((await viewDeliveries(agencyId, [row])).at(0), status);
  }

  async function viewDeliveries(agencyId: string, rows: readonly DeliveryRow[]) {
    const attempts = await listAttempts(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) =>
      deliveryView(
        ring,
        agencyId,
        row,
        attempts.filter(({ deliveryId }) => deliveryId === row.id),
      ),
    );
  }
}

/** A verb on an endpoint in its transaction, and the endpoint as it is then; with its secret, where the verb made one. */
async function change(
  { db }: WebhookRoutesOptions,
  { now }: AgencyAct,
  verb: (tx: Transaction) => Promise<EndpointRow | { endpoint: EndpointRow; secret: Buffer }>,
  status = 200,
): Promise<Response> {
  return db.transaction(async (tx) => {
    const changed = await verb(tx);
    if ("secret" in changed) return answerEndpoint(tx, changed.endpoint, now, { secret: changed.secret, status });
    return answerEndpoint(tx, changed, now, { status });
  });
}

async function answerEndpoint(
  reader: Reader,
  endpoint: EndpointRow,
  at: Date,
  { secret, status = 200 }: { secret?: Buffer; status?: number } = {},
): Promise<Response> {
  const [view] = await viewEndpoints(reader, [endpoint], at);
  if (!view) throw new Error("an endpoint has no view");
  const location = status === 201 ? { Location: `/v1/webhooks/${view.id}` } : {};
  return answerJson(secret ? withSecret(view, secret) : view, status, {
    ETag: versionTag(endpoint.version),
    ...location,
  });
}

async function viewEndpoints(reader: Reader, endpoints: readonly EndpointRow[], at: Date) {
  const ids = endpoints.map(({ id }) => id);
  const keys = await listKeys(reader, ids, at);
  const waiting = await countWaiting(reader, ids);
  return endpoints.map((endpoint) => {
    const own = keys.filter(({ endpointId }) => endpointId === endpoint.id);
    return webhookView(endpoint, own, waiting.get(endpoint.id) ?? 0);
  });
}

async function authorise({ callers }: WebhookRoutesOptions, c: RequestContext): Promise<Caller> {
  const caller = await callers.findFresh(c.req.header("authorization"));
  requireScope(caller, "webhooks:write");
  return caller;
}

/** The body and who acts. Whoever may not learns nothing about the body. */
async function readAct<S extends z.ZodType<{ operator: string }>>(
  options: WebhookRoutesOptions,
  c: RequestContext,
  schema: S,
): Promise<{ act: AgencyAct; body: z.infer<S> }> {
  const { agencyId } = await authorise(options, c);
  const body = await readBody(c, schema, BODY_BYTES_MAX);
  const actor = `agency:${publicId("agy", agencyId)}/${body.operator}`;
  return { act: { agencyId, actor, now: options.now() }, body };
}

function idIn(c: RequestContext, prefix: IdPrefix): string {
  const id = uuidOf(prefix, c.req.param("id") ?? "");
  if (id === null) throw new AppError("not-found");
  return id;
}

function requireTarget(targets: Targets, url: string): void {
  const code = urlFault(targets, url);
  if (code) throw new AppError("validation", { faults: [{ pointer: "#/url", code }] });
}
