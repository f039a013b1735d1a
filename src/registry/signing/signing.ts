// Decides on the drafts of a list that one person has reviewed, each by the verb of a single one in its own transaction.
import type { CourtActor } from "../../courts/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import type { Now } from "../../platform/time.ts";
import { decideListing, type Paper } from "../decision.ts";
import type { Listing } from "../content.ts";
import { findListing } from "../queries.ts";

/** `listing` is the public id. */
export type SigningItem = { listing: string; version: number; paper: Paper };
export type Signed = { given: string; listing: Listing } | { given: string; refused: AppError };

export async function signListings(
  db: Database,
  actor: CourtActor,
  items: readonly SigningItem[],
  now: Now,
): Promise<Signed[]> {
  const results: Signed[] = [];
  const ranks = await Promise.all(items.map((item) => rankOf(db, item)));
  const order = items.map((item, at) => ({ item, at })).sort((a, b) => (ranks[a.at] ?? 0) - (ranks[b.at] ?? 0));
  for (const { item, at } of order) results[at] = await signListing(db, actor, item, now());
  return results;
}

/** A debtor is limited first, then officers for that unit; whoever is listed must be limited. */
async function rankOf(db: Database, { listing: given }: SigningItem): Promise<number> {
  const id = uuidOf("lst", given);
  const found = id === null ? null : await findListing(db, id);
  if (found?.list === "consumption_limit") return found.capacity === "debtor" ? 0 : 1;
  return 2;
}

async function signListing(
  db: Database,
  actor: CourtActor,
  { listing: given, version, paper }: SigningItem,
  now: Date,
): Promise<Signed> {
  try {
    const id = uuidOf("lst", given);
    if (id === null) throw new AppError("not-found");
    const { listing } = await db.transaction((tx) => decideListing(tx, actor, { id, version, now }, { paper }));
    return { given: publicId("lst", id), listing };
  } catch (error) {
    if (error instanceof AppError) return { given, refused: error };
    throw error;
  }
}
