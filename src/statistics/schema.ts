// Figures by day, the days that are closed, and the rules by which figures become points.
import { bigint, date, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "../platform/schema.ts";
import { figureScopes } from "./figure-scope.ts";
import type { AssessmentRules } from "./rules.ts";

/** What was counted of a closed day. What is not here is zero. */
export const dayFigure = pgTable(
  "day_figure",
  {
    scope: text("scope", { enum: figureScopes }).notNull(),
    /** As in the catalogue (`figures.ts`), and of a figure that is broken down, the part; empty otherwise. */
    figure: text("figure").notNull(),
    part: text("part").notNull(),
    /** The agency's id, the court's code (its name where a legacy case number has none), or empty for the register. */
    body: text("body").notNull(),
    day: date("day").notNull(),
    value: bigint("value", { mode: "number" }).notNull(),
  },
  (table) => [
    // What is open at the end of a month is a sum over all days before it: of few figures, each of which lies together.
    primaryKey({ columns: [table.scope, table.figure, table.part, table.body, table.day] }),
    index("day_figure_day").on(table.day),
  ],
);

/** The days whose figures are stored, without a gap. */
export const closedDay = pgTable("closed_day", {
  day: date("day").primaryKey(),
  /** The working calendar by which deadlines were judged: by another one they are counted again. */
  calendarVersion: text("calendar_version").notNull(),
  closedAt: instant("closed_at").notNull(),
});

/** Rules of assessment beside those that are shipped. Nothing is replaced: of two for one month the later row holds. */
export const assessmentRules = pgTable("assessment_rules", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  /** `YYYY-MM` */
  appliesFrom: text("applies_from").notNull(),
  rules: jsonb("rules").$type<AssessmentRules>().notNull(),
  importedBy: text("imported_by").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
});
