// The feed: an agency reads on from its own place. Whoever comes too late is told so, and never misses anything unawares.
import type { KeyObject } from "node:crypto";
import { readCursor, signCursor } from "../platform/cursor.ts";
import type { Database, Reader } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { EventType } from "./event-types.ts";
import {
  type EventExtent,
  type EventPlace,
  type EventRow,
  findEventIdAt,
  listEventsAfter,
  readExtent,
} from "./queries.ts";

/** Of the event's id: enough to notice a register that was set back and has told something else since. */
const MARK_LENGTH = 8;

const queryOf = (agencyId: string) => `events ${publicId("agy", agencyId)}`;
const markOf = (eventId: string) => eventId.slice(0, MARK_LENGTH);

/** A resume token: good for the agency that it was signed for, whatever types it asks for. */
export function tokenOf(key: KeyObject, agencyId: string, { position, eventId }: EventPlace): string {
  return signCursor(key, queryOf(agencyId), `${position} ${eventId === null ? "" : markOf(eventId)}`);
}

/** The position after which a token reads on; `events-gone` where something behind it is no longer kept, or not the same. */
export async function readToken(reader: Reader, key: KeyObject, agencyId: string, token: string): Promise<number> {
  const [digits, mark] = readCursor(key, queryOf(agencyId), token).split(" ");
  const position = Number(digits);
  const { newest, prunedThrough } = await readExtent(reader);
  if (position < prunedThrough || position > newest.position) throw new AppError("events-gone");
  if (position > prunedThrough) {
    const eventId = await findEventIdAt(reader, position);
    if (eventId === undefined || markOf(eventId) !== mark) throw new AppError("events-gone");
  }
  return position;
}

export type FeedQuery = {
  agencyId: string;
  /** A token; or `oldest`, what is kept; or `now`, what comes from now on. */
  after: string;
  types?: readonly EventType[] | undefined;
  limit: number;
};
export type FeedPage = { events: EventRow[]; place: EventPlace; hasMore: boolean };

/** One page, read from one snapshot. */
export async function readFeed(
  db: Database,
  key: KeyObject,
  { agencyId, after, types, limit }: FeedQuery,
): Promise<FeedPage> {
  return db.transaction(
    async (tx) => {
      const extent = await readExtent(tx);
      const position = startOf(after, extent) ?? (await readToken(tx, key, agencyId, after));
      const upTo = extent.newest.position;
      const found = await listEventsAfter(tx, agencyId, position, limit + 1, { upTo, types });
      const events = found.slice(0, limit);
      const last = found.length > limit ? events.at(-1) : undefined;
      // With nothing left, the place moves on over what other agencies were told, so that it does not grow old.
      const place = last ? { position: last.position, eventId: last.id } : extent.newest;
      return { events, place, hasMore: last !== undefined };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

function startOf(after: string, { newest, prunedThrough }: EventExtent): number | null {
  if (after === "oldest") return prunedThrough;
  return after === "now" ? newest.position : null;
}
