// The limits of an agency: read as they hold, and set by the operator with a reason.
import { appendAudit } from "../audit/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError, type FieldFault } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { type LimitRow, listLimits, upsertLimits } from "./limit-queries.ts";
import {
  limitNames,
  type Limits,
  type LimitsByScope,
  type LimitScope,
  LimitSettings,
  limitsWith,
} from "./limit-settings.ts";
import { findAgency } from "./queries.ts";

export type NewLimits = {
  agencyId: string;
  scope: LimitScope;
  /** Null: as configured again. What is absent stays. */
  limits: Partial<Record<keyof Limits, number | null>>;
  reason: string;
};

/** Sets limits of an agency, or of each of its keys; running processes follow within seconds. */
export async function setLimits(
  tx: Transaction,
  actor: string,
  { agencyId, scope, limits, reason }: NewLimits,
): Promise<LimitRow> {
  const faults = limitNames.flatMap((name): FieldFault[] => {
    const value = limits[name];
    const isSound =
      value === null || value === undefined || LimitSettings.safeParse({ [scope]: { [name]: value } }).success;
    return isSound ? [] : [{ pointer: `#/${name}`, code: "out_of_range" }];
  });
  if (faults.length > 0) throw new AppError("validation", { faults });
  if (!(await findAgency(tx, agencyId))) throw new AppError("not-found", { note: "no such agency" });
  const row = await upsertLimits(tx, { agencyId, scope, ...limits, setBy: actor });
  const subject = publicId("agy", agencyId);
  await appendAudit(tx, { actor, action: "agency.limit", subject, reason, detail: { scope, limits } });
  return row;
}

/** The limits that hold for an agency and for each of its keys. */
export async function readLimits(reader: Reader, agencyId: string, standard: LimitsByScope): Promise<LimitsByScope> {
  const rows = await listLimits(reader, agencyId);
  return limitsWith(standard, Object.fromEntries(rows.map((row) => [row.scope, row])));
}
