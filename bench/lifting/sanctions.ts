// Sanctions by the hundred thousand, as the service would have recorded them one by one.
import type { Connection } from "../../src/platform/database.ts";

/** Chooses listings that are the only one of their party, and says their case numbers as the file has them. */
export async function chooseRemovals({ sql }: Connection, count: number): Promise<Set<string>> {
  await sql`
    create table bench_removal as
    select l.id, l.name_keys, l.case_number_raw, d.blind_index
    from listing l
    join lateral (
      select blind_index from document d where d.subject_id = l.subject_id and d.number_sealed is not null limit 1
    ) d on true
    where l.state = 'published' and l.list = 'dishonest' and l.answers_until is null
      and not exists (select from listing other where other.subject_id = l.subject_id and other.id <> l.id)
      and not exists (select from listing other where other.case_number = l.case_number and other.id <> l.id)
    order by l.id limit ${count}`;
  const rows = await sql<{ caseNumber: string }[]>`select case_number_raw as "caseNumber" from bench_removal`;
  if (rows.length < count) throw new Error(`only ${rows.length} parties have one listing and a full number`);
  return new Set(rows.map(({ caseNumber }) => caseNumber));
}

/** One sanction of each agency on each of the chosen listings. */
export async function imposeSanctions({ sql }: Connection, agencies: readonly string[]): Promise<void> {
  for (const agencyId of agencies)
    await sql`
      with imposed as (
        insert into sanction (id, agency_id, task_id, feedback_id, check_id, subject_index, purpose, lists, measure, title,
          effect, legal_basis, conditions, decision_number, decision_dated_on, officer, duration, imposed_on, state,
          recorded_at, register_position)
        select gen_random_uuid(), ${agencyId}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), r.blind_index,
          'procurement.supplier_qualification', array['dishonest'], 'OP2016-01-01', '设立金融类公司限制',
          'prudential_reference', '中办国办2016年意见 第1类第1项', '{}'::text[], '测试1号', current_date, 'officer 0417',
          'while_listed', current_date, 'active', now(), (select position from register_state)
        from bench_removal r
        returning id, subject_index
      )
      insert into sanction_listing (sanction_id, listing_id, grade, since, name_keys)
      select i.id, r.id, 'exact', now(), r.name_keys from imposed i join bench_removal r on r.blind_index = i.subject_index`;
  await sql`analyze sanction, sanction_listing`;
}
