// The table of contents of the service: every router at its place, and what each is built from.
import { BlockList } from "node:net";
import { LAG_SECONDS_MAX, type LagWatch, type LogIdentity, logRoutes, watchLag } from "./audit/index.ts";
import {
  agencyOperations,
  agencyRoutes,
  type Callers,
  createCallers,
  defaultLimits,
  type LimitsByScope,
} from "./agencies/index.ts";
import {
  bulkOperations,
  bulkRoutes,
  certificateOperations,
  certificateRoutes,
  checkOperations,
  checkRoutes,
  createChecker,
  createCheckMetrics,
  createFeedbackDue,
  createSandbox,
  hitOperations,
  hitRoutes,
  type HotConnection,
  replayOperations,
  replayRoutes,
  startBulkWorker,
  watchBulk,
} from "./checks/index.ts";
import { watchMonths } from "./checks/keeping/index.ts";
import {
  createSequenceWatch,
  defaultMisuseSettings,
  misuseOperations,
  misuseRoutes,
  type MisuseSettings,
  watchMisuse,
} from "./checks/misuse/index.ts";
import { createClaims } from "./checks/claims/index.ts";
import { createQuota } from "./checks/quota/index.ts";
import {
  admissionOperations,
  admissionRoutes,
  clockOperations,
  clockRoutes,
  countSignIns,
  courtOperations,
  courtRoutes,
  createDoor,
  type Door,
  createPasswordHasher,
  measureOperations,
  measureRoutes,
  watchClocks,
} from "./courts/index.ts";
import { createRepeats } from "./courts/repeats/index.ts";
import { authorityPages } from "./authority/index.ts";
import { consolePages, createConsoleDoor } from "./console/index.ts";
import { loadOperations, loadRoutes, type LoadRoutesOptions } from "./feeds/index.ts";
import { eventOperations, eventRoutes } from "./events/index.ts";
import {
  describeRepeats,
  documentationRoutes,
  healthRoutes,
  isRepeatable,
  openApiDocument,
  operatorOperations,
  operatorPages,
  operatorRoutes,
  problemPages,
} from "./ops/index.ts";
import type { ProxyList } from "./platform/client-address.ts";
import type { Connection, Database, Sql } from "./platform/database.ts";
import { AppError } from "./platform/error.ts";
import { createRoute, newRouter, problemResponse, type RequestContext, type Router } from "./platform/http.ts";
import type { KeyRing } from "./platform/key-ring.ts";
import type { Logger } from "./platform/log.ts";
import { createMetricsRegistry, type Registry } from "./platform/metrics.ts";
import { type Now, systemNow } from "./platform/time.ts";
import {
  accountPages,
  createPageDoor,
  createSearch,
  figurePages,
  listPages,
  partyPages,
  searchOperations,
  searchRoutes,
  verifyRoutes,
} from "./portal/index.ts";
import { listingOperations, listingRoutes } from "./registry/index.ts";
import { signingOperations, signingRoutes } from "./registry/signing/index.ts";
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
  createSender,
  type Targets,
  watchWebhooks,
  webhookOperations,
  webhookRoutes,
} from "./subscriptions/webhooks/index.ts";
import {
  identityOperations,
  identityRoutes,
  liftingOperations,
  liftingRoutes,
  sanctionOperations,
  sanctionRoutes,
  watchFeedback,
  watchLifting,
} from "./sanctions/index.ts";
import { answerProblemPage, assetRoutes, createOwnApi, type Site, type SiteFooter, wantsPage } from "./ui/index.ts";
import { workbenchPages } from "./workbench/index.ts";

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
  /** How much agencies and keys may ask that have no limits of their own; absent: what is usual. */
  limits?: LimitsByScope;
  /** When the watch over checks calls something unusual; absent: what is usual. */
  misuse?: MisuseSettings;
  /** Absent: the service takes no files. */
  loads?: Omit<LoadRoutesOptions, "db" | "sql" | "ring" | "callers" | "door" | "log">;
  /** Where files of questions lie, and the connection on which they are asked; absent: the service takes none. */
  bulk?: { directory: string; hot: HotConnection };
  /** Whose word on where a request comes from is taken; absent: nobody's. */
  proxies?: ProxyList;
  /** The time by which courts act and one-time codes are judged; absent: the machine's. */
  now?: Now;
  /** The court that is asked where the competent one has nobody here; absent: nobody else is. */
  liaisonCourt?: string | null;
  /** Days for which a party does not learn of a check, by purpose, where they differ from the catalogue\'s. */
  whoAskedDelays?: WhoAskedDelays;
  /** The file that a back-up touches when it has ended well; absent: nothing reports one. */
  backupMark?: string | null;
  /** Where webhooks may go; absent: to public addresses only. */
  webhookTargets?: Targets;
  /** The sessions of the public's searches (`SEARCH_POOL`); absent: those of everything else. */
  searching?: Sql;
  /** What stands at the foot of the public's pages, unless their data is invented. */
  siteFooter?: SiteFooter;
  /** True once the service was told to stop. */
  stopping: () => boolean;
};

