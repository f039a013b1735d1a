// What leaves of a watch: the agency's own words with the number masked, and never whether the party is listed now.
import { InvalidItem, type SealedParty } from "../../checks/index.ts";
import { displayMask, type DocumentKind } from "../../identity/index.ts";
import { open } from "../../platform/envelope.ts";
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiTime } from "../../platform/time.ts";
import type { WatchRow } from "./queries.ts";
import { watchEnds } from "./schema.ts";
import { watchPlace } from "./watch.ts";

const moment = z.iso.datetime({ offset: true });

export const WatchResource = z
  .object({
    id: z.string().openapi({ example: "wat_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    purpose: z.string(),
    lists: z.array(z.string()),
    caseReference: z.string(),
    operator: z.string(),
    role: z.string(),
    reference: z.string().nullable(),
    subject: z
      .object({
        name: z.string(),
        formerNames: z.array(z.string()),
        document: z.object({ type: z.string(), masked: z.string(), country: z.string().nullable() }),
      })
      .nullable()
      .openapi({ description: "Null once the watch has ended: with its end the party is erased" }),
    expiresOn: z.iso.date().openapi({ description: "The last day" }),
    state: z.enum(["live", "ended"]),
    createdAt: moment,
    endedAt: moment.nullable(),
    endedAs: z.enum(watchEnds).nullable(),
  })
  .openapi("Watch");

export const WatchResults = z
  .object({
    results: z.array(
      z.discriminatedUnion("status", [
        WatchResource.extend({ status: z.literal("watched"), isNew: z.boolean() }),
        InvalidItem,
      ]),
    ),
  })
  .openapi("WatchResults");

export function watchView(ring: Pick<KeyRing, "dataKeys">, row: WatchRow): z.infer<typeof WatchResource> {
  return {
    id: publicId("wat", row.id),
    purpose: row.purpose,
    lists: row.lists,
    caseReference: row.caseReference,
    operator: row.operator,
    role: row.role,
    reference: row.reference,
    subject: row.endedAt === null ? subjectView(ring, row) : null,
    expiresOn: row.expiresOn,
    state: row.endedAt === null ? "live" : "ended",
    createdAt: shanghaiTime(row.createdAt),
    endedAt: row.endedAt && shanghaiTime(row.endedAt),
    endedAs: row.endedAs,
  };
}

function subjectView(ring: Pick<KeyRing, "dataKeys">, { id, documentKind, subjectSealed }: WatchRow) {
  const party = JSON.parse(open(ring.dataKeys, watchPlace(id), subjectSealed)) as SealedParty;
  const [name = "", ...formerNames] = party.names;
  const masked = displayMask(documentKind as DocumentKind, party.number);
  return { name, formerNames, document: { type: documentKind, masked, country: party.country } };
}
