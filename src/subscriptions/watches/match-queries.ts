// SQL that finds which watches match which listings, in sets: by number and an agreeing name, as a check that is exact.
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../platform/database.ts";
import type { Stretch } from "../../registry/index.ts";

/** A watch whose party came onto a list, or off it. */
export type FoundMatch = { watchId: string; listingId: string; agencyId: string; reference: string | null };
export type LostMatch = FoundMatch & { isLive: boolean; operation: string | null };

/** Listings that changed in a stretch. */
export const changedIn = ({ after, upTo }: Stretch): SQL =>
  sql`(select distinct listing_id from listing_change where position > ${after} and position <= ${upTo})`;

/** Listings that watches know and whose last day has passed, whether or not their rows are ended. */
export const termsOver = (today: string): SQL =>
  sql`(
    select distinct m.listing_id from watch_match m
    join listing l on l.id = m.listing_id and l.state = 'published' and l.answers_until < ${today}::date
  )`;

/** Whether listing `l` answers today. */
const answers = (today: string) =>
  sql`l.state = 'published' and (l.answers_until is null or l.answers_until >= ${today}::date)`;

/**
 * Whether watch `w` means the party of listing `l`, whose whole number stands in document `d`: by a name of the listing, or
 * by one under which a court found it to be the same.
 */
const means = sql`
  d.subject_id = l.subject_id and d.number_sealed is not null and d.blind_index = w.subject_index
    and l.list = any (w.lists) and (
      l.name_keys && w.name_keys or exists (
        select from identity_finding f
        where f.blind_index = d.blind_index and f.listing_id = l.id and f.until_position is null
          and f.name_keys && w.name_keys
      )
    )`;

const inForce = (today: string) => sql`
  join agency a on a.id = w.agency_id and a.state = 'active'
    and ${today}::date between coalesce(a.agreement_from, '-infinity') and coalesce(a.agreement_until, 'infinity')
  join agency_purpose p on p.agency_id = w.agency_id and p.purpose = w.purpose
    and ${today}::date between p.valid_from and coalesce(p.valid_until, 'infinity')`;

/** Of these listings: live watches that mean one of them and do not know it yet. */
export async function insertFound(tx: Transaction, listings: SQL, today: string): Promise<FoundMatch[]> {
  return tx.execute<FoundMatch>(sql`
    with found as (
      insert into watch_match (watch_id, listing_id)
      select distinct w.id, l.id
      from ${listings} t
      join listing l on l.id = t.listing_id and ${answers(today)}
      join document d on d.subject_id = l.subject_id
      join watch w on w.ended_at is null and w.expires_on >= ${today}::date and ${means}
      ${inForce(today)}
      on conflict do nothing
      returning watch_id, listing_id
    )
    select watch_id as "watchId", listing_id as "listingId", w.agency_id as "agencyId", w.reference
    from found join watch w on w.id = found.watch_id
    order by watch_id, listing_id`);
}

/** Of these listings: watches that knew one which does not answer any more, or means another party now. */
export async function deleteLost(tx: Transaction, listings: SQL, today: string): Promise<LostMatch[]> {
  return tx.execute<LostMatch>(sql`
    with lost as (
      delete from watch_match m using ${listings} t
      where m.listing_id = t.listing_id and not exists (
        select from listing l join document d on d.subject_id = l.subject_id join watch w on w.id = m.watch_id
        where l.id = m.listing_id and ${answers(today)} and ${means}
      )
      returning m.watch_id, m.listing_id
    )
    select watch_id as "watchId", listing_id as "listingId", w.agency_id as "agencyId", w.reference,
      (${answers(today)}) as "isLive", l.exit_operation as operation
    from lost join watch w on w.id = lost.watch_id join listing l on l.id = lost.listing_id
    ${inForce(today)}
    where w.expires_on >= ${today}::date
    order by watch_id, listing_id`);
}

/** What is listed as the watch begins is no news: its agency learns that by a check. Only the removal will be told. */
export async function insertKnown(tx: Transaction, watchIds: readonly string[], today: string): Promise<void> {
  await tx.execute(sql`
    insert into watch_match (watch_id, listing_id)
    select distinct w.id, l.id
    from jsonb_array_elements_text(${JSON.stringify(watchIds)}::jsonb) given
    join watch w on w.id = given.value::uuid
    join document d on d.blind_index = w.subject_index
    join listing l on l.subject_id = d.subject_id and ${answers(today)} and ${means}
    on conflict do nothing`);
}