const noProxies = new BlockList();
const publicTargets: Targets = { privateRanges: new BlockList(), httpHosts: [] };
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export function createApp(options: AppOptions) {
  const { connection, ring, log, demonstration, witnesses, loads, bulk, stopping } = options;
  const { publicUrl = null, proxies = noProxies, now = systemNow, whoAskedDelays = {} } = options;
  const { liaisonCourt: liaison = null } = options;
  const { webhookTargets: targets = publicTargets, limits: standard = defaultLimits } = options;
  const { misuse = defaultMisuseSettings } = options;
  const { db, sql } = connection;
  const metrics = createMetricsRegistry();
  const lag = watchLag(sql, metrics, witnesses);
  watchDuties(metrics, { db, now });
  const callers = createCallers({ db, ring });
  const checking = startChecking({ ...options, misuse, metrics, callers, now, standard, lag });
  const { checker, claims, quota, bulkWorker } = checking;
  const door = createDoor({ db, ring });

  const site: Site = { demonstration, footer: options.siteFooter ?? {} };
  const app = newRouter();
  const refuse = (c: RequestContext, error: unknown) => {
    const problem = () => problemResponse(c, error, log);
    return wantsPage(c) ? answerProblemPage(c, error, { problem, site }) : problem();
  };
  app.onError((error, c) => refuse(c, error));
  app.notFound((c) => refuse(c, unknownRoute(app, c)));

  const repeats = createRepeats({ db, ring, callers, door, log });
  for (const operation of apiOperations.filter(isRepeatable))
    app.on(operation.method, `/v1${createRoute(operation).getRoutingPath()}`, repeats(operation));

  // For agencies' systems
  app.route("/v1", checkRoutes({ db, sql, ring, callers, claims, quota, sandbox: createSandbox({ callers, now }) }));
  app.route("/v1", certificateRoutes({ db, ring, callers, demonstration, publicUrl }));
  app.route("/v1", replayRoutes({ db, ring, callers, checker }));
  if (bulk && bulkWorker)
    app.route("/v1", bulkRoutes({ db, ring, callers, worker: bulkWorker, directory: bulk.directory }));
  app.route("/v1", agencyRoutes({ db, callers, now }));
  app.route("/v1", watchRoutes({ db, ring, callers, now }));
  app.route("/v1", eventRoutes({ db, ring, callers, stopping }));
  app.route("/v1", webhookRoutes({ db, ring, callers, targets, sender: createSender({ targets, now }), now }));
  // For courts
  addCourtRoutes(app, { ...options, ...connection, metrics, proxies, publicUrl, now, door });
  // For agencies and courts
  if (loads) app.route("/v1", loadRoutes({ ...loads, db, sql, ring, callers, door, log }));
  app.route("/v1", sanctionRoutes({ db, sql, ring, callers, door, demonstration, now }));
  app.route("/v1", identityRoutes({ db, ring, callers, door, now, liaison, demonstration, publicUrl }));
  app.route("/v1", noticeRoutes({ db, ring, callers, door, now }));
  app.route("/v1", liftingRoutes({ db, ring, callers, door, now }));
  app.route("/v1", misuseRoutes({ db, ring, callers, door, now }));
  // For who oversees them all, and for everybody
  app.route("/v1", statisticsRoutes({ db, callers, door, now, limits: standard }));
  // Behind the notices, whose /agencies/unacknowledged-removals would otherwise be an agency.
  app.route("/v1", admissionRoutes({ db, ring, door, now }));
  // For parties
  app.route("/v1", partyRoutes({ db, ring, now, delays: whoAskedDelays, listTold: listToldOfRemovals, proxies }));
  const openApi = describeApi();
  // For operators
  const health = { sql, metrics, lag, stopping };
  app.route("/", healthRoutes(health));
  app.route("/v1", operatorRoutes({ ...health, db, door, backupMark: options.backupMark ?? null }));
  addPages(app, openApi, { ...options, ...connection, proxies, now, callers, site });

  return { app, openApi, metrics, drain };

  /** Answers what was accepted; nothing looks at the database afterwards. */
  async function drain(): Promise<void> {
    lag.stop();
    await checking.stop();
  }
}

