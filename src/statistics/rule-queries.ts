// The statements on imported rules of assessment.
import { asc } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { AssessmentRules } from "./rules.ts";
import { assessmentRules } from "./schema.ts";

export async function insertRules(tx: Transaction, rules: AssessmentRules, importedBy: string): Promise<void> {
  await tx.insert(assessmentRules).values({ appliesFrom: rules.appliesFrom, rules, importedBy });
}

/** In the order of their import. */
export async function listImportedRules(reader: Reader): Promise<AssessmentRules[]> {
  const rows = await reader
    .select({ rules: assessmentRules.rules })
    .from(assessmentRules)
    .orderBy(asc(assessmentRules.id));
  return rows.map(({ rules }) => rules);
}
