// Fills the record with checks of invented parties as years of service leave it: spread evenly over its months, asked by
// twenty agencies, each party three times, and indexed as months are that are over.
import { createHash } from "node:crypto";
import { type Month, monthAfter, monthOf } from "../../src/checks/keeping/month.ts";
import { createMonth, lockMonths } from "../../src/checks/keeping/month-queries.ts";
import { indexMonthsOver, makeMonths } from "../../src/checks/keeping/months.ts";
import type { Connection } from "../../src/platform/database.ts";
import { instantOf } from "../../src/platform/id.ts";

export const AGENCIES = 20;
const CHECKS_OF_PARTY = 3;
const CHUNK_ROWS = 250_000;
/** As many as a group statement has at 64 connections. */
const GROUP_ROWS = 64;
/** One in fifty is listed. */
const LISTED_EVERY = 50;

/** Replaces the partitions of an empty record by `count` months, the present one the last, and those ahead. */
export async function layMonths({ db, sql }: Connection, count: number, now: Date): Promise<Month[]> {
  const months = Array.from({ length: count }, (_, place) => monthAfter(monthOf(now), place - count + 1));
  await sql`drop table check_record_first`;
  await db.transaction(async (tx) => {
    await lockMonths(tx);
    for (const month of months) await createMonth(tx, month);
    await makeMonths(tx, now);
  });
  await sql`insert into agency (id, name)
    select md5('agency ' || n)::uuid, '基准测试 ' || n from generate_series(0, ${AGENCIES - 1}::int) n on conflict do nothing`;
  return months;
}

export type Filling = { months: readonly Month[]; from: number; to: number; now: Date };

/** Adds rows `from` up to but not including `to`, in seconds. */
export async function fillRecord(connection: Connection, { months, from, to, now }: Filling): Promise<number> {
  const { db, sql } = connection;
  const startedMs = performance.now();
  // As months come to be: filled without the index, which is built when they are over.
  for (const { name } of months) await sql.unsafe(`drop index if exists check_record_${name.replace("-", "_")}_asked`);
  for (const [place, month] of months.entries()) {
    const begins = instantOf(month.from).getTime();
    const lasts = Math.min(instantOf(month.to).getTime(), now.getTime()) - begins;
    const [first, end] = [from, to].map((row) => Math.ceil((row - place) / months.length)) as [number, number];
    for (let at = first; at < end; at += CHUNK_ROWS)
      await addRows(connection, {
        place,
        months: months.length,
        begins,
        lasts,
        first,
        end,
        at,
        until: Math.min(at + CHUNK_ROWS, end),
      });
  }
  await indexMonthsOver(db, now);
  await sql`vacuum analyze check_record`;
  // What was filled is written out now, and not beside what is measured.
  await sql`checkpoint`;
  return (performance.now() - startedMs) / 1000;
}

type Chunk = {
  place: number;
  months: number;
  begins: number;
  lasts: number;
  first: number;
  end: number;
  at: number;
  until: number;
};

/** Row `n` of all is the `k`-th of its month: neighbours in `n` are asked in months that follow one another. */
async function addRows(
  { sql }: Connection,
  { place, months, begins, lasts, first, end, at, until }: Chunk,
): Promise<void> {
  await sql`
    insert into check_record (
      id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome, matches, action, measures,
      register_position, matcher_version, document_kind, subject_index, subject_sealed, reference, salt, log_group, log_place
    )
    select
      (left(ms, 8) || '-' || right(ms, 4) || '-7' || left(tail, 3) || '-8' || substr(tail, 4, 3) || '-' || right(tail, 12))::uuid,
      md5('agency ' || n % ${AGENCIES}::int)::uuid, 'kkkkkkkkk' || n % 10, to_timestamp(at_ms / 1000.0),
      'procurement.supplier_qualification', 'XM-ZC-2026-' || lpad((n % 100000)::text, 5, '0'), 'officer ' || n % 10000, 'supplier',
      array['dishonest', 'limit_consumption'], case when listed then 'listed' else 'clear' end,
      case when listed then jsonb_build_array(jsonb_build_object(
        'list', 'dishonest', 'grade', 'exact', 'listingId', 'lst_01jd0000000000000000000000', 'caseNumber',
        '(2019)闽0203执' || 90000000 + n % 1000000 || '号', 'courtName', '厦门市思明区人民法院', 'courtCode', '闽0203',
        'capacity', 'debtor', 'grounds', array['G1'], 'publishedOn', '2026-03-04', 'termKind', 'open', 'termEndsOn', null,
        'underObjection', false
      )) end,
      case when listed then 'verify' else 'none' end, case when listed then '[]'::jsonb end,
      1, 1, 'resident_id', sha256(('party ' || (n / ${CHECKS_OF_PARTY}::int)::text)::bytea),
      sha256(tail::bytea) || sha256(ms::bytea) || sha256((n || 'sealed')::bytea), 'A-' || n,
      sha256((n || 'salt')::bytea), n / ${GROUP_ROWS}::int, (n % ${GROUP_ROWS}::int)::smallint
    from (
      select n, at_ms, lpad(to_hex(at_ms), 12, '0') as ms, md5('check ' || n) as tail, n % ${LISTED_EVERY}::int = 0 as listed
      from (
        select k * ${months}::bigint + ${place}::bigint as n,
          ${begins}::bigint + (k - ${first}::bigint) * ${lasts}::bigint / ${end - first}::bigint as at_ms
        from generate_series(${at}::bigint, ${until - 1}::bigint) k
      ) numbered
    ) timed`;
}

/** What the party of a row is recorded under. */
export function subjectIndexOf(row: number): Buffer {
  return createHash("sha256")
    .update(`party ${Math.floor(row / CHECKS_OF_PARTY)}`)
    .digest();
}
