// The mark that a correction or reconsideration runs (arts. 11–12): every answer shows it, and it changes nothing else.
import { appendAudit } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { publicId } from "../platform/id.ts";
import { recordChange } from "./change-queries.ts";
import { setUnderObjection } from "./queries.ts";

/** A listing that is over, or has the mark already, stays as it is. */
export async function flagObjection(tx: Transaction, actor: string, id: string, running: boolean): Promise<void> {
  const changed = await setUnderObjection(tx, id, running);
  if (!changed) return;
  const detail = { running, version: changed.version };
  await appendAudit(tx, { actor, action: "listing.objection", subject: publicId("lst", id), detail });
  // What is not public yet has no answer that shows it.
  if (changed.state === "published") await recordChange(tx, id, "changed");
}
