// How a listing answers a check, in SQL: for the group statement, and for whatever asks the register as it was.

/** A hit as it is stored and answered: `StoredMatch` of a row of `listing`. `flag` says whether an objection runs. */
export function matchSql(row: string, flag = `${row}.under_objection`): string {
  return `jsonb_build_object(
      'listingId', ${row}.id, 'list', ${row}.list, 'grade', grade.grade,
      'courtCode', ${row}.court_code, 'courtName', ${row}.court_name, 'caseNumber', ${row}.case_number_raw,
      'grounds', ${row}.grounds, 'publishedOn', ${row}.published_on, 'termKind', ${row}.term_kind,
      'termEndsOn', ${row}.term_ends_on, 'capacity', ${row}.capacity, 'underObjection', ${flag}
    )`;
}

/** A number decides, a name never: `names` are the match keys that were asked for, `d.is_full` whether the number was. */
export function gradeSql(row: string, names: string): string {
  return `case
      when not d.is_full then 'probable'
      when ${row}.name_keys && ${names} then 'exact'
      else 'conflict'
    end`;
}

/** Of a listing that is found by several documents, the first of these stands. */
export const GRADE_ORDER = "array['exact', 'conflict', 'probable']";

/** The joins of a credential `c` (digest, purpose): key `k`, agency and purpose that are in force in this snapshot. */
export const IN_FORCE_SQL = `join api_key k on k.digest = c.digest
    and k.revoked_at is null
    and k.not_before <= now()
    and (k.expires_at is null or k.expires_at > now())
    and 'checks:write' = any (k.scopes)
  join agency a on a.id = k.agency_id
    and a.state = 'active'
    and (a.agreement_from is null or a.agreement_from <= current_date)
    and (a.agreement_until is null or a.agreement_until >= current_date)
  join agency_purpose p on p.agency_id = k.agency_id
    and p.purpose = c.purpose
    and p.valid_from <= current_date
    and (p.valid_until is null or p.valid_until >= current_date)`;

/**
 * The hits of the group: of `item` by its first key, of parameters 9 and 10 (item, key) by a mask. Parameter 3 are the
 * lists of each credential, 5 the credential of each item, 11 its name keys. `more` adds to what is selected.
 */
export const hitsSql = (more = ""): string => `matched as materialized (
  -- The index nested loop over every key of the group: for nearly every key it ends at the first index. Masks have a
  -- small index of their own. offset 0 keeps the order of these joins: a table that was never analyzed looks small
  -- enough to be read whole.
  select distinct on (d.item, l.id)
    d.item, d.is_full, d.subject_id, l.id, l.list, l.published_on, grade.grade,
    ${matchSql("l")} as match${more}
  from (
    select i.item, d.subject_id, true as is_full
    from item i
    cross join lateral (select subject_id from document where blind_index = i.subject_index offset 0) d
    union all
    select p.item, d.subject_id, false
    from unnest($9::int[], $10::bytea[]) as p (item, key)
    cross join lateral (
      select subject_id from document where blind_index = p.key and number_sealed is null offset 0
    ) d
  ) d
  cross join lateral (
    select * from listing
    where subject_id = d.subject_id
      and state = 'published'
      and (answers_until is null or answers_until >= current_date)
    offset 0
  ) l
  cross join lateral (
    select ${gradeSql("l", "string_to_array(($11::text[])[d.item], chr(31))")} as grade
  ) grade
  where l.list = any (string_to_array(($3::text[])[($5::int[])[d.item]], chr(31)))
  order by d.item, l.id, array_position(${GRADE_ORDER}, grade.grade)
`;
