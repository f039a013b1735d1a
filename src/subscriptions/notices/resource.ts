// What leaves of notices, publications and take-downs: every member is named here.
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { noticeState } from "./notice.ts";
import { type NoticeRow, noticeStates, type Unacknowledged } from "./notice-queries.ts";
import { channels, noticeCauses, noticeKinds } from "./schema.ts";
import { type PublicationRow, type TakeDown, type TakeDownState, takeDownStates } from "./take-down-queries.ts";

const moment = z.iso.datetime({ offset: true });
const day = z.iso.date();
const listing = z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" });

export const NoticeResource = z
  .object({
    id: z.string().openapi({ example: "ntc_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
    listing,
    kind: z.enum(noticeKinds),
    operation: z.string().nullable().openapi({ description: "How the court ended it; null where a file did" }),
    cause: z.enum(noticeCauses).nullable().openapi({ description: "Of `listed`: why the agency is told" }),
    check: z.string().nullable().openapi({ description: "Of `past_clear`: the agency's check that was clear" }),
    toldAt: moment,
    dueOn: day.nullable().openapi({ description: "The last day for acknowledging; null while no calendar covers it" }),
    state: z.enum(noticeStates).openapi({
      description: "`superseded`: the agency was told something newer of the same listing; `told`: asks for nothing",
    }),
    acknowledgedAt: moment.nullable(),
    acknowledgedBy: z.string().nullable(),
  })
  .openapi("Notice");

export function noticeView(row: NoticeRow, today: string): z.infer<typeof NoticeResource> {
  return {
    id: publicId("ntc", row.id),
    listing: publicId("lst", row.listingId),
    kind: row.kind,
    operation: row.operation,
    cause: row.cause,
    check: row.checkId && publicId("chk", row.checkId),
    toldAt: shanghaiTime(row.toldAt),
    dueOn: row.dueOn,
    state: noticeState(row, today),
    acknowledgedAt: row.acknowledgedAt && shanghaiTime(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy,
  };
}

export const UnacknowledgedResource = z
  .object({
    notice: z.string(),
    agency: z.object({ id: z.string(), name: z.string() }),
    listing,
    court: z.object({ code: z.string().nullable(), name: z.string() }),
    caseNumber: z.string(),
    operation: z.string().nullable(),
    toldAt: moment,
    dueOn: day.nullable(),
    overdue: z.boolean(),
  })
  .openapi("UnacknowledgedRemoval");

export function unacknowledgedView(row: Unacknowledged, today: string): z.infer<typeof UnacknowledgedResource> {
  return {
    notice: publicId("ntc", row.id),
    agency: { id: publicId("agy", row.agencyId), name: row.agency },
    listing: publicId("lst", row.listingId),
    court: { code: row.courtCode, name: row.courtName },
    caseNumber: row.caseNumber,
    operation: row.operation,
    toldAt: shanghaiTime(row.toldAt),
    dueOn: row.dueOn,
    overdue: row.dueOn !== null && row.dueOn < today,
  };
}

export const PublicationResource = z
  .object({
    id: z.string(),
    listing,
    channel: z.enum(channels),
    recipient: z.string(),
    agency: z.string().nullable(),
    publishedOn: day,
    document: z.string().nullable(),
    recordedBy: z.string(),
    recordedAt: moment,
  })
  .openapi("Publication");

export function publicationView(row: PublicationRow): z.infer<typeof PublicationResource> {
  return {
    id: publicId("pub", row.id),
    listing: publicId("lst", row.listingId),
    channel: row.channel,
    recipient: row.recipient,
    agency: row.agencyId && publicId("agy", row.agencyId),
    publishedOn: row.publishedOn,
    document: row.document,
    recordedBy: row.recordedBy,
    recordedAt: shanghaiTime(row.recordedAt),
  };
}

export const TakeDownResource = z
  .object({
    id: z.string(),
    publication: PublicationResource,
    court: z.string().nullable(),
    openedAt: moment,
    dueOn: day.nullable().openapi({ description: "The last day; null while no holiday notice covers it" }),
    state: z.enum(takeDownStates).openapi({ description: "`cancelled`: listed again before it was taken down" }),
    doneOn: day.nullable(),
    doneBy: z.string().nullable(),
  })
  .openapi("TakeDownTask");

export function takeDownView({ task, publication, court, dueOn }: TakeDown, today: string) {
  return {
    id: publicId("tdn", task.id),
    publication: publicationView(publication),
    court,
    openedAt: shanghaiTime(task.openedAt),
    dueOn,
    state: takeDownState({ task, dueOn }, today),
    doneOn: task.doneOn,
    doneBy: task.doneBy,
  };
}

function takeDownState({ task, dueOn }: Pick<TakeDown, "task" | "dueOn">, today: string): TakeDownState {
  if (task.doneAt !== null) return "done";
  if (task.cancelledAt !== null) return "cancelled";
  return dueOn !== null && dueOn < today ? "overdue" : "open";
}
