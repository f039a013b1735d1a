// Where the work of each role begins.

export function homeOf(role: string): string {
  if (role === "credit_authority" || role === "assessor") return "/authority";
  return role === "agency_officer" || role === "agency_liaison" ? "/console" : "/workbench";
}
