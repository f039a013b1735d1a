// Whether the process lives, whether it can answer checks now, and the numbers operators watch.
import { LAG_SECONDS_MAX, LAG_SECONDS_TOLD, type LagWatch } from "../audit/index.ts";
import type { Sql } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { newRouter } from "../platform/http.ts";
import { readMetrics, type Registry } from "../platform/metrics.ts";
import { schemaState } from "../platform/migrations.ts";

const PING_MS_MAX = 1_000;

export type HealthOptions = {
  sql: Sql;
  metrics: Registry;
  lag: Pick<LagWatch, "seconds">;
  /** True once the service was told to stop. */
  stopping: () => boolean;
};

/** `note` is for people: what is still well, and already worth a look. */
export type Finding = { name: string; ok: boolean; note?: string };

/** Everything that must be well for an answer to be given. */
export async function readFindings({ sql, lag, stopping }: Omit<HealthOptions, "metrics">): Promise<Finding[]> {
  return [{ name: "accepting", ok: !stopping() }, ...(await databaseFindings(sql)), logFinding(lag.seconds())];
}

/** `/livez` looks at nothing but the process; `/readyz` asks the database; machines read only the status. */
export function healthRoutes({ sql, metrics, lag, stopping }: HealthOptions) {
  const router = newRouter();

  router.get("/livez", (c) => c.text("ok\n", 200, { "Cache-Control": "no-store" }));

  router.get("/readyz", async (c) => {
    const findings = await readFindings({ sql, lag, stopping });
    const ready = findings.every(({ ok }) => ok);
    const lines = findings.map(
      ({ name, ok, note }) => `[${ok ? "+" : "-"}]${name} ${ok ? "ok" : "failed"}${note ? ` (${note})` : ""}\n`,
    );
    const verbose = c.req.query("verbose") !== undefined;
    const text = verbose ? `${lines.join("")}${ready ? "ready" : "not ready"}\n` : ready ? "ok\n" : "not ready\n";
    return c.text(text, ready ? 200 : 503, { "Cache-Control": "no-store" });
  });

  router.get("/metrics", async (c) => c.text(await readMetrics(metrics), 200, { "Content-Type": metrics.contentType }));

  return router;
}

/** Entries without a proof: past the limit checks stop, and a balancer should not send any. */
function logFinding(seconds: number): Finding {
  const behind = seconds > LAG_SECONDS_TOLD ? { note: `${Math.round(seconds)} s behind` } : {};
  return { name: "log", ok: seconds <= LAG_SECONDS_MAX, ...behind };
}

async function databaseFindings(sql: Sql): Promise<Finding[]> {
  const late = () => new Error("the database did not answer in time");
  try {
    const { state } = await withDeadline(schemaState(sql), PING_MS_MAX, late);
    return [
      { name: "database", ok: true },
      { name: "schema", ok: state === "current" },
    ];
  } catch {
    return [{ name: "database", ok: false }];
  }
}
