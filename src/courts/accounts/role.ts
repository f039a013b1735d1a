// The roles an account may have: those of court staff, and those of the agencies that ask and of who oversees them.
import { type StaffRole, staffRoles } from "../authority.ts";
import { accountRoles } from "../schema.ts";

export type AccountRole = (typeof accountRoles)[number];

export function isCourtRole(role: AccountRole): role is StaffRole {
  return staffRoles.some((known) => known === role);
}
