// The table of contents of the service: every router at its place, and what each is built from.
import { BlockList } from "node:net";
import { LAG_SECONDS_MAX, type LogIdentity, logRoutes, watchLag } from "./audit/index.ts";
import { createCallers } from "./agencies/index.ts";
import {
  certificateOperations,
  certificateRoutes,
  checkOperations,
  checkRoutes,
  createChecker,
  createCheckMetrics,
  createFeedbackDue,
  hitOperations,
  hitRoutes,
  type HotConnection,
  replayOperations,
  replayRoutes,
} from "./checks/index.ts";
import {
  clockOperations,
  clockRoutes,
  courtOperations,
  courtRoutes,
  createDoor,
  createPasswordHasher,
  watchClocks,
} from "./courts/index.ts";
import { loadOperations, loadRoutes, type LoadRoutesOptions } from "./feeds/index.ts";
import { documentationRoutes, healthRoutes, homePage, openApiDocument, problemPages } from "./ops/index.ts";
import type { ProxyList } from "./platform/client-address.ts";
import type { Connection } from "./platform/database.ts";
import { AppError } from "./platform/error.ts";
import { newRouter, problemResponse, type RequestContext, type Router } from "./platform/http.ts";
import type { KeyRing } from "./platform/key-ring.ts";
import type { Logger } from "./platform/log.ts";
import { createMetricsRegistry } from "./platform/metrics.ts";
import { type Now, systemNow } from "./platform/time.ts";
import { verifyRoutes } from "./portal/index.ts";
import { listingOperations, listingRoutes } from "./registry/index.ts";
import {
  objectionOperations,
  objectionRoutes,
  paperOperations,
  paperRoutes,
  partyOperations,
  partyRoutes,
  type WhoAskedDelays,
} from "./remedies/index.ts";
import { statisticsOperations, statisticsRoutes } from "./statistics/index.ts";
import { listToldOfRemovals, noticeOperations, noticeRoutes, watchNotices } from "./subscriptions/notices/index.ts";
import { watchOperations, watchRoutes, watchWatches } from "./subscriptions/watches/index.ts";
import {
  liftingOperations,
  liftingRoutes,
  sanctionOperations,
  sanctionRoutes,
  watchLifting,
} from "./sanctions/index.ts";
import { assetRoutes } from "./ui/index.ts";

export type AppOptions = {
  connection: Connection;
  hot: HotConnection;
  ring: KeyRing;
  log: Logger;
  identity: LogIdentity;
  /** The address under which people reach the service; null for the one that they ask under. */
  publicUrl?: string | null;
  demonstration: boolean;
  /** Who is asked to cosign the public log, by name. */
  witnesses?: readonly string[];
  /** Absent: the service takes no files. */
  loads?: Omit<LoadRoutesOptions, "db" | "sql" | "ring" | "callers" | "log">;
  /** Whose word on where a request comes from is taken; absent: nobody's. */
  proxies?: ProxyList;
  /** The time by which courts act and one-time codes are judged; absent: the machine's. */
  now?: Now;
  /** Days for which a party does not learn of a check, by purpose, where they differ from the catalogue\'s. */
  whoAskedDelays?: WhoAskedDelays;
  /** True once the service was told to stop. */
  stopping: () => boolean;
};

