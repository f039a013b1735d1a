// How the service is, gathered from what readiness and metrics say: no figure is counted here a second time.
import { readLastCheckpoint } from "../../audit/index.ts";
import { listLoads, viewLoad } from "../../feeds/index.ts";
import type { Database } from "../../platform/database.ts";
import type { z } from "../../platform/http.ts";
import type { Registry } from "../../platform/metrics.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { type HealthOptions, readFindings } from "../health.ts";
import { readBackup } from "./backup.ts";
import type { HealthReport } from "./operations.ts";
import { listTableSizes } from "./queries.ts";

const LOADS_SHOWN = 10;
const TABLES_SHOWN = 20;
/** Of the service itself; the others are the runtime's. */
const OWN = /^shixin_/;

export type OperatorOptions = HealthOptions & { db: Database; backupMark: string | null };

export async function readHealthReport(options: OperatorOptions): Promise<z.infer<typeof HealthReport>> {
  const { sql, db, metrics, backupMark } = options;
  const [findings, figures, checkpoint, loads, tables, backup] = await Promise.all([
    readFindings(options),
    readFigures(metrics),
    readLastCheckpoint(sql),
    listLoads(db, LOADS_SHOWN),
    listTableSizes(sql, TABLES_SHOWN),
    readBackup(backupMark),
  ]);
  return {
    ready: findings.every(({ ok }) => ok),
    findings: findings.map(({ name, ok, note }) => ({ name, ok, note: note ?? null })),
    figures,
    checkpoint: checkpoint && { size: checkpoint.size, at: shanghaiTime(checkpoint.at) },
    loads: loads.map(viewLoad).map(({ id, source, state, fileName, startedAt, failure }) => {
      return { id, source, state, fileName, startedAt, failure };
    }),
    tables: tables.map(({ name, rows, bytes }) => ({ name, rows, bytes })),
    backup: { state: backup.state, at: backup.at && shanghaiTime(backup.at) },
  };
}

async function readFigures(metrics: Registry) {
  const all = await metrics.getMetricsAsJSON();
  return all
    .filter(({ name, type }) => OWN.test(name) && String(type) === "gauge")
    .map(({ name, help, values }) => ({
      name,
      help,
      values: values.map(({ labels, value }) => ({ labels: textsOf(labels), value })),
    }));
}

function textsOf(labels: object): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
