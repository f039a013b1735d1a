// Which measures an answer offers and what is to be done, in SQL, for parties that were found and nobody else.

/** An offered measure as it is stored: `StoredMeasure` of a row of `agency_measure`. */
const MEASURE = `jsonb_build_object(
          'measureId', m.id, 'code', m.code, 'title', m.title, 'effect', m.effect, 'decision', m.decision,
          'legalBasis', concat_ws(' ', m.legal_basis, m.article), 'conditions', m.conditions, 'humanDesk', m.human_desk
        )`;

/**
 * For one row of `by_item` (`item`, `exact_lists`, `other_lists`, `party`): the measures switched on for its agency
 * that concern an exact match, their codes as JSON, and the action. Parameter 5 is the credential of each item, 8 its
 * facts: the third is the role, the fourth the kind of document. A number does not tell a legal person from another
 * organisation: the officer sees to that.
 */
export const OFFERED_SQL = `
      select
        coalesce(jsonb_agg(measure order by code) filter (where is_offered), '[]') as measures,
        coalesce(to_json(array_agg(code order by code) filter (where is_offered))::text, '[]') as codes,
        case
          when bool_or(is_offered and decision = 'first_stop') then 'first_stop'
          when bool_or(is_offered) then 'decide'
          when count(*) > 0 then 'verify_identity'
          else 'none'
        end as action
      from (
        select m.code, m.decision, coalesce(m.lists && by_item.exact_lists, false) as is_offered,
          ${MEASURE} as measure
        from credential c
        cross join lateral (select string_to_array(($8::text[])[by_item.item], chr(31), '') as said offset 0) f
        join agency_measure m on m.agency_id = c.agency_id
          and m.credit_approval is not null
          and m.court_approval is not null
          and m.withdrawn_at is null
          and m.valid_from <= current_date
          and (m.valid_until is null or m.valid_until >= current_date)
        where c.place = ($5::int[])[by_item.item]
          and c.purpose = any (m.purposes)
          and f.said[3] = any (m.roles)
          and m.subject_kinds && case
            when f.said[4] in ('uscc', 'organization_code', 'registration_number')
              then array['legal_person', 'unincorporated_org']
            else array['natural_person']
          end
          and (m.lists && by_item.exact_lists or m.lists && by_item.other_lists)
          -- What a court has excepted for these days is out on both lists (limit rule art. 8).
          and not exists (
            select from exception_window w
            join listing l on l.id = w.listing_id and l.state = 'published'
            where w.subject_id = by_item.party
              and w.closed_at is null
              and current_date between w.starts_on and w.ends_on
              and m.code = any (w.measures)
          )
      ) applying`;

/**
 * What follows from the rows of `answered` that found anybody: who was shown what, and what the agency owes an answer
 * to. Tasks are written in the order of their keys, so that groups of several processes wait for each other and never
 * in a ring; parties of one group may be one task. Parameter 13 is the last day for feedback of each credential.
 */
export const CONSEQUENCES_SQL = `shown as (
  insert into hit (listing_id, check_id, agency_id, purpose, grade, checked_at)
  select (m.match ->> 'listingId')::uuid, a.id, a.agency_id, a.purpose, m.match ->> 'grade', now()
  from answered a
  cross join lateral jsonb_array_elements(a.matches) m (match)
  where a.outcome <> 'clear'
), task as (
  insert into feedback_task (
    id, agency_id, subject_index, purpose, case_reference, opened_at, due_on, checks, first_check_id, last_check_id
  )
  select ids[1], agency_id, subject_index, purpose, case_reference, now(), due_on, cardinality(ids), ids[1],
    ids[cardinality(ids)]
  from (
    select a.agency_id, a.subject_index, a.purpose, a.said[1] as case_reference,
      ($13::date[])[min(a.credential)] as due_on, array_agg(a.id order by a.place) as ids
    from answered a
    where a.action <> 'none'
    group by a.agency_id, a.subject_index, a.purpose, a.said[1]
  ) owed
  order by agency_id, subject_index, purpose, case_reference
  on conflict (agency_id, subject_index, purpose, case_reference) do update
    set checks = feedback_task.checks + excluded.checks, last_check_id = excluded.last_check_id
  returning agency_id, subject_index, purpose, case_reference, due_on
)`;

/** Of the tasks: what an answer says of them, by what a caller knows. */
export const DUE_SQL = `(
    select jsonb_agg(jsonb_build_object(
      'agencyId', agency_id, 'subject', encode(subject_index, 'hex'), 'purpose', purpose,
      'caseReference', case_reference, 'dueOn', due_on
    )) from task
  )`;
