// Whose matters a court handles: its own and those of courts it succeeded; the courts above it may look and not act.
import type { Reader } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { CourtActor } from "./actor.ts";
import { type CourtPlace, listCourtsAround, listCourtsUnder } from "./court-queries.ts";

export type Jurisdiction = "act" | "see" | "none";

/** Longer than any way through levels and successors; a ring in the table ends here. */
const STEPS_MAX = 12;

/** What `actor` may do with the matters of the court `code`. The register itself acts everywhere. */
export function jurisdictionOf(actor: CourtActor, code: string, courts: readonly CourtPlace[]): Jurisdiction {
  if (actor.kind === "system") return "act";
  const handling = handlingCourt(code, courts);
  if (handling === actor.court) return "act";
  return higherCourtsOf(handling, courts).includes(actor.court) ? "see" : "none";
}

/**
 * Refuses whoever may not act on, or not even see, a matter of the court `code`. What they may not see does not exist
 * for them (`not-found`); what they see without being able to act is `jurisdiction`.
 */
export async function requireJurisdiction(
  reader: Reader,
  actor: CourtActor,
  code: string | null,
  needed: "act" | "see",
): Promise<void> {
  if (actor.kind === "system") return;
  const found = code === null ? "none" : jurisdictionOf(actor, code, await listCourtsAround(reader, code));
  if (found === "none") throw new AppError("not-found");
  if (needed === "act" && found === "see") throw new AppError("jurisdiction");
}

/** The codes of the courts whose matters `actor` may see, to filter a list by; null: all. */
export async function visibleCourts(reader: Reader, actor: CourtActor): Promise<string[] | null> {
  return actor.kind === "system" ? null : listCourtsUnder(reader, actor.court);
}

/** The court that handles the matters of `code` today: itself, or whoever succeeded it. */
export function handlingCourt(code: string, courts: readonly CourtPlace[]): string {
  let current = code;
  for (let step = 0; step < STEPS_MAX; step++) {
    const successor = placeOf(current, courts)?.successorCode;
    if (!successor) break;
    current = successor;
  }
  return current;
}

/** The courts above `code`, the next higher one first. */
export function higherCourtsOf(code: string, courts: readonly CourtPlace[]): string[] {
  const above: string[] = [];
  let current = placeOf(code, courts)?.higherCode;
  while (current && above.length < STEPS_MAX) {
    above.push(current);
    current = placeOf(current, courts)?.higherCode;
  }
  return above;
}

function placeOf(code: string, courts: readonly CourtPlace[]): CourtPlace | undefined {
  return courts.find((court) => court.code === code);
}
