// A case that another court takes over: from then on that court acts on the listing, and the former one no more.
import { type CourtActor, findCourt } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Taken, takeAct, type Target } from "./act.ts";
import { moveDeadlines } from "./deadlines.ts";
import { competentCourt } from "./competence.ts";

export async function transferListing(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { court, reason }: { court: string; reason: string },
): Promise<Taken> {
  const taken = await takeAct(tx, actor, target, async ({ listing }) => {
    const from = competentCourt(listing);
    const to = await findCourt(tx, court);
    if (!to || to.validUntil !== null || court === from)
      throw new AppError("validation", { faults: [{ pointer: "#/court", code: "not_allowed" }] });
    return { act: { name: "transfer" }, columns: { competentCourt: court }, reason, detail: { from, to: court } };
  });
  await moveDeadlines(tx, taken.listing);
  return taken;
}
