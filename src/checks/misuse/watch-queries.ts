// SQL that reads the record for the watch: what a day's checks amount to by key, and checks of canaries.
import { sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { uuidAt } from "../../platform/id.ts";
import type { DayFacts, MisuseSettings } from "./rules.ts";

export type WatchPlace = { canariesUntil: Date; judgedAt: Date };
/** From an instant to another, by the ids of checks: each is made in the process that answers. */
export type IdStretch = { from: Date; to: Date };

/** The watch's place, locked; none while another process watches. A new watch begins with `start`. */
export async function lockWatch(tx: Transaction, start: Date): Promise<WatchPlace | undefined> {
  const at = start.toISOString();
  await tx.execute(sql`
    insert into misuse_watch (canaries_until, judged_at) values (${at}, ${at}) on conflict do nothing`);
  const [place] = await tx.execute<{ canaries: number; judged: number }>(sql`
    select (extract(epoch from canaries_until) * 1000)::float8 as canaries,
      (extract(epoch from judged_at) * 1000)::float8 as judged
    from misuse_watch for update skip locked`);
  return place && { canariesUntil: new Date(place.canaries), judgedAt: new Date(place.judged) };
}

export async function setWatch(tx: Transaction, { canariesUntil, judgedAt }: WatchPlace): Promise<void> {
  await tx.execute(sql`
    update misuse_watch set canaries_until = ${canariesUntil.toISOString()}, judged_at = ${judgedAt.toISOString()}`);
}

/** A day of a large agency is millions of rows. */
export async function allowLongStatements(tx: Transaction): Promise<void> {
  await tx.execute(sql`set local statement_timeout = '60s'`);
}

const isWithin = ({ from, to }: IdStretch) =>
  sql`c.agency_id = a.id and c.id >= ${uuidAt(from)}::uuid and c.id < ${uuidAt(to)}::uuid`;

export type CanaryCheck = { agencyId: string; keyId: string; checks: number };

/** Who asked for an invented number. */
export async function listCanaryChecks(reader: Reader, stretch: IdStretch): Promise<CanaryCheck[]> {
  const found = await reader.execute<CanaryCheck>(sql`
    select c.agency_id as "agencyId", c.key_id as "keyId", count(*)::int as checks
    from agency a
    join check_record c on ${isWithin(stretch)}
    join canary n on n.blind_index = c.subject_index
    group by 1, 2`);
  return [...found];
}

/** The agencies that asked anything. */
export async function listAsking(reader: Reader, stretch: IdStretch): Promise<string[]> {
  const rows = await reader.execute<{ id: string }>(sql`
    select a.id from agency a where exists (select from check_record c where ${isWithin(stretch)})`);
  return rows.map(({ id }) => id);
}

export type KeyFacts = DayFacts & { keyId: string };

/** What each key of an agency asked; of a party, whatever keys were used, the one that was used last answers for it. */
export async function listKeyFacts(
  reader: Reader,
  agencyId: string,
  stretch: IdStretch,
  { off_hours: { from, until, exceptPurposes } }: MisuseSettings,
): Promise<KeyFacts[]> {
  const hour = sql`extract(hour from c.checked_at at time zone 'Asia/Shanghai')::int`;
  const isOff =
    from <= until ? sql`${hour} >= ${from} and ${hour} < ${until}` : sql`(${hour} >= ${from} or ${hour} < ${until})`;
  const facts = await reader.execute<KeyFacts>(sql`
    with asked as (
      select c.key_id, c.operator, c.outcome, c.subject_index, c.id,
        ${isOff}
          and not c.purpose = any (array(select jsonb_array_elements_text(${JSON.stringify(exceptPurposes)}::jsonb)))
          and not exists (select from bulk_check b where b.id = c.batch_id) as is_off
      from agency a join check_record c on ${isWithin(stretch)}
      where a.id = ${agencyId} and octet_length(c.subject_index) > 0
    ),
    by_key as (
      select key_id, count(*)::int as checks, count(distinct subject_index)::int as persons,
        (count(distinct subject_index) filter (where outcome <> 'clear'))::int as persons_found,
        (count(*) filter (where outcome = 'review'))::int as reviews, (count(*) filter (where is_off))::int as off_hours
      from asked group by key_id
    ),
    by_person as (
      select (array_agg(key_id order by id desc))[1] as key_id, count(distinct operator)::int as operators
      from asked group by subject_index having count(distinct operator) > 1
    )
    select k.key_id as "keyId", k.checks, k.persons, k.persons_found as "personsFound", k.reviews,
      k.off_hours as "offHours", coalesce(max(p.operators), least(k.checks, 1)) as operators
    from by_key k left join by_person p on p.key_id = k.key_id
    group by k.key_id, k.checks, k.persons, k.persons_found, k.reviews, k.off_hours`);
  return [...facts];
}
