// SQL that reads what sanctions rest on: which of them a change of the register touches, and what was listed when.
import { sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import type { Stretch } from "../../registry/index.ts";
import type { SanctionState } from "../lifecycle.ts";

export type SanctionEvidence = {
  id: string;
  agencyId: string;
  purpose: string;
  checkId: string;
  state: SanctionState;
  endsOn: string | null;
  since: number;
};
/** `names` is null where the sanction does not rest on the listing. */
export type RestEvidence = { sanctionId: string; listingId: string; names: string[] | null };
export type ChangeEvidence = {
  listingId: string;
  at: number;
  isPublished: boolean;
  nameKeys: string[];
  answersUntil: string | null;
  isRevoked: boolean;
};
export type ObligationEvidence = { id: string; sanctionId: string; aroseAt: number; isOpen: boolean };

/** Of an instant: the driver's own dates end at milliseconds, in which a listing can end and be back. */
const microsOf = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000000)::bigint`);

const uuids = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

/** What rests on a listing that changed, and what is in force against its party, in the order of ids. */
export async function listTouchedSanctions(reader: Reader, { after, upTo }: Stretch): Promise<string[]> {
  const rows = await reader.execute<{ id: string }>(sql`
    with touched as materialized (
      select distinct listing_id from listing_change where position > ${after} and position <= ${upTo}
    )
    select s.id
    from touched t
    join sanction_listing r on r.listing_id = t.listing_id
    join sanction s on s.id = r.sanction_id and s.state in ('active', 'completed')
    union
    select s.id
    from touched t
    join listing l on l.id = t.listing_id
    join document d on d.subject_id = l.subject_id
    join sanction s on s.subject_index = d.blind_index and s.state = 'active' and l.list = any (s.lists)
    order by id`);
  return rows.map(({ id }) => id);
}

/** What is in force, in the order of ids. */
export async function listActiveSanctions(reader: Reader, after: string | null, limit: number): Promise<string[]> {
  const rows = await reader.execute<{ id: string }>(sql`
    select id from sanction where state = 'active' and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Nobody lifts or settles them until the transaction's end; always in the order of ids. */
export async function lockSanctions(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`select from sanction where id = any (${uuids(ids)}) order by id for no key update`);
}

export async function readSanctions(reader: Reader, ids: readonly string[]): Promise<SanctionEvidence[]> {
  const rows = await reader.execute<SanctionEvidence>(sql`
    select s.id, s.agency_id as "agencyId", s.purpose, s.check_id as "checkId", s.state, s.ends_on::text as "endsOn",
      coalesce(${microsOf("c.at")}, 0) as since
    from sanction s left join listing_change c on c.position = s.register_position
    where s.id = any (${uuids(ids)})
    order by s.id`);
  return [...rows];
}

/** Listings that sanctions rest on, and, of those in force, the party's others that were live at any time since. */
export async function readRests(reader: Reader, ids: readonly string[]): Promise<RestEvidence[]> {
  const rows = await reader.execute<RestEvidence>(sql`
    with asked as materialized (
      select s.id, s.lists, s.register_position, d.subject_id
      from sanction s join document d on d.blind_index = s.subject_index
      where s.id = any (${uuids(ids)}) and s.state = 'active'
    )
    select sanction_id as "sanctionId", listing_id as "listingId", name_keys as names
    from sanction_listing where sanction_id = any (${uuids(ids)})
    union all
    select a.id, l.id, null
    from asked a join listing l on l.subject_id = a.subject_id and l.state = 'published' and l.list = any (a.lists)
    union all
    select a.id, l.id, null
    from asked a join listing l on l.subject_id = a.subject_id and l.state = 'ended' and l.list = any (a.lists)
    where exists (select from listing_change c where c.listing_id = l.id and c.position > a.register_position)`);
  return [...rows];
}

/** What these listings were, change by change in their order: the words of then, and whether they are revoked now. */
export async function readChanges(reader: Reader, listingIds: readonly string[]): Promise<ChangeEvidence[]> {
  const rows = await reader.execute<ChangeEvidence>(sql`
    select c.listing_id as "listingId", ${microsOf("c.at")} as at,
      coalesce(c.state = 'published', c.kind <> 'ended') as "isPublished",
      case when v.content is null then to_jsonb(l.name_keys) else v.content -> 'name_keys' end as "nameKeys",
      case when v.content is null then l.answers_until::text else v.content ->> 'answers_until' end as "answersUntil",
      l.state = 'ended' and l.exit_operation is not distinct from 'revoke' as "isRevoked"
    from listing l
    join listing_change c on c.listing_id = l.id
    left join lateral (
      select content from listing_version v
      where v.listing_id = c.listing_id and v.version >= c.version
      order by v.version limit 1
    ) v on true
    where l.id = any (${uuids(listingIds)})
    order by c.listing_id, c.position`);
  return [...rows];
}

export async function readObligations(reader: Reader, ids: readonly string[]): Promise<ObligationEvidence[]> {
  const rows = await reader.execute<ObligationEvidence>(sql`
    select id, sanction_id as "sanctionId", ${microsOf("arose_at")} as "aroseAt", state = 'open' as "isOpen"
    from lift_obligation where sanction_id = any (${uuids(ids)})
    order by arose_at`);
  return [...rows];
}

/** Once sanctions whose party was told that it may apply again, and those whose refusal is under review. */
export async function readTold(
  reader: Reader,
  ids: readonly string[],
): Promise<{ told: string[]; reviewed: string[] }> {
  const rows = await reader.execute<{ id: string; isReview: boolean }>(sql`
    select sanction_id as id, false as "isReview" from reapplication where sanction_id = any (${uuids(ids)})
    union all
    select sanction_id, true from past_refusal_review where sanction_id = any (${uuids(ids)})`);
  const of = (kind: boolean) => rows.filter(({ isReview }) => isReview === kind).map(({ id }) => id);
  return { told: of(false), reviewed: of(true) };
}
