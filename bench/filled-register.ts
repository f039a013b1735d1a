// Fills a register with parties that no check will ask for: the size of its tables and indexes is what a benchmark needs.
import type { Sql } from "../src/platform/database.ts";

const CHUNK = 250_000;

export async function fillRegister(sql: Sql, listed: number): Promise<void> {
  for (let from = 0; from < listed; from += CHUNK) {
    const to = Math.min(from + CHUNK, listed) - 1;
    await sql`
      with party as materialized (
        select n, sha256(('blind ' || n)::bytea) as blind_index, md5('subject ' || n)::uuid as subject_id,
          md5('listing ' || n)::uuid as id
        from generate_series(${from}::int, ${to}::int) n
      ), documents as (
        insert into document (blind_index, subject_id, kind, masked, number_sealed, source)
        select blind_index, subject_id, 'resident_id', '1101************14', sha256(blind_index) || sha256(blind_index), 'bench'
        from party
      ), subjects as (
        insert into subject (id, kind) select subject_id, 'person' from party
      )
      insert into listing (id, subject_id, list, state, source, natural_key, content_hash, name, name_keys, court_code,
        court_name, case_number_raw, case_number, grounds, obligation, published_on, term_kind)
      select id, subject_id, 'dishonest', 'published', 'bench', id, id, '测试' || n, array['测试' || n], '闽0203',
        '厦门市思明区人民法院', '(2019)闽0203执' || (90000000 + n) || '号', '(2019)闽0203执' || (90000000 + n) || '号',
        array['G1'], '偿还借款人民币10000元及利息', date '2026-03-04', 'open'
      from party`;
  }
  await sql`vacuum analyze document`;
  await sql`vacuum analyze listing`;
}
