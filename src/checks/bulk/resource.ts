// A file of questions as its agency sees it: an operation that is polled.
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { type ProblemCode, problemOf } from "../../platform/problem-catalogue.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { bulkStates } from "../codes.ts";
import { KEPT_DAYS } from "./files.ts";
import type { BulkRow } from "./queries.ts";

const DAY_MS = 86_400_000;
const instant = z.iso.datetime({ offset: true });

export const BulkCheck = z
  .object({
    id: z.string().openapi({ example: "blk_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    state: z.enum(bulkStates),
    purpose: z.string(),
    caseReference: z.string(),
    operator: z.string(),
    format: z.enum(["json-lines", "csv"]),
    progress: z.object({
      done: z.int().openapi({ description: "Rows whose results are safe" }),
      total: z.int().nullable().openapi({ description: "Rows of the file; null until they are counted" }),
    }),
    counts: z.object({ listed: z.int(), review: z.int(), clear: z.int(), invalid: z.int() }),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    problem: z
      .object({ code: z.string(), title: z.string() })
      .nullable()
      .openapi({ description: "Why it failed; rows that were asked before stand, with their results" }),
    results: z.string().nullable().openapi({ description: "Where results are, those so far included" }),
    resultsUntil: instant.nullable().openapi({ description: `${KEPT_DAYS} days after the end` }),
  })
  .openapi("BulkCheck");

export function bulkView(row: BulkRow): z.infer<typeof BulkCheck> {
  const id = publicId("blk", row.id);
  const { state, purpose, caseReference, operator, form, done, total, listed, review, clear, invalid } = row;
  const time = (at: Date | null) => (at === null ? null : shanghaiTime(at));
  return {
    id,
    state,
    purpose,
    caseReference,
    operator,
    format: form,
    progress: { done, total },
    counts: { listed, review, clear, invalid },
    createdAt: shanghaiTime(row.createdAt),
    startedAt: time(row.startedAt),
    finishedAt: time(row.finishedAt),
    problem: row.problem === null ? null : problemView(row.problem as ProblemCode),
    results: done === 0 ? null : `/v1/bulk-checks/${id}/results`,
    resultsUntil: row.finishedAt && shanghaiTime(new Date(row.finishedAt.getTime() + KEPT_DAYS * DAY_MS)),
  };
}

function problemView(code: ProblemCode): { code: string; title: string } {
  return { code, title: problemOf(code).title.zh };
}
