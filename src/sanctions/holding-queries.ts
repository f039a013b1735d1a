// Which checks reports, sanctions and questions to courts need, for whoever gives the record of checks up.
import { sql } from "drizzle-orm";
import type { Holding } from "../checks/keeping/index.ts";
import { feedbackTask } from "../checks/schema.ts";
import { identityAsker, identityRequest } from "./identity/schema.ts";
import { liftObligation, pastRefusalReview } from "./lifting/schema.ts";
import { feedback, sanction } from "./schema.ts";

/** A task is open while no report is current; a report names the check whose answer it speaks of. */
export const heldByFeedback: Holding = (before) => sql`
  select t.last_check_id, 'feedback',
    not exists (select from ${feedback} f where f.task_id = t.id and f.superseded_by is null)
  from ${feedbackTask} t where t.last_check_id < ${before}::uuid
  union all
  select f.check_id, 'feedback', false from ${feedback} f where f.check_id < ${before}::uuid`;

/** A sanction is open while it is in force, or anything is still owed for it. */
export const heldBySanctions: Holding = (before) => sql`
  select s.check_id, 'sanction',
    s.state = 'active'
      or exists (select from ${liftObligation} o where o.sanction_id = s.id and o.state = 'open')
      or exists (select from ${pastRefusalReview} r where r.sanction_id = s.id and r.outcome is null)
  from ${sanction} s where s.check_id < ${before}::uuid`;

export const heldByIdentityRequests: Holding = (before) => sql`
  select a.check_id, 'identity', q.finding is null
  from ${identityAsker} a join ${identityRequest} q on q.id = a.request_id
  where a.check_id < ${before}::uuid`;
