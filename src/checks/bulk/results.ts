// The results of a file of questions: a line for each row, kept as JSON Lines and handed out as those or as CSV.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { BatchAnswerView } from "../batch.ts";
import type { FileRow } from "./rows.ts";

export type BulkResult = { line: number } & BatchAnswerView["results"][number];
export const resultForms = {
  "json-lines": { type: "application/jsonl; charset=utf-8", extension: "jsonl" },
  csv: { type: "text/csv; charset=utf-8; header=present", extension: "csv" },
} as const;
export type ResultForm = keyof typeof resultForms;

/** The lines of rows in their order; `results` stand in the same one. */
export function resultLines(rows: readonly FileRow[], results: BatchAnswerView["results"]): string {
  return results
    .map((result, index) => {
      const row = rows[index];
      if (!row) throw new Error("a result has no row");
      return `${JSON.stringify({ line: row.line, ...result })}\n`;
    })
    .join("");
}

/** The first `bytes` of the file at `path`: what stands behind them is not safe yet. */
export function readResults(path: string, bytes: number, form: ResultForm): Readable {
  if (bytes === 0) return Readable.from([]);
  const lines = createReadStream(path, { end: bytes - 1 });
  if (form === "json-lines") return lines;
  const cells = stringify({ bom: true, header: true, columns, record_delimiter: "windows", escape_formulas: true });
  return pipeline(Readable.from(records(lines)), cells, () => {});
}

const columns = (
  "line status reference id checkedAt outcome dishonest consumption_limit action grades listings courts caseNumbers " +
  "measures feedbackDueOn receipt problem faults"
).split(" ");

async function* records(lines: Readable): AsyncGenerator<Record<string, unknown>> {
  for await (const text of createInterface({ input: lines, crlfDelay: Infinity }))
    yield cellsOf(JSON.parse(text) as BulkResult);
}

function cellsOf(result: BulkResult): Record<string, unknown> {
  const { line, status, reference } = result;
  if (result.status === "invalid") {
    const { code, errors } = result.problem as { code: string; errors?: { pointer: string; code: string }[] };
    const faults = errors?.map((fault) => `${fault.pointer} ${fault.code}`).join("; ");
    return { line, status, reference, problem: code, faults };
  }
  const { id, checkedAt, outcome, lists, action, matches, measures, feedbackDueOn, receipt } = result;
  const each = (value: (match: (typeof matches)[number]) => string) => matches.map(value).join("; ");
  return {
    line,
    status,
    reference,
    id,
    checkedAt,
    outcome,
    ...lists,
    action,
    feedbackDueOn,
    receipt,
    grades: each(({ grade }) => grade),
    listings: each(({ listingId }) => listingId),
    courts: each(({ court }) => court.name),
    caseNumbers: each(({ caseNumber }) => caseNumber),
    measures: measures.map(({ code }) => code).join("; "),
  };
}
