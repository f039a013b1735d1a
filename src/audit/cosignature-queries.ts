// SQL of what witnesses said of the log's checkpoints, and of checkpoints as they are shown: with all their signatures.
import type { Sql } from "../platform/database.ts";
import type { StoredCheckpoint } from "./log-queries.ts";

/** Any constant that nothing else uses as an advisory lock. */
const COSIGNER_LOCK = 7_305_126;

/** Whether this session asks the witnesses; it may be asked again and again, and holds until the session ends. */
export async function lockCosigner(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ locked: boolean }]>`select pg_try_advisory_lock(${COSIGNER_LOCK}) as locked`;
  return row.locked;
}

export type Cosignature = { size: number; witness: string; line: string };

/** A witness's newest line for this size; once there are enough of them, proofs are given against this checkpoint. */
export async function insertCosignature(sql: Sql, { size, witness, line }: Cosignature): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      insert into log_cosignature (size, witness, line) values (${size}, ${witness}, ${line})
      on conflict (witness, size) do update set line = excluded.line, at = now()`;
    await tx`
      update log_state set witnessed_size = ${size}
      where witnessed_size < ${size} and quorum <= (select count(*) from log_cosignature where size = ${size})`;
  });
}

export type WitnessedCheckpoint = StoredCheckpoint & { cosignedAt: Date | null };

/** The newest checkpoint as it was signed, and when this witness last cosigned it. */
export async function findWitnessed(sql: Sql, witness: string): Promise<WitnessedCheckpoint | undefined> {
  const [row] = await sql<(StoredCheckpoint & { at: number | null })[]>`
    select c.size, c.note, (extract(epoch from s.at) * 1000)::float8 as at
    from (select size, note from log_checkpoint order by size desc limit 1) c
    left join log_cosignature s on s.size = c.size and s.witness = ${witness}`;
  return row && { size: row.size, note: row.note, cosignedAt: row.at === null ? null : new Date(row.at) };
}

/** The checkpoint of this size, or else the newest, with the lines of its witnesses. */
export async function findShownCheckpoint(sql: Sql, size: number | null = null): Promise<StoredCheckpoint | undefined> {
  const [row] = await sql<StoredCheckpoint[]>`
    select size, note || coalesce(
      (select string_agg(line, '' order by witness) from log_cosignature s where s.size = c.size), ''
    ) as note
    from log_checkpoint c
    where size = coalesce(${size}::bigint, (select max(size) from log_checkpoint))`;
  return row;
}

export type Witnessing = {
  quorum: number;
  /** The newest checkpoint that so many witnesses cosigned. */
  witnessedSize: number;
  /** How long there has been a checkpoint that covers the entry. */
  coveredSeconds: number;
};

export async function readWitnessing(sql: Sql, index: number): Promise<Witnessing | undefined> {
  const [row] = await sql<Witnessing[]>`
    select quorum, witnessed_size as "witnessedSize", coalesce((
      select extract(epoch from now() - created_at) from log_checkpoint where size > ${index} order by size limit 1
    ), 0)::float8 as "coveredSeconds"
    from log_state`;
  return row;
}

/** How far each of these witnesses has come. */
export async function listCosignedSizes(
  sql: Sql,
  witnesses: readonly string[],
): Promise<{ witness: string; size: number }[]> {
  return sql<{ witness: string; size: number }[]>`
    select witness, coalesce((select max(size) from log_cosignature s where s.witness = w.witness), 0) as size
    from unnest(${witnesses}::text[]) as w (witness)`;
}
