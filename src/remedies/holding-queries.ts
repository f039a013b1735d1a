// Which checks objections need, for whoever gives the record of checks up: those that showed what is disputed.
import { sql } from "drizzle-orm";
import type { Holding } from "../checks/keeping/index.ts";
import { hit } from "../checks/schema.ts";
import { runningStates } from "./lifecycle.ts";
import { objection } from "./schema.ts";

export const heldByObjections: Holding = (before) => sql`
  select h.check_id, 'objection', true
  from ${objection} o join ${hit} h on h.listing_id = o.listing_id
  where h.check_id < ${before}::uuid
    and o.state in (select jsonb_array_elements_text(${JSON.stringify(runningStates)}::jsonb))`;
