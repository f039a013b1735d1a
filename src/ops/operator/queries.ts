// SQL on what the database holds.
import type { Sql } from "../../platform/database.ts";

export type TableSize = {
  name: string;
  /** As the planner knows it; null where the table was never looked at. */
  rows: number | null;
  /** With its indexes and what lies beside it. */
  bytes: number;
};

/** The largest tables, partitions by themselves. */
export async function listTableSizes(sql: Sql, limit: number): Promise<TableSize[]> {
  return sql<TableSize[]>`
    select c.relname as name, nullif(c.reltuples, -1)::float8 as rows, pg_total_relation_size(c.oid)::float8 as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = current_schema()
    order by bytes desc limit ${limit}`;
}
