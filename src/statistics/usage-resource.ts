// Usage as an agency sees it: every member that leaves is named here.
import { z } from "../platform/http.ts";
import { shanghaiTime } from "../platform/time.ts";
import type { AgencyUsage, Usage } from "./usage.ts";

const Used = z.object({ limit: z.int(), used: z.int(), remaining: z.int() });

const UsageView = z.object({
  checks: Used.openapi({
    description:
      "Identities today, from the record. What remains may be less than the difference by what processes of the service hold " +
      "ready for seconds: at most a hundredth",
  }),
  persons: Used.openapi({ description: "Different parties today: estimated, with a standard error of 1.6 per cent" }),
  burst: z
    .object({ limit: z.int(), windowSeconds: z.int(), remaining: z.int() })
    .openapi({ description: "Identities at once, and in how many seconds so many are there again" }),
});

export const AgencyUsageView = z
  .object({
    day: z.iso.date(),
    resetsAt: z.iso.datetime({ offset: true }).openapi({ description: "When the day's limits are whole again" }),
    agency: UsageView.openapi({ description: "All keys together; its limits hold beside those of each key" }),
    keys: z.array(UsageView.extend({ id: z.string(), note: z.string().nullable(), inForce: z.boolean() })),
    days: z
      .array(z.object({ day: z.iso.date(), checks: z.int(), listed: z.int(), review: z.int(), clear: z.int() }))
      .openapi({ description: "Identities checked, the latest day first, today included" }),
  })
  .openapi("AgencyUsage");

export function usageView({ day, resetsAt, agency, keys, days }: AgencyUsage): z.infer<typeof AgencyUsageView> {
  return {
    day,
    resetsAt: shanghaiTime(resetsAt),
    agency: limitsView(agency),
    keys: keys.map(({ key: { id, note, isInForce }, usage }) => ({
      id,
      note,
      inForce: isInForce,
      ...limitsView(usage),
    })),
    days: days.map(({ day, listed, review, clear }) => ({
      day,
      checks: listed + review + clear,
      listed,
      review,
      clear,
    })),
  };
}

function limitsView({ checks, persons, burst }: Usage): z.infer<typeof UsageView> {
  return { checks, persons, burst };
}
