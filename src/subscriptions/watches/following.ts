// Telling watchers: of every listing that changes, which watches mean its party now, and which did so far.
import { appendAudit, appendAuditEntries } from "../../audit/index.ts";
import { appendEvents, type NewEvent } from "../../events/index.ts";
import type { Database, Transaction } from "../../platform/database.ts";
import { publicId } from "../../platform/id.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { holdFollower, type RegisterFollower } from "../../registry/index.ts";
import { changedIn, deleteLost, type FoundMatch, insertFound, type LostMatch, termsOver } from "./match-queries.ts";
import { endOutOfForce } from "./queries.ts";
import { FOLLOWER } from "./watch.ts";

const ACTOR = "system:watches";
/** Watches that one transaction ends. */
const ENDED_MAX = 5_000;

export function watchFollower(now: Now): RegisterFollower {
  return {
    name: FOLLOWER,
    follow: async (tx, stretch) => {
      const today = shanghaiDate(now());
      const listings = changedIn(stretch);
      const lost = await deleteLost(tx, listings, today);
      const found = await insertFound(tx, listings, today);
      await tellWatchers(tx, lost, found);
    },
  };
}

/** Terms end at midnight without a change of the register, watches with their last day, their purpose or their agency. */
export async function sweepWatches(db: Database, now: Date): Promise<number> {
  const today = shanghaiDate(now);
  await db.transaction(async (tx) => {
    await holdFollower(tx, FOLLOWER);
    await tellWatchers(tx, await deleteLost(tx, termsOver(today), today), []);
  });
  let ended = 0;
  for (;;) {
    const rows = await db.transaction((tx) => endWatches(tx, today));
    ended += rows;
    if (rows < ENDED_MAX) return ended;
  }
}

async function endWatches(tx: Transaction, today: string): Promise<number> {
  const ended = await endOutOfForce(tx, today, ENDED_MAX);
  if (ended.length > 0)
    await appendAuditEntries(
      tx,
      ended.map(({ id, endedAs }) => ({
        actor: ACTOR,
        action: "watch.end",
        subject: publicId("wat", id),
        detail: { endedAs },
      })),
    );
  return ended.length;
}

async function tellWatchers(tx: Transaction, lost: LostMatch[], found: FoundMatch[]): Promise<void> {
  const events = [
    // A listing that was rectified may mean somebody else now, and answer all the same.
    ...lost.map((match) => eventOf(match, match.isLive ? "listing.changed" : "listing.ended", match.operation)),
    ...found.map((match) => eventOf(match, "listing.listed", null)),
  ];
  if (events.length === 0) return;
  const detail = { listed: found.length, ended: lost.length };
  await appendAudit(tx, { actor: ACTOR, action: "watch.tell", subject: "watches", detail });
  await appendEvents(tx, events);
}

function eventOf(
  { watchId, listingId, agencyId, reference }: FoundMatch,
  type: NewEvent["type"],
  operation: string | null,
): NewEvent {
  const listing = publicId("lst", listingId);
  return {
    agencyId,
    type,
    orderKey: listing,
    data: { listing, watch: publicId("wat", watchId), reference, operation },
  };
}
