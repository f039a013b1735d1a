// What the public log commits to of a change of the register. PostgreSQL writes the fact's text where the change is
// recorded; from a stored row the same fact is made again here.
import type { Listing } from "./content.ts";

/** `identified`: it says what it said, and a court found whose number a document is that a check asked about. */
export type ChangeKind = "listed" | "changed" | "ended" | "identified";

/**
 * The hash of what the listing says and the key of its party and case (`content.ts`, `natural-key.ts`) bind its row, its
 * former versions and its documents. Ids are plain UUIDs: the public form costs PostgreSQL 10 µs a row.
 */
export type ChangeFact = {
  at: string;
  change: ChangeKind;
  content: string;
  key: string;
  kind: "listing";
  listing: string;
  position: number;
  state: Listing["state"];
  underObjection: boolean;
  v: 1;
  version: number;
};

/** A change that has an entry, as its row is. */
export type LoggedChange = {
  position: number;
  listingId: string;
  kind: ChangeKind;
  atMs: number;
  version: number;
  state: Listing["state"];
  underObjection: boolean;
  naturalKey: string;
  contentHash: string;
  salt: Buffer | null;
};

/** In the order of canonical JSON, so that the plain writer serves. */
export function changeFactOf(row: Omit<LoggedChange, "salt">): ChangeFact {
  return {
    at: new Date(row.atMs).toISOString(),
    change: row.kind,
    content: row.contentHash,
    key: row.naturalKey,
    kind: "listing",
    listing: row.listingId,
    position: row.position,
    state: row.state,
    underObjection: row.underObjection,
    v: 1,
    version: row.version,
  };
}
