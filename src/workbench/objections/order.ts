// From the form of an act to what its operation takes, and to the paper that says the same.
import { textOf } from "../../platform/form-request.ts";
import { readValues } from "../../ui/index.ts";

type Correction = { operation?: string; ground?: string | { code?: string; searches?: number; hasLead?: boolean } };

export function bodyOf(act: string, form: FormData): Record<string, unknown> {
  const booleans = act.startsWith("uphold") && form.has("correction/ground/code") ? ["correction/ground/hasLead"] : [];
  const kinds = { booleans, numbers: ["correction/ground/searches"], lists: ["corrections/grounds"] };
  const values = readValues(form, kinds);
  const correction = correctionOf(values["correction"] ?? {});
  return act.startsWith("uphold") ? { ...values, correction } : values;
}

/** A way that takes no ground is sent without one, and only its fourth item says what was searched. */
function correctionOf({ operation, ground }: Correction): Correction {
  if (operation !== "delete" && operation !== "lift") return operation === undefined ? {} : { operation };
  if (typeof ground === "object" && ground.code !== "R4")
    return { operation, ground: ground.code === undefined ? {} : { code: ground.code } };
  return { operation, ...(ground !== undefined && { ground }) };
}

/** The paper that bears the decision, as the same fields word it. */
export function paperOf(act: string, subject: string, form: FormData) {
  const isUpheld = act === "uphold_reconsideration";
  return {
    kind: act === "reject" ? "rejection" : "reconsideration_decision",
    subject,
    number: textOf(form, "paper/number"),
    datedOn: textOf(form, "paper/datedOn"),
    reasons: textOf(form, "reasons"),
    ...(isUpheld && { correction: textOf(form, "correction/operation") }),
  };
}
