// A look back as the API shows it: every member that leaves is named here.
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { actionOf, type AnswerSource, answerView, CheckAnswer } from "../answer.ts";
import { Findings, type FindingsSource, findingsView } from "../answer.ts";
import { differenceKinds } from "../codes.ts";
import type { CheckRow } from "../queries.ts";
import { RecordedCheck, recordView } from "../record.ts";
import type { Difference } from "./replay.ts";

export const AsOfAnswer = Findings.extend({ at: z.string() }).openapi("AsOfAnswer");

export const Replay = z
  .object({
    recorded: RecordedCheck,
    reproduced: z.boolean().openapi({
      description:
        "Whether the register at the position of the check gives the recorded answer again. False where a number has " +
        "become known of a party since, or where the check is older than the history of the register",
    }),
    today: CheckAnswer.openapi({ description: "The same question now, as a check of its own" }),
    differs: z.boolean().openapi({ description: "In outcome, matches, action or measures" }),
    differences: z.array(
      z.object({
        listingId: z.string(),
        what: z.enum(differenceKinds),
        registerPosition: z.int().openapi({ description: "Of the last change of the listing" }),
        at: z.string(),
      }),
    ),
  })
  .openapi("Replay");

export function asOfView(found: FindingsSource, at: Date): z.infer<typeof AsOfAnswer> {
  return { at: shanghaiTime(at), ...findingsView(found) };
}

export type Replayed = { row: CheckRow; reproduced: boolean; today: AnswerSource; differences: Difference[] };

export function replayView(ring: KeyRing, { row, reproduced, today, differences }: Replayed): z.infer<typeof Replay> {
  return {
    recorded: recordView(ring, row),
    reproduced,
    today: answerView(today),
    differs: row.outcome !== today.outcome || differences.length > 0 || offerOf(row) !== offerOf(today),
    differences: differences.map(({ listingId, what, change }) => ({
      listingId: publicId("lst", listingId),
      what,
      registerPosition: change.position,
      at: shanghaiTime(new Date(change.atMs)),
    })),
  };
}

function offerOf(source: AnswerSource): string {
  return [actionOf(source), ...(source.measures ?? []).map(({ measureId }) => measureId)].join();
}