type CheckingParts = Pick<AppOptions, "connection" | "hot" | "bulk" | "ring" | "log"> & {
  metrics: Registry;
  callers: Callers;
  now: Now;
  standard: LimitsByScope;
  misuse: MisuseSettings;
  lag: LagWatch;
};

/** What answers checks, one by one and by the file, and the limits that both keep. */
function startChecking({ connection, hot, bulk, ring, log, callers, now, standard, ...parts }: CheckingParts) {
  const { db } = connection;
  const { metrics, misuse, lag } = parts;
  const shared = {
    ring,
    callers,
    sequences: createSequenceWatch({ db, log, settings: misuse, now }),
    metrics: createCheckMetrics(metrics),
    feedbackDue: createFeedbackDue({ db, now }),
    isLogBehind: () => lag.seconds() > LAG_SECONDS_MAX,
  };
  const quota = createQuota({ connection: hot, standard, paced: true });
  const checker = createChecker({ ...shared, quota, connection: hot });
  const asking = bulk && startAsking(bulk);
  const claims = createClaims({ ...shared, checker, connection: hot });
  return {
    checker,
    claims,
    quota,
    bulkWorker: asking?.worker,
    async stop(): Promise<void> {
      await asking?.worker.stop();
      await checker.drain();
      await Promise.all([quota.stop(), asking?.quota.stop()]);
    },
  };

  /** Files are asked over a connection of their own, and at no pace: their worker takes turns. */
  function startAsking({ directory, hot: connection }: NonNullable<AppOptions["bulk"]>) {
    const unpaced = createQuota({ connection, standard, paced: false });
    const asker = createChecker({ ...shared, quota: unpaced, connection });
    return { quota: unpaced, worker: startBulkWorker({ directory, db, callers, log, checker: asker }) };
  }
}

type Parts = AppOptions & Connection & Required<Pick<AppOptions, "proxies">>;
type CourtParts = Parts & Required<Pick<AppOptions, "publicUrl" | "now">> & { metrics: Registry; door: Door };

function addCourtRoutes(app: Router, parts: CourtParts): void {
  const { db, sql, ring, door, now, proxies, publicUrl, demonstration, metrics } = parts;
  const hasher = createPasswordHasher(ring.credentialKey);
  const countAttempt = countSignIns(metrics);
  app.route("/v1", courtRoutes({ db, ring, door, hasher, countAttempt, now, proxies, publicUrl }));
  app.route("/v1", listingRoutes({ db, sql, ring, door, now }));
  app.route("/v1", signingRoutes({ db, ring, door, hasher, countAttempt, now, proxies, publicUrl }));
  app.route("/v1", objectionRoutes({ db, ring, door, now }));
  app.route("/v1", paperRoutes({ db, door, demonstration }));
  app.route("/v1", clockRoutes({ db, ring, door, now }));
  app.route("/v1", measureRoutes({ db, ring, door, now }));
  app.route("/v1", hitRoutes({ db, ring, door }));
}

