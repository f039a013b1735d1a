// Files of questions, begun and given up by the agency that sends them. What asks them stands in `asking.ts`.
import { appendAudit } from "../../audit/index.ts";
import type { Caller } from "../../agencies/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import { type BulkRow, countOpen, findBulk, insertBulk, requestCancel } from "./queries.ts";

/** Files of one agency that wait or run: more would only wait longer. */
export const OPEN_MAX = 20;

export type NewBulk = Pick<BulkRow, "purpose" | "caseReference" | "operator" | "form" | "isPacked">;

/** Takes a file in whose bytes are on disk under `id`. `conflict` when too many of the agency's are open. */
export async function beginBulk(tx: Transaction, caller: Caller, id: string, given: NewBulk): Promise<BulkRow> {
  const { agencyId, keyId } = caller;
  if ((await countOpen(tx, agencyId)) >= OPEN_MAX) {
    const note = `${OPEN_MAX} files of this agency are not finished yet`;
    throw new AppError("conflict", { note, members: { note } });
  }
  // Every check of the file gets a later id than this one.
  const row = await insertBulk(tx, { id, agencyId, keyId, ...given, lastCheckId: newUuid() });
  await appendAudit(tx, {
    actor: `agency:${publicId("agy", agencyId)}/${given.operator}`,
    action: "bulk.begin",
    subject: publicId("blk", id),
    detail: { purpose: given.purpose },
  });
  return row;
}

/** What waits is over at once, what runs ends after the rows it is at. `conflict` when it is over already. */
export async function cancelBulk(tx: Transaction, { agencyId, keyId }: Caller, id: string): Promise<BulkRow> {
  const canceled = await requestCancel(tx, agencyId, id);
  if (!canceled) {
    if (!(await findBulk(tx, agencyId, id))) throw new AppError("not-found");
    throw new AppError("conflict", { note: "the file is finished" });
  }
  const actor = `agency:${publicId("agy", agencyId)}/${keyId}`;
  await appendAudit(tx, { actor, action: "bulk.cancel", subject: publicId("blk", id) });
  return canceled;
}
