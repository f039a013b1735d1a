// Rows of the record without a service: as many as asked, with ids of any instant.
import { newUuid, uuidAt } from "../../../src/platform/id.ts";
import type { Sql } from "../../../src/platform/database.ts";

export type RowPlace = { at: Date; agencyId: string; subject?: string; rows?: number };

/** Clear checks of one party by one agency, made in the milliseconds from `at` on; their ids. */
export async function addRows(sql: Sql, { at, agencyId, subject = "", rows = 1 }: RowPlace): Promise<string[]> {
  const ids = Array.from({ length: rows }, (_, place) => idAt(new Date(at.getTime() + place)));
  await sql`
    insert into check_record (id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome,
      register_position, matcher_version, document_kind, subject_index, subject_sealed, action)
    select given.id::uuid, ${agencyId}, 'kkkkkkkkkk', ${at.toISOString()}, 'office.lease', '1', '1', 'party',
      array['dishonest'], 'clear', 0, 1, 'resident_id', ${Buffer.from(subject)}, 'sealed', 'none'
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as given (id)`;
  return ids;
}

/** An id of that instant: its time before the random half of a new one. */
export function idAt(at: Date): string {
  return uuidAt(at).slice(0, 13) + newUuid().slice(13);
}
