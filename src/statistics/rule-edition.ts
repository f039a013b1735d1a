// Editions of the rules of assessment: those that are shipped, those that were imported, and which of them holds for a month.
import { isDeepStrictEqual } from "node:util";
import { appendAudit } from "../audit/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import shipped from "./assessment-rules.json" with { type: "json" };
import { insertRules, listImportedRules } from "./rule-queries.ts";
import { AssessmentRules } from "./rules.ts";
import { parseAs } from "../platform/http.ts";

export const shippedRules: AssessmentRules = parseRules(shipped);

/** Every edition, the later import after the earlier. */
export async function readEditions(reader: Reader): Promise<AssessmentRules[]> {
  return [shippedRules, ...(await listImportedRules(reader))];
}

/** The edition for a month: the last one that applies from no later a month. Null where none does yet. */
export function editionFor(editions: readonly AssessmentRules[], month: string): AssessmentRules | null {
  let chosen: AssessmentRules | null = null;
  for (const edition of editions) {
    if (edition.appliesFrom > month) continue;
    if (!chosen || chosen.appliesFrom <= edition.appliesFrom) chosen = edition;
  }
  return chosen;
}

export type ImportedRules = { outcome: "imported" | "unchanged"; edition: string; appliesFrom: string };

/** Takes an edition. The same again changes nothing; another text under a name that is taken is refused. */
export async function importRules(tx: Transaction, actor: string, json: unknown): Promise<ImportedRules> {
  const rules = parseRules(json);
  const { edition, appliesFrom } = rules;
  const known = (await readEditions(tx)).find((other) => other.edition === edition);
  if (known && isDeepStrictEqual(known, rules)) return { outcome: "unchanged", edition, appliesFrom };
  if (known) throw new AppError("conflict", { note: "an edition of this name says something else" });
  await insertRules(tx, rules, actor);
  await appendAudit(tx, {
    actor,
    action: "assessment.import",
    subject: "assessment_rules",
    detail: { edition, appliesFrom },
  });
  return { outcome: "imported", edition, appliesFrom };
}

function parseRules(json: unknown): AssessmentRules {
  return parseAs(AssessmentRules, json);
}
