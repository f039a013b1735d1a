// Many reports at once: each in a transaction of its own, so that one which is refused costs itself and holds nobody up.
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { faultsOf } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { Language } from "../platform/problem-catalogue.ts";
import { problemDocument } from "../platform/problem.ts";
import { type Given, giveFeedback } from "./feedback.ts";
import type { Reporter } from "./report.ts";
import { BatchItem } from "./request.ts";
import { feedbackView } from "./resource.ts";

export type ItemResult = { task: string; given: Given } | { task: string | null; refused: AppError };

/** Several at a time hide each other's commits; more would take the pool from everybody else. */
const AT_ONCE_MAX = 3;

export async function giveFeedbackBatch(
  db: Database,
  ring: KeyRing,
  reporter: Reporter,
  items: readonly unknown[],
  now: Date,
): Promise<ItemResult[]> {
  const results: ItemResult[] = [];
  const waiting = items.entries();
  await Promise.all(
    Array.from({ length: AT_ONCE_MAX }, async () => {
      for (const [place, item] of waiting) results[place] = await giveItem(db, ring, reporter, item, place, now);
    }),
  );
  return results;
}

async function giveItem(
  db: Database,
  ring: KeyRing,
  reporter: Reporter,
  item: unknown,
  place: number,
  now: Date,
): Promise<ItemResult> {
  const parsed = BatchItem.safeParse(item, { reportInput: true });
  if (!parsed.success) {
    const faults = faultsOf(parsed.error, `/items/${place}`);
    return { task: null, refused: new AppError("validation", { faults }) };
  }
  const { task, feedback } = parsed.data;
  const id = uuidOf("tsk", task);
  // What is no id of a task is the caller's text, and is not repeated.
  if (id === null) return { task: null, refused: new AppError("not-found") };
  try {
    const given = await db.transaction((tx) => giveFeedback(tx, ring, reporter, id, feedback, now));
    return { task, given };
  } catch (error) {
    // Whatever is not about the item ends the batch: what was recorded until then is `unchanged` when it is sent again.
    if (!(error instanceof AppError)) throw error;
    return { task, refused: placed(error, `/items/${place}/feedback`) };
  }
}

function placed({ code, detail }: AppError, prefix: string): AppError {
  const faults = detail.faults?.map((fault) => ({ ...fault, pointer: fault.pointer.replace("#", `#${prefix}`) }));
  return new AppError(code, { ...detail, ...(faults && { faults }) });
}

export function resultView(result: ItemResult, language: Language) {
  if ("given" in result) {
    const { task, given } = result;
    const status = given.isNew ? ("recorded" as const) : ("unchanged" as const);
    return { status, task, feedback: feedbackView(given.feedback) };
  }
  const { code, detail } = result.refused;
  const problem = problemDocument(code, language, detail.faults);
  const { refusal } = detail;
  const said = refusal && {
    detail: refusal.reason[language],
    refusal: { code: refusal.code, article: refusal.article },
  };
  return { status: "refused" as const, task: result.task, problem: { ...problem, ...said } };
}
