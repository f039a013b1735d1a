// Whose agency somebody may administer: people of an agency their own, the credit authority and the assessor every one.
import { AppError } from "../../platform/error.ts";
import { uuidOf } from "../../platform/id.ts";
import { requireOwnAgency } from "../measures/approver.ts";

/** The agency of the address; `not-found` where it is not theirs. */
export function agencyIn(account: Parameters<typeof requireOwnAgency>[0], given: string): string {
  const agencyId = uuidOf("agy", given);
  if (agencyId === null) throw new AppError("not-found");
  requireOwnAgency(account, agencyId);
  return agencyId;
}