const noProxies = new BlockList();
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export function createApp(options: AppOptions) {
  const { connection, hot, ring, log, identity, demonstration, witnesses, loads, stopping } = options;
  const { publicUrl = null, proxies = noProxies, now = systemNow, whoAskedDelays = {} } = options;
  const { db, sql } = connection;
  const metrics = createMetricsRegistry();
  const lag = watchLag(sql, metrics, witnesses);
  watchClocks(metrics, { db, now });
  watchNotices(metrics, { db, now });
  watchWatches(metrics, { db });
  watchLifting(metrics, { db, now });
  const callers = createCallers({ db, ring });
  const checker = createChecker({
    connection: hot,
    ring,
    callers,
    metrics: createCheckMetrics(metrics),
    feedbackDue: createFeedbackDue({ db, now }),
    isLogBehind: () => lag.seconds() > LAG_SECONDS_MAX,
  });

  const app = newRouter();
  app.onError((error, c) => problemResponse(c, error, log));
  app.notFound((c) => problemResponse(c, unknownRoute(app, c), log));

  // For agencies' systems
  app.route("/v1", checkRoutes({ db, sql, ring, callers, checker }));
  app.route("/v1", certificateRoutes({ db, ring, callers, demonstration, publicUrl }));
  app.route("/v1", replayRoutes({ db, ring, callers, checker }));
  app.route("/v1", watchRoutes({ db, ring, callers, now }));
  if (loads) app.route("/v1", loadRoutes({ ...loads, db, sql, ring, callers, log }));
  // For courts
  const door = createDoor({ db, ring });
  app.route("/v1", courtRoutes({ db, ring, door, hasher: createPasswordHasher(ring.credentialKey), now, proxies }));
  app.route("/v1", listingRoutes({ db, sql, ring, door, now }));
  app.route("/v1", objectionRoutes({ db, ring, door, now }));
  app.route("/v1", paperRoutes({ db, door, demonstration }));
  app.route("/v1", clockRoutes({ db, ring, door, now }));
  // For both
  app.route("/v1", sanctionRoutes({ db, sql, ring, callers, door, demonstration, now }));
  // For who oversees them all, and for everybody
  app.route("/v1", statisticsRoutes({ db, callers, door, now }));
  app.route("/v1", hitRoutes({ db, ring, door }));
  // For agencies and courts
  app.route("/v1", noticeRoutes({ db, ring, callers, door, now }));
  app.route("/v1", liftingRoutes({ db, ring, callers, door, now }));
  // For parties
  app.route("/v1", partyRoutes({ db, ring, now, delays: whoAskedDelays, listTold: listToldOfRemovals }));
  const openApi = describeApi();
  // For everybody's tools
  app.route("/log", logRoutes({ sql }));
  // For people
  app.route("/", homePage({ demonstration }));
  app.route("/", verifyRoutes({ db, ring, identity, demonstration }));
  app.route("/", documentationRoutes(openApi, { demonstration }));
  app.route("/", problemPages({ demonstration }));
  app.route("/", assetRoutes());
  // For operators
  app.route("/", healthRoutes({ sql, metrics, lag, stopping }));

  return { app, openApi, drain };

  /** Answers what was accepted; nothing looks at the database afterwards. */
  async function drain(): Promise<void> {
    lag.stop();
    await checker.drain();
  }
}

/** A path that other methods know is 405 with `Allow` (RFC 9110 §15.5.6); any other is 404. */
function unknownRoute({ router }: Router, c: RequestContext): AppError {
  const allowed = METHODS.filter((method) => router.match(method, c.req.path)[0].length > 0);
  if (allowed.length === 0) return new AppError("not-found");
  return new AppError("method-not-allowed", { headers: { Allow: allowed.join(", ") } });
}

/** The OpenAPI document without a running service: the operations are described, nothing is opened. */
export function describeApi(): string {
  const api = newRouter();
  const v1 = newRouter();
  for (const operation of [
    ...checkOperations,
    ...certificateOperations,
    ...replayOperations,
    ...loadOperations,
    ...courtOperations,
    ...listingOperations,
    ...clockOperations,
    ...sanctionOperations,
    ...objectionOperations,
    ...paperOperations,
    ...partyOperations,
    ...statisticsOperations,
    ...hitOperations,
    ...noticeOperations,
    ...watchOperations,
    ...liftingOperations,
  ])
    v1.openAPIRegistry.registerPath(operation);
  api.route("/v1", v1);
  return openApiDocument(api);
}
