// A batch's answer: one result an item, in order, and what the members of a consortium amount to together.
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { Language } from "../platform/problem-catalogue.ts";
import { problemDocument } from "../platform/problem.ts";
import { type AnswerSource, answerView, CheckAnswer, type Outcome, sandbox } from "./answer.ts";
import type { Party, Unread } from "./request.ts";

export const InvalidItem = z.object({
  status: z.literal("invalid"),
  reference: z.string().nullable(),
  problem: z
    .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
    .loose(),
});
const CheckedItem = CheckAnswer.extend({ status: z.literal("checked"), reference: z.string().nullable() });

export const BatchAnswer = z
  .object({
    id: z.string(),
    sandbox,
    results: z.array(z.discriminatedUnion("status", [CheckedItem, InvalidItem])),
    groupResult: z
      .object({ rule: z.literal("any_member"), outcome: z.enum(["listed", "review", "clear", "incomplete"]) })
      .nullable()
      .openapi({
        description:
          "For a consortium: one listed member taints it (财库〔2016〕125号). Null where no member of a consortium was asked",
      }),
  })
  .openapi("BatchAnswer");

export type BatchAnswerView = z.infer<typeof BatchAnswer>;

/** Shapes a batch: `answers` are those of the parties that could be asked, in their order. */
export function batchView(
  batchId: string,
  parties: (Party | Unread)[],
  answers: AnswerSource[],
  language: Language,
): BatchAnswerView {
  const remaining = answers.toReversed();
  const results = parties.map((party): BatchAnswerView["results"][number] => {
    if ("problem" in party) {
      const problem = problemDocument(party.problem.code, language, party.problem.detail.faults);
      return { status: "invalid", reference: null, problem };
    }
    const answer = remaining.pop();
    if (!answer) throw new Error("a batch has fewer answers than parties");
    return { status: "checked", reference: party.reference ?? null, ...answerView(answer) };
  });
  return { id: publicId("bat", batchId), results, groupResult: groupResult(parties, results) };
}

/** One member's bad record counts as the consortium's; an item that could not be asked leaves it incomplete. */
function groupResult(parties: (Party | Unread)[], results: BatchAnswerView["results"]): BatchAnswerView["groupResult"] {
  const roleAt = (index: number) => {
    const party = parties[index];
    return party && "role" in party ? party.role : null;
  };
  if (!parties.some((_, index) => roleAt(index) === "consortium_member")) return null;
  const members = results.filter((_, index) => ["bidder", "consortium_member", null].includes(roleAt(index)));
  const found = new Set<Outcome | "incomplete">(
    members.map((result) => (result.status === "checked" ? result.outcome : "incomplete")),
  );
  const worst = (["listed", "incomplete", "review"] as const).find((outcome) => found.has(outcome));
  return { rule: "any_member", outcome: worst ?? "clear" };
}
