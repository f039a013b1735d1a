// SQL on what the database holds.
import type { Sql } from "../../platform/database.ts";

export type TableSize = {
  name: string;
  /** As the planner knows it; null where the table was never looked at. */
  rows: number | null;
  /** With its indexes and what lies beside it. */
  bytes: number;
};

/** The largest tables; partitions count with the table that they are parts of. */
export async function listTableSizes(sql: Sql, limit: number): Promise<TableSize[]> {
  return sql<TableSize[]>`
    select whole.relname as name, sum(nullif(c.reltuples, -1))::float8 as rows,
      sum(pg_total_relation_size(c.oid))::float8 as bytes
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_class whole on whole.oid = coalesce(pg_partition_root(c.oid), c.oid)
    where c.relkind = 'r' and n.nspname = current_schema()
    group by whole.oid, whole.relname
    order by bytes desc limit ${limit}`;
}
