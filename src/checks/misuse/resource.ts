// An alert as agencies and who oversees them see it: every member that leaves is named here.
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { shanghaiTime } from "../../platform/time.ts";
import type { AlertRow } from "./queries.ts";
import { alertActions, misuseRules } from "./rules.ts";
import { alertStates } from "./schema.ts";

const time = z.iso.datetime({ offset: true });
const Decided = z.object({ at: time, reason: z.string() }).nullable();

export const MisuseAlertView = z
  .object({
    id: z.string().openapi({ example: "mis_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    agencyId: z.string(),
    agencyName: z.string(),
    keyId: z.string(),
    rule: z.enum(misuseRules),
    state: z.enum(alertStates),
    action: z.enum(alertActions).openapi({
      description: "alert: nothing is held back; slow: a tenth of the key's burst; block: no checks until it is closed",
    }),
    raisedAt: time,
    lastSeenAt: time,
    sightings: z.int(),
    facts: z
      .record(z.string(), z.number())
      .openapi({ description: "The counts that it rests on, of the last sighting" }),
    acknowledgement: Decided,
    closing: Decided,
  })
  .openapi("MisuseAlert");

export function alertView(row: AlertRow & { agencyName: string }): z.infer<typeof MisuseAlertView> {
  const { agencyName, keyId, rule, state, action, sightings, facts } = row;
  return {
    id: publicId("mis", row.id),
    agencyId: publicId("agy", row.agencyId),
    agencyName,
    keyId,
    rule,
    state,
    action,
    raisedAt: shanghaiTime(row.raisedAt),
    lastSeenAt: shanghaiTime(row.lastSeenAt),
    sightings,
    facts,
    acknowledgement: decided(row.acknowledgedAt, row.acknowledgement),
    closing: decided(row.closedAt, row.closingReason),
  };
}

function decided(at: Date | null, reason: string | null): z.infer<typeof Decided> {
  return at && { at: shanghaiTime(at), reason: reason ?? "" };
}
