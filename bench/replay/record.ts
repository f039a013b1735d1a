// Holds the record against the answers: every answered check is in it once, with the outcome that was answered.
import type { Sql } from "../../src/platform/database.ts";
import type { Outcome } from "./questions.ts";

export type Compared = {
  rows: number;
  /** Answers without a row; rows without an answer, or a second one; rows with another outcome. */
  unrecorded: number;
  unanswered: number;
  different: number;
};

const PAGE_ROWS = 10_000;

export async function compareRecord(sql: Sql, outcomes: ReadonlyMap<string, Outcome>): Promise<Compared> {
  const missing = new Map(outcomes);
  const compared = { rows: 0, unanswered: 0, different: 0 };
  const pages = sql<{ id: string; outcome: Outcome }[]>`select id, outcome from check_record`.cursor(PAGE_ROWS);
  for await (const page of pages) {
    for (const { id, outcome } of page) {
      const answered = missing.get(id);
      compared.rows++;
      if (answered === undefined) compared.unanswered++;
      else if (answered !== outcome) compared.different++;
      missing.delete(id);
    }
  }
  return { ...compared, unrecorded: missing.size };
}
