// Forms in work: what somebody has typed of a listing and not handed up yet.
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../../platform/schema.ts";

/** A form that somebody is still writing: no part of the register, sealed whole, and its author's alone. */
export const draftForm = pgTable(
  "draft_form",
  {
    id: uuid("id").primaryKey(),
    /** `acc_…` */
    author: text("author").notNull(),
    sealed: bytea("sealed").notNull(),
    version: integer("version").notNull(),
    savedAt: instant("saved_at").notNull(),
  },
  (table) => [
    index("draft_form_author").on(table.author, table.savedAt),
    // Old ones are forgotten.
    index("draft_form_saved").on(table.savedAt),
  ],
);