/** What tools and people read without signing in, and the portals that show it to others. */
function addPages(app: Router, openApi: string, parts: Parts & { callers: Callers; now: Now; site: Site }): void {
  const { db, sql, ring, identity, proxies, demonstration, callers, now, site } = parts;
  const search = createSearch({ db, sql: parts.searching ?? sql, ring });
  app.route("/v1", searchRoutes({ callers, search }));
  app.route("/log", logRoutes({ sql }));
  app.route("/", verifyRoutes({ db, ring, identity, proxies, site }));
  app.route("/", documentationRoutes(openApi, site));
  app.route("/", problemPages(site));
  const fetch = (request: Request, env: object) => app.fetch(request, env);
  const api = createOwnApi({ fetch });
  app.route("/", listPages({ db, sql, ring, proxies, search, site, now }));
  app.route("/", partyPages({ sql, api, site }));
  app.route("/", figurePages({ api, site }));
  const pageDoor = createPageDoor({ api });
  app.route("/", accountPages({ api, door: pageDoor, site }));
  app.route("/", workbenchPages({ api, door: pageDoor, demonstration }));
  app.route("/", operatorPages({ api, door: pageDoor, demonstration }));
  app.route("/", authorityPages({ api, door: pageDoor, demonstration }));
  const consoleDoor = createConsoleDoor({ door: pageDoor, db, ring });
  const agencyApi = createOwnApi({ fetch, credential: consoleDoor.credential });
  app.route("/", consolePages({ api: agencyApi, door: consoleDoor, demonstration }));
  app.route("/", assetRoutes());
}

/** Deadlines that run, and what waits for somebody, as metrics. */
function watchDuties(metrics: Registry, { db, now }: { db: Database; now: Now }): void {
  watchClocks(metrics, { db, now });
  watchNotices(metrics, { db, now });
  watchWatches(metrics, { db });
  watchWebhooks(metrics, { db, now });
  watchLifting(metrics, { db, now });
  watchFeedback(metrics, { db, now });
  watchBulk(metrics, { db });
  watchMisuse(metrics, { db });
  watchMonths(metrics, { db, now });
}

/** A path that other methods know is 405 with `Allow` (RFC 9110 §15.5.6); any other is 404. */
function unknownRoute({ router }: Router, c: RequestContext): AppError {
  const allowed = METHODS.filter((method) => router.match(method, c.req.path)[0].length > 0);
  if (allowed.length === 0) return new AppError("not-found");
  return new AppError("method-not-allowed", { headers: { Allow: allowed.join(", ") } });
}

const apiOperations = [
  ...checkOperations,
  ...certificateOperations,
  ...replayOperations,
  ...bulkOperations,
  ...agencyOperations,
  ...eventOperations,
  ...webhookOperations,
  ...loadOperations,
  ...courtOperations,
  ...listingOperations,
  ...signingOperations,
  ...clockOperations,
  ...measureOperations,
  ...sanctionOperations,
  ...identityOperations,
  ...objectionOperations,
  ...paperOperations,
  ...partyOperations,
  ...statisticsOperations,
  ...hitOperations,
  ...noticeOperations,
  ...watchOperations,
  ...liftingOperations,
  ...searchOperations,
  ...operatorOperations,
  ...admissionOperations,
  ...misuseOperations,
];

/** The OpenAPI document without a running service: the operations are described, nothing is opened. */
export function describeApi(): string {
  const api = newRouter();
  const v1 = newRouter();
  for (const operation of apiOperations) v1.openAPIRegistry.registerPath(describeRepeats(operation));
  api.route("/v1", v1);
  return openApiDocument(api);
}
