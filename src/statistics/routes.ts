// Statistics over HTTP: for who oversees agencies, for an agency itself, for courts, and for everybody.
import { type Callers, type LimitsByScope, requireScope } from "../agencies/index.ts";
import type { Door } from "../courts/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { answerJson, newRouter, parseAs, type RequestContext, type Router } from "../platform/http.ts";
import { type Now, shanghaiDate } from "../platform/time.ts";
import { readAgencyStatistics, readOwnStatistics } from "./agency-statistics.ts";
import { readCourtStatistics } from "./court-statistics.ts";
import { monthOf, monthsBetween } from "./month.ts";
import { readOpenStatistics } from "./open-statistics.ts";
import {
  getAgencies,
  getCourts,
  MonthQuery,
  MONTHS_MAX,
  OpenQuery,
  RangeQuery,
  statisticsOperations,
} from "./operations.ts";
import { findCountedAgency } from "./reading-queries.ts";
import { agencyStatisticsView, courtStatisticsView, openStatisticsView, ownStatisticsView } from "./resource.ts";
import { agencyTable, courtTable, openTable } from "./table.ts";
import { usageView } from "./usage-resource.ts";
import { readUsage } from "./usage.ts";

export type StatisticsRoutesOptions = { db: Database; callers: Callers; door: Door; now: Now; limits: LimitsByScope };

const NOT_KEPT = { "Cache-Control": "no-store" };
/** A closed month changes only where somebody puts its figures right. */
const KEPT_AN_HOUR = { "Cache-Control": "public, max-age=3600" };

export function statisticsRoutes({ db, callers, door, now, limits }: StatisticsRoutesOptions): Router {
  const router = newRouter();
  for (const operation of statisticsOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/statistics/agencies", door.requireSession(getAgencies), async (c) => {
    const at = now();
    const { month } = parseAs(MonthQuery, c.req.query());
    requirePast({ month }, at);
    const statistics = await readAgencyStatistics(db, month, at);
    return answer(c, `agencies-${month}`, {
      table: () => agencyTable(statistics.rows),
      view: () => agencyStatisticsView(statistics),
    });
  });

  router.get("/statistics/own", async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    const at = now();
    const { from, to } = parseAs(RangeQuery, c.req.query());
    requirePast({ to, from }, at);
    if (from > to || monthsBetween(from, to).length > MONTHS_MAX) throw outOfRange("from");
    const months = await readOwnStatistics(db, await findCountedAgency(db, caller.agencyId), { from, to }, at);
    return answer(c, `own-${from}-${to}`, {
      table: () => agencyTable(months),
      view: () => ownStatisticsView(months),
    });
  });

  router.get("/statistics/courts", door.requireCourt(getCourts), async (c) => {
    const at = now();
    const { month } = parseAs(MonthQuery, c.req.query());
    requirePast({ month }, at);
    const statistics = await readCourtStatistics(db, c.var.actor, month, at);
    return answer(c, `courts-${month}`, {
      table: () => courtTable(statistics),
      view: () => courtStatisticsView(statistics),
    });
  });

  router.get("/statistics/open", async (c) => {
    const { month } = parseAs(OpenQuery, c.req.query());
    const statistics = await readOpenStatistics(db, month, now());
    const forms = { table: () => openTable(statistics), view: () => openStatisticsView(statistics) };
    return answer(c, `open-${statistics.month}`, forms, KEPT_AN_HOUR);
  });

  router.get("/usage", async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    return answerJson(usageView(await readUsage(db, { agencyId: caller.agencyId, standard: limits })));
  });

  return router;
}

type Asked = Pick<RequestContext, "req">;
type Forms = { table: () => string; view: () => unknown };

/** JSON, or a table for office programs where `Accept` names it. */
function answer(c: Asked, name: string, { table, view }: Forms, headers: Record<string, string> = NOT_KEPT) {
  const varied = { ...headers, Vary: "Accept" };
  if (!/\btext\/csv\b/i.test(c.req.header("accept") ?? "")) return answerJson(view(), 200, varied);
  return new Response(table(), {
    headers: {
      ...varied,
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="statistics-${name}.csv"`,
    },
  });
}

/** Of a month to come nothing is counted; zero would be an answer. */
function requirePast(months: Record<string, string>, at: Date): void {
  const running = monthOf(shanghaiDate(at));
  for (const [name, month] of Object.entries(months)) if (month > running) throw outOfRange(name);
}

function outOfRange(name: string): AppError {
  return new AppError("validation", { faults: [{ pointer: `#/${name}`, code: "out_of_range" }] });
}
