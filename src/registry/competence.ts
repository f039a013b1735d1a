// Whose matter a listing is.
import {
  type CourtActor,
  findCourt,
  jurisdictionOf,
  listCourtsAround,
  listCourtsNamed,
  requireJurisdiction,
} from "../courts/index.ts";
import type { Reader } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { Listing } from "./content.ts";

/** The court that took the case over, or the one that its number names; null for a legacy number that names none. */
export function competentCourt({ competentCourt: taken, courtCode }: Listing): string | null {
  return taken ?? courtCode;
}

/** The same; of a legacy number the one court that bears or bore the published name. */
export async function findCompetentCourt(reader: Reader, listing: Listing): Promise<string | null> {
  return competentCourt(listing) ?? findCourtNamed(reader, listing.courtName);
}

/** The one court of that name; null where none bears or bore it, or several do. */
export async function findCourtNamed(reader: Reader, name: string): Promise<string | null> {
  const [named, another] = await listCourtsNamed(reader, name);
  return named !== undefined && another === undefined ? named : null;
}

/** Refuses whoever the listing is no business of; what stands in no court's list is seen by whoever may assign it. */
export async function requireToSee(reader: Reader, actor: CourtActor, listing: Listing): Promise<void> {
  if (await mayAssign(reader, actor, listing)) return;
  await requireJurisdiction(reader, actor, await findCompetentCourt(reader, listing), "see");
}

/**
 * Refuses whoever may not give the listing to a court: its own court may, and of what stands in no court's list the
 * operator and the courts that assign. An operator moves nothing that a court has.
 */
export async function requireToMove(reader: Reader, actor: CourtActor, listing: Listing): Promise<void> {
  if (await mayAssign(reader, actor, listing)) return;
  if (actor.kind === "system") throw new AppError("conflict", { note: "a court has the case" });
  await requireJurisdiction(reader, actor, await findCompetentCourt(reader, listing), "act");
}

/** What the actor may do with the listing: act on it, give it to a court, or only see it. */
export async function mayDo(reader: Reader, actor: CourtActor, listing: Listing): Promise<"act" | "assign" | "see"> {
  if (await mayAssign(reader, actor, listing)) return "assign";
  const court = await findCompetentCourt(reader, listing);
  if (court === null) return "see";
  return jurisdictionOf(actor, court, await listCourtsAround(reader, court)) === "act" ? "act" : "see";
}

async function mayAssign(reader: Reader, actor: CourtActor, listing: Listing): Promise<boolean> {
  if (competentCourt(listing) !== null) return false;
  if (actor.court === null) return true;
  const region = await regionAssignedBy(reader, actor.court);
  return region !== null && (listing.areaName ?? listing.courtName).startsWith(region);
}

/**
 * What the places of listings begin with that this court assigns: the supreme court all of them, a high court those of
 * its province, the others none (null).
 */
export async function regionAssignedBy(reader: Reader, code: string): Promise<string | null> {
  const court = await findCourt(reader, code);
  if (court?.level === "supreme") return "";
  return court?.level === "high" ? court.region : null;
}
