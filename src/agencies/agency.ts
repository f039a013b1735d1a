// Agencies: who may ask, under which agreement, for which purposes.
import { appendAudit } from "../audit/index.ts";
import { textFault } from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError, type FieldFault } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { isCalendarDate, shanghaiDate } from "../platform/time.ts";
import { findPurpose } from "./purpose.ts";
import { type AgencyRow, insertAgency, insertPurposes } from "./queries.ts";

export type NewAgency = {
  name: string;
  purposes: string[];
  liaison?: string | undefined;
  deputyLiaison?: string | undefined;
  agreementNumber?: string | undefined;
  /** First and last day of the data-sharing agreement, `YYYY-MM-DD`; they bound the purposes too. */
  agreementFrom?: string | undefined;
  agreementUntil?: string | undefined;
  parentSystem?: string | undefined;
};

const NAME_LENGTH_MAX = 200;

/**
 * Creates an agency with its purposes, in force from the agreement's first day (default: today).
 * `validation` names every faulty field; `conflict` when an agency of that name exists.
 */
export async function createAgency(tx: Transaction, actor: string, draft: NewAgency): Promise<AgencyRow> {
  const validFrom = draft.agreementFrom ?? shanghaiDate(new Date());
  requireSound(draft, validFrom);
  const { purposes, ...columns } = draft;
  const created = await insertAgency(tx, { id: newUuid(), ...columns });
  if (!created) throw new AppError("conflict", { note: "an agency of this name exists" });
  await insertPurposes(
    tx,
    [...new Set(purposes)].map((purpose) => ({
      agencyId: created.id,
      purpose,
      validFrom,
      validUntil: draft.agreementUntil,
    })),
  );
  await appendAudit(tx, {
    actor,
    action: "agency.create",
    subject: publicId("agy", created.id),
    detail: { name: created.name, purposes },
  });
  return created;
}

function requireSound({ name, purposes, ...draft }: NewAgency, validFrom: string): void {
  const faults: FieldFault[] = [];
  const nameFault = name.trim() === "" ? "too_short" : name.length > NAME_LENGTH_MAX ? "too_long" : textFault(name);
  if (nameFault) faults.push({ pointer: "#/name", code: nameFault });
  if (purposes.length === 0) faults.push({ pointer: "#/purposes", code: "too_few" });
  purposes.forEach((code, index) => {
    if (!findPurpose(code)) faults.push({ pointer: `#/purposes/${index}`, code: "not_allowed" });
  });
  for (const field of ["agreementFrom", "agreementUntil"] as const) {
    const day = draft[field];
    if (day !== undefined && !isCalendarDate(day)) faults.push({ pointer: `#/${field}`, code: "bad_date" });
  }
  if (faults.length === 0 && draft.agreementUntil !== undefined && draft.agreementUntil < validFrom)
    faults.push({ pointer: "#/agreementUntil", code: "out_of_range" });
  if (faults.length > 0) throw new AppError("validation", { faults });
}
