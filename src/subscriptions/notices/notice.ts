// A notice as its agency answers it: acknowledged by a named officer, once; and what became of it.
import { appendAuditEntries } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { publicId } from "../../platform/id.ts";
import { findNotices, type NoticeRow, type NoticeState, setAcknowledged } from "./notice-queries.ts";

export type AgencyCaller = { agencyId: string; keyId: string };

/** The agency's own among `ids` as they are now. Sent again it changes nothing: the first officer stands. */
export async function acknowledgeNotices(
  tx: Transaction,
  { agencyId, keyId }: AgencyCaller,
  ids: readonly string[],
  { operator, now }: { operator: string; now: Date },
): Promise<NoticeRow[]> {
  const acknowledged = await setAcknowledged(tx, agencyId, ids, { by: operator, at: now });
  if (acknowledged.length > 0)
    await appendAuditEntries(
      tx,
      acknowledged.map(({ id, listingId, kind }) => ({
        actor: `agency:${publicId("agy", agencyId)}/${keyId}`,
        action: "notice.acknowledge",
        subject: publicId("ntc", id),
        detail: { listing: publicId("lst", listingId), kind, operator },
      })),
    );
  return findNotices(tx, agencyId, ids);
}

export function noticeState({ kind, acknowledgedAt, supersededBy, dueOn }: NoticeRow, today: string): NoticeState {
  if (acknowledgedAt !== null) return "acknowledged";
  if (supersededBy !== null) return "superseded";
  if (kind === "listed") return "told";
  return dueOn !== null && dueOn < today ? "overdue" : "open";
}
