// Checks that are sent afterwards: an agency had to act while nobody could ask, and says when and why. What the register says
// now is no answer for then, so of that time nothing is ever said to have been clear.
import { z } from "../platform/http.ts";
import { AppError, type FieldFault } from "../platform/error.ts";
import { shanghaiDate, shanghaiTime } from "../platform/time.ts";
import { type Grade, type OutcomeThen, outcomesThen } from "./codes.ts";

/** Clocks of two machines differ by no more. */
const SKEW_MS = 60_000;

/** When the agency acted without an answer, and why it could not wait. */
export type Late = { actedAt: Date; reason: string };

export const LateView = z
  .object({
    actedAt: z.iso.datetime({ offset: true }),
    reason: z.string(),
    outcomeThen: z.enum(outcomesThen).openapi({
      description:
        "What held when the agency acted, as far as today's matches tell: one of them was published on an earlier day; " +
        "otherwise unknown, and never clear",
    }),
  })
  .openapi("LateCheck");

type Given = { actedAt?: string | undefined; actedReason?: string | undefined };

/** The two fields of a request, which stand together; null without them. */
export function readLate({ actedAt, actedReason: reason }: Given, now = Date.now()): Late | null {
  if (actedAt === undefined && reason === undefined) return null;
  const fault = (member: keyof Given, code: FieldFault["code"]) =>
    new AppError("validation", { faults: [{ pointer: `#/${member}`, code }] });
  if (actedAt === undefined) throw fault("actedAt", "required");
  if (reason === undefined) throw fault("actedReason", "required");
  const at = new Date(actedAt);
  if (at.getTime() > now + SKEW_MS) throw fault("actedAt", "out_of_range");
  return { actedAt: at, reason };
}

type Found = { grade: Grade; publishedOn: string };

/** A listing of the same day may have come after the act. */
export function outcomeThen({ actedAt }: Pick<Late, "actedAt">, matches: readonly Found[] | null): OutcomeThen {
  const day = shanghaiDate(actedAt);
  const stood = (matches ?? []).filter(({ publishedOn }) => publishedOn < day);
  if (stood.some(({ grade }) => grade === "exact")) return "listed";
  return stood.length > 0 ? "review" : "unknown";
}

export function lateView(late: Late, matches: readonly Found[] | null): z.infer<typeof LateView> {
  return {
    actedAt: shanghaiTime(late.actedAt),
    reason: late.reason,
    outcomeThen: outcomeThen(late, matches),
  };
}

/** As it stands in the record. */
export type Acted = { actedAt: Date | null; actedReason: string | null };
const ASKED_FIRST: Acted = { actedAt: null, actedReason: null };

export function actedOf(late: Late | null | undefined): Acted {
  return late ? { actedAt: late.actedAt, actedReason: late.reason } : ASKED_FIRST;
}
