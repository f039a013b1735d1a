// The mark that a correction or reconsideration runs (arts. 11–12): every answer shows it, and it changes nothing else.
import { appendAudit } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { recordChange } from "./change-queries.ts";
import { setUnderObjection } from "./queries.ts";

export async function flagObjection(tx: Transaction, actor: string, id: string, running: boolean): Promise<void> {
  const changed = await setUnderObjection(tx, id, running);
  if (!changed) throw new AppError("conflict", { note: "the listing has ended, or has this mark already" });
  const detail = { running, version: changed.version };
  await appendAudit(tx, { actor, action: "listing.objection", subject: publicId("lst", id), detail });
  await recordChange(tx, id, "changed");
}
