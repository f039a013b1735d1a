// Which court is asked whose number a document is, and who answers for it.
import {
  type CourtActor,
  handlingCourt,
  type Jurisdiction,
  jurisdictionOf,
  listCourtsAround,
} from "../../courts/index.ts";
import type { Reader } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { competentCourt, findCompetentCourt, type Listing } from "../../registry/index.ts";
import { hasStaff, type RequestCase } from "./queries.ts";

/**
 * The court whose listing it is, if anybody there can answer; otherwise the local liaison court, which asks on by its own
 * ways. Without one the request waits at the court whose duty it is.
 */
export async function courtToAsk(
  reader: Reader,
  listing: Listing,
  liaison: string | null,
): Promise<{ court: string; viaLiaison: boolean }> {
  const competent = await findCompetentCourt(reader, listing);
  const handling = competent === null ? null : handlingCourt(competent, await listCourtsAround(reader, competent));
  if (handling !== null && (liaison === null || (await hasStaff(reader, handling))))
    return { court: handling, viaLiaison: false };
  if (liaison === null) throw new AppError("conflict", { members: { note: "no court of the register can be asked" } });
  return { court: liaison, viaLiaison: liaison !== handling };
}

/** Whose answer counts: the court whose listing it is, wherever the case has moved, and a liaison court asked for it. */
export function answeringCourts({ request, listing }: Pick<RequestCase, "request" | "listing">): string[] {
  const competent = competentCourt(listing) ?? request.court;
  return request.viaLiaison ? [request.court, competent] : [competent];
}

const order: Jurisdiction[] = ["none", "see", "act"];

export async function requireAnswering(
  reader: Reader,
  actor: CourtActor,
  asked: Pick<RequestCase, "request" | "listing">,
  needed: "act" | "see",
): Promise<void> {
  let found: Jurisdiction = "none";
  for (const court of answeringCourts(asked)) {
    const here = jurisdictionOf(actor, court, await listCourtsAround(reader, court));
    if (order.indexOf(here) > order.indexOf(found)) found = here;
  }
  if (found === "none") throw new AppError("not-found");
  if (needed === "act" && found === "see") throw new AppError("jurisdiction");
}
