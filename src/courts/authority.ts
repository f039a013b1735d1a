// Who may act for a court: the roles of its staff, and the president's authority, which a dated paper can hand on.

export const staffRoles = ["clerk", "judge", "president", "auditor", "system_admin", "security_admin"] as const;
export type StaffRole = (typeof staffRoles)[number];

/** The president's written authority to another, from its first to its last day. */
export type Delegation = { from: string; until: string };

/** `system` is the register itself: it ends terms, and decides nothing. */
export type Staff = { id: string; role: StaffRole | "system"; delegation: Delegation | null };

/** What an act asks of whoever does it. The president may do what a judge may, a judge what a clerk may. */
export type Authority = "clerk" | "judge" | "president" | "judge_or_system";

/** Whether `staff` has that authority on the day `on`. */
export function hasAuthority({ role, delegation }: Staff, authority: Authority, on: string): boolean {
  switch (authority) {
    case "clerk":
      return role === "clerk" || role === "judge" || role === "president";
    case "judge":
      return role === "judge" || role === "president";
    case "judge_or_system":
      return role === "judge" || role === "president" || role === "system";
    case "president":
      return role === "president" || (role === "judge" && isInForce(delegation, on));
  }
}

function isInForce(delegation: Delegation | null, on: string): boolean {
  return delegation !== null && delegation.from <= on && on <= delegation.until;
}
