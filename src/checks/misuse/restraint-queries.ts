// SQL on what alerts hold back: read by whoever hands out what a key may ask.
import { and, eq, inArray, ne } from "drizzle-orm";
import type { Reader } from "../../platform/database.ts";
import { misuseAlert } from "./schema.ts";

/** What holds a key back; null where nothing does. */
export async function findRestraint(reader: Reader, agencyId: string, keyId: string): Promise<"slow" | "block" | null> {
  const rows = await reader
    .select({ action: misuseAlert.action })
    .from(misuseAlert)
    .where(
      and(
        eq(misuseAlert.agencyId, agencyId),
        eq(misuseAlert.keyId, keyId),
        ne(misuseAlert.state, "closed"),
        inArray(misuseAlert.action, ["slow", "block"]),
      ),
    );
  if (rows.length === 0) return null;
  return rows.some(({ action }) => action === "block") ? "block" : "slow";
}
