// Who acts for a court: a member of its staff, its case-management system for one of them, or the register itself.
import type { Delegation, Staff, StaffRole } from "./authority.ts";

export type CourtActor =
  | {
      kind: "staff";
      /** `acc_…` */
      id: string;
      name: string;
      /** The code of their court. */
      court: string;
      role: StaffRole;
      delegation: Delegation | null;
    }
  | {
      kind: "court_system";
      /** The public part of its key. */
      id: string;
      name: string;
      court: string;
      /** Whoever it acts for, it does what a clerk may: a machine decides nothing. */
      role: "clerk";
      delegation: null;
      /** The account of the person who acts through it, so that nobody decides on what they drew up there. */
      onBehalfOf: string | null;
    }
  | { kind: "system"; id: string; name: string; court: null; role: "system"; delegation: null };

/** The register itself, as `task` of its own. */
export function systemActor(task: string): CourtActor {
  return { kind: "system", id: task, name: task, court: null, role: "system", delegation: null };
}

/** The person behind the actor, as the rules on who decides what know them. */
export function staffOf(actor: CourtActor): Staff {
  const { role, delegation } = actor;
  return { id: personOf(actor), role, delegation };
}

/** The actor as the audit trail names it. */
export function auditNameOf(actor: CourtActor): string {
  switch (actor.kind) {
    case "staff":
      return `staff:${actor.id}`;
    case "court_system":
      return actor.onBehalfOf === null ? `court_key:${actor.id}` : `court_key:${actor.id}:${actor.onBehalfOf}`;
    case "system":
      return `system:${actor.id}`;
  }
}

function personOf(actor: CourtActor): string {
  return actor.kind === "court_system" ? (actor.onBehalfOf ?? actor.id) : actor.id;
}
