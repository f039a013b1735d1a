// Whose matter a listing is.
import { listCourtsNamed } from "../courts/index.ts";
import type { Reader } from "../platform/database.ts";
import type { Listing } from "./content.ts";

/** The court that took the case over, or the one that its number names; null for a legacy number that names none. */
export function competentCourt({ competentCourt: taken, courtCode }: Listing): string | null {
  return taken ?? courtCode;
}

/** The same; of a legacy number the one court that bears or bore the published name. */
export async function findCompetentCourt(reader: Reader, listing: Listing): Promise<string | null> {
  const known = competentCourt(listing);
  if (known !== null) return known;
  const [named, another] = await listCourtsNamed(reader, listing.courtName);
  return named !== undefined && another === undefined ? named : null;
}
