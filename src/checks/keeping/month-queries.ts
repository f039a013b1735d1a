// SQL on the partitions of the record: which there are, making one, and the index that a month gets once it is over.
import { sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import type { Month } from "./month.ts";

/** A partition by its name, and the id below which all of its ids are; null for the rest. */
export type Partition = { name: string; to: string | null };

/** Any constant that nothing else uses as an advisory lock. */
const KEEPING_LOCK = 7_305_126;
/** Rows of the rest that are counted: it should have none, and whoever reads metrics does not wait for more. */
const REST_COUNTED = 10_000;

/**
 * One process at a time changes partitions. A check or a reader is waited for no longer than a second, because whoever
 * comes after waits behind us; what is given up is done in a later round.
 */
export async function lockMonths(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', '1s', true), set_config('statement_timeout', '0', true)`);
  await tx.execute(sql`select pg_advisory_xact_lock(${KEEPING_LOCK})`);
}

/** Every partition in the order of its ids, the rest last. */
export async function listPartitions(reader: Reader): Promise<Partition[]> {
  const rows = await reader.execute<Partition>(sql`
    select c.relname as name, substring(pg_get_expr(c.relpartbound, c.oid) from $$TO [(]'([0-9a-f-]{36})'[)]$$) as "to"
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'check_record'::regclass
    order by 2 nulls last`);
  return [...rows];
}

/**
 * Makes the month's partition beside the record and attaches it, which neither checks nor readers of other months wait
 * for. What came before its month was made stands in the rest, and moves.
 */
export async function createMonth(tx: Transaction, { name, from, to }: Month): Promise<void> {
  const partition = sql.identifier(partitionOf(name));
  const [lower, upper] = [sql.raw(`'${from}'`), sql.raw(`'${to}'`)];
  await tx.execute(sql`
    create table ${partition}
      (like check_record including defaults including constraints including storage including compression)`);
  await tx.execute(sql`lock table check_record_rest in access exclusive mode`);
  await tx.execute(sql`
    with moved as (delete from check_record_rest where id >= ${lower} and id < ${upper} returning *)
    insert into ${partition} select * from moved`);
  await tx.execute(
    sql`alter table check_record attach partition ${partition} for values from (${lower}) to (${upper})`,
  );
}

/** Partitions that lack the index of a month that is over, of those whose ids all lie below `before`. */
export async function listUnindexed(reader: Reader, before: string): Promise<string[]> {
  const rows = await reader.execute<{ name: string }>(sql`
    select p.name from (
      select c.relname as name, substring(pg_get_expr(c.relpartbound, c.oid) from $$TO [(]'([0-9a-f-]{36})'[)]$$)::uuid as upper
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'check_record'::regclass
    ) p
    where p.upper <= ${before}::uuid and to_regclass(quote_ident(p.name || '_asked')) is null
    order by p.upper`);
  return rows.map(({ name }) => name);
}

/**
 * From a party to the checks about it: in a month that is over nothing is written any more, so that a B-tree costs no check
 * anything and finds a party however large the month is.
 */
export async function indexMonth(tx: Transaction, partition: string): Promise<void> {
  await tx.execute(sql`
    create index if not exists ${sql.identifier(`${partition}_asked`)} on ${sql.identifier(partition)} (subject_index)`);
}

/** Rows that no month was there for, as far as they are counted. */
export async function countRest(reader: Reader): Promise<number> {
  const [row] = await reader.execute<{ rows: number }>(sql`
    select count(*)::int as rows from (select from check_record_rest limit ${REST_COUNTED}) counted`);
  return row?.rows ?? 0;
}

export function partitionOf(month: string): string {
  return `check_record_${month.replace("-", "_")}`;
}
