// Idempotency keys in the group statement, in SQL: whoever claims a key is asked about and recorded in the same statement,
// and whoever does not is left out of it. Only groups that carry keys have this in their text.

/** A claim of a request, for the statement; its checks name it by the answer. */
export type Claim = {
  digest: string;
  fingerprint: string;
  /** The check of a single one, or the batch. */
  answerId: string;
  language: "zh" | "en";
};

/**
 * Parameters 14–18: digest, fingerprint, answer, language and credential of each claim. In the order of their digests,
 * and before anything else is written: statements of several processes wait for each other and never in a ring. Of a key
 * that another statement is writing this waits for the end, and where that one commits, its row may be invisible here:
 * what was not claimed is looked up by a statement that comes later.
 */
export const CLAIMS_SQL = `, claim as (
  insert into check_claim (digest, fingerprint, agency_id, answer_id, language, claimed_at)
  select g.digest, g.fingerprint, c.agency_id, g.answer, g.language, now()
  from unnest($14::uuid[], $15::uuid[], $16::uuid[], $17::text[], $18::int[])
    as g (digest, fingerprint, answer, language, credential)
  join credential c on c.place = g.credential
  order by g.digest
  on conflict (digest) do nothing
  returning answer_id
), claimed as materialized (
  select coalesce(jsonb_object_agg(answer_id, true), '{}') as answers from claim
)`;

/** Of a row of `item` with its facts: what carries no key, or has claimed it. */
export const CLAIMED_SQL = `
  cross join claimed
  where f.said[13] is null or claimed.answers ? f.said[13]`;

export const CLAIMED_ANSWERS_SQL = `
  (select answers from claimed) as claimed,`;
