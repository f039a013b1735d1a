// Who may do what with the measures of an agency: its liaison proposes, the credit authority and a court's president
// approve, and each of them withdraws at once.
import type { MeasureActor } from "../../agencies/index.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { AccountRow } from "../accounts/session-queries.ts";
import { hasAuthority, staffRoles } from "../authority.ts";

export const proposers = ["agency_liaison", "credit_authority", "judge", "president"] as const;
export const approvers = ["credit_authority", "judge", "president"] as const;
/** Whoever approves, and whoever looks on. */
export const overseers = [...approvers, "assessor"] as const;
export const readers = [
  "agency_liaison",
  "agency_officer",
  "credit_authority",
  "assessor",
  "judge",
  "president",
] as const;

export function measureActor({ id }: AccountRow): MeasureActor {
  const person = publicId("acc", id);
  return { auditName: `staff:${person}`, person };
}

/** Which of the two approvals an account gives: burden is the president's, or a judge's by dated written authority. */
export function authorityOf({ role, id, delegatedFrom, delegatedUntil }: AccountRow, on: string): "credit" | "court" {
  if (role === "credit_authority") return "credit";
  const staffRole = staffRoles.find((known) => known === role);
  const delegation =
    delegatedFrom === null || delegatedUntil === null ? null : { from: delegatedFrom, until: delegatedUntil };
  if (staffRole && hasAuthority({ id, role: staffRole, delegation }, "president", on)) return "court";
  throw new AppError("authority");
}

/** For people of an agency there is no other agency. */
export function requireOwnAgency({ role, agencyId }: AccountRow, given: string): void {
  const isBound = role === "agency_liaison" || role === "agency_officer";
  if (isBound && agencyId !== given) throw new AppError("not-found");
}
