// Who did what to an object, when and why: the audit trail as the people of its court read it.
import { listAuditEntries } from "../../audit/index.ts";
import type { Reader } from "../../platform/database.ts";
import { z } from "../../platform/http.ts";
import { uuidOf } from "../../platform/id.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { listAccountNames } from "../accounts/account-queries.ts";

type Entry = Awaited<ReturnType<typeof listAuditEntries>>[number];
/** `name`: of the person who acted, or for whom a court's system did; null where no account did. */
type TrailRow = Entry & { name: string | null };

export const TrailEntry = z
  .object({
    at: z.iso.datetime({ offset: true }),
    actor: z.string().openapi({ example: "staff:acc_…" }),
    name: z.string().nullable().openapi({ description: "Of the person behind the actor" }),
    action: z.string().openapi({ example: "listing.decide" }),
    reason: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).openapi({ description: "Facts without personal data" }),
  })
  .openapi("AuditEntry");

/** The entries about one object before `before` (an id), newest first. Whose object it is, the caller has asked. */
export async function readTrail(
  reader: Reader,
  subject: string,
  before: string | null,
  limit: number,
): Promise<TrailRow[]> {
  const entries = await listAuditEntries(reader, subject, before, limit);
  const people = entries.map(({ actor }) => personIn(actor));
  const names = await listAccountNames(
    reader,
    people.filter((id) => id !== null),
  );
  return entries.map((entry, at) => ({ ...entry, name: names.get(people[at] ?? "") ?? null }));
}

export function trailEntryView({ at, actor, name, action, reason, detail }: TrailRow): z.infer<typeof TrailEntry> {
  return { at: shanghaiTime(at), actor, name, action, reason, detail: detail as Record<string, unknown> };
}

/** `staff:acc_…`, `court_key:…:acc_…` */
function personIn(actor: string): string | null {
  const [, id = ""] = /:(acc_[0-9a-z]{26})$/.exec(actor) ?? [];
  return uuidOf("acc", id);
}
