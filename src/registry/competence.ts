// Whose matter a listing is.
import type { Listing } from "./content.ts";

/** The court that took the case over, or the one that its number names; null for a legacy number that names none. */
export function competentCourt({ competentCourt: taken, courtCode }: Listing): string | null {
  return taken ?? courtCode;
}
