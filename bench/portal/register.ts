// A published list of invented persons and organisations with names as lists have them, some of which are found by code.
import { blindIndex, documentKeys, organizationCodeOf, usccOf } from "../../src/identity/index.ts";
import { brands, givenCharacters, organisationForms, surnames, trades } from "../../src/feeds/synthetic/vocabulary.ts";
import type { Sql } from "../../src/platform/database.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";
import { provinces } from "../../src/portal/search/request.ts";

const CHUNK = 250_000;
/** As in lists of courts: of seven rows one is an organisation's. */
const ORGANISATION_EVERY = 7;

const endings = organisationForms.map(({ ending }) => ending);
const places = Object.keys(provinces);

/** `listed` rows, one of seven an organisation's. */
export async function fillWithNames(sql: Sql, listed: number): Promise<void> {
  for (let from = 0; from < listed; from += CHUNK) {
    const to = Math.min(from + CHUNK, listed) - 1;
    await sql`
      with word as (
        select ${[...surnames]}::text[] as surnames, ${[...givenCharacters]}::text[] as given,
          ${[...brands]}::text[] as brands, ${[...trades]}::text[] as trades, ${endings}::text[] as endings,
          ${places}::text[] as places
      ), drawn as (
        select n, n % ${ORGANISATION_EVERY} = 0 as is_organisation, ('x' || substr(md5('a' || n), 1, 7))::bit(28)::int as a,
          ('x' || substr(md5('b' || n), 1, 7))::bit(28)::int as b, ('x' || substr(md5('c' || n), 1, 7))::bit(28)::int as c
        from generate_series(${from}::int, ${to}::int) n
      ), party as materialized (
        select n, is_organisation, places[1 + a % cardinality(places)] as place,
          case when is_organisation
            then places[1 + a % cardinality(places)] || brands[1 + b % cardinality(brands)]
              || brands[1 + c % cardinality(brands)] || trades[1 + a / 64 % cardinality(trades)]
              || endings[1 + b / 64 % cardinality(endings)] || '（演示）'
            else surnames[1 + a % cardinality(surnames)] || given[1 + b % cardinality(given)]
              || case when c % 3 = 0 then '' else given[1 + c / 3 % cardinality(given)] end
          end as name,
          sha256(('blind ' || n)::bytea) as blind_index, md5('subject ' || n)::uuid as subject_id, md5('listing ' || n)::uuid as id
        from drawn, word
      ), documents as (
        insert into document (blind_index, subject_id, kind, masked, number_sealed, source)
        select blind_index, subject_id, case when is_organisation then 'uscc' else 'resident_id' end, '1101************14',
          sha256(blind_index) || sha256(blind_index), 'bench'
        from party
      ), subjects as (
        insert into subject (id, kind) select subject_id, case when is_organisation then 'organisation' else 'person' end from party
      ), keyed as (
        select *, translate(name, '（）', '()') as key from party
      )
      insert into listing (id, subject_id, list, state, source, natural_key, content_hash, name, name_keys, court_code,
        court_name, area_name, case_number_raw, case_number, grounds, obligation, published_on, term_kind)
      select id, subject_id, 'dishonest', 'published', 'bench', id, id, name,
        case when is_organisation then array[key, translate(key, '()', '')] else array[key] end, '闽0203',
        '厦门市思明区人民法院', place, '(2019)闽0203执' || (90000000 + n) || '号', '(2019)闽0203执' || (90000000 + n) || '号',
        array['G1'], '偿还借款人民币10000元及利息', date '2026-03-04' - (n % 1000), 'open'
      from keyed`;
  }
  await sql`vacuum analyze document`;
  await sql`vacuum analyze subject`;
  await sql`vacuum analyze listing`;
}

/** Gives `count` of the organisations a code that they are found by, and says these codes. */
export async function giveCodes(sql: Sql, { blindIndexKey }: KeyRing, count: number): Promise<string[]> {
  const subjects = await sql<
    { id: string }[]
  >`select id from subject where kind = 'organisation' order by id limit ${count}`;
  const codes = subjects.map((_, at) => usccOf(`91350200${organizationCodeOf(`MA${String(at).padStart(6, "0")}`)}`));
  const rows = subjects.flatMap(({ id }, at) =>
    documentKeys({ kind: "uscc", number: codes[at] ?? "", country: null }).map(({ kind, number }) => ({
      blind_index: Buffer.from(blindIndex(blindIndexKey, kind, number), "hex"),
      subject_id: id,
      kind,
      masked: "9135************00",
      source: "bench",
    })),
  );
  for (let at = 0; at < rows.length; at += 1_000) await sql`insert into document ${sql(rows.slice(at, at + 1_000))}`;
  return codes;
}

/** Names of `count` published listings, of organisations alone where it is said so. */
export async function drawNames(sql: Sql, count: number, kind?: "organisation"): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select l.name from listing l join subject s on s.id = l.subject_id
    where l.state = 'published' and (${kind ?? null}::text is null or s.kind = ${kind ?? null})
    order by l.id limit ${count}`;
  return rows.map(({ name }) => name);
}

/** Takes the newest `count` listings of persons off the list, under names that nobody else bears, which it gives. */
export async function endListings(sql: Sql, count: number): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    with gone as (
      select id, '移出名单' || row_number() over () as name
      from (
        select l.id from listing l join subject s on s.id = l.subject_id
        where s.kind = 'person' order by l.id desc limit ${count}
      ) newest
    )
    update listing l set state = 'ended', ended_at = now(), ended_by = 'court:bench', name = gone.name,
      name_keys = array[gone.name]
    from gone where l.id = gone.id
    returning l.name`;
  return rows.map(({ name }) => name);
}
