// Decisions about listings that need no database.
import { hasFixedGroundsOnly } from "./grounds.ts";
import type { Listing } from "./content.ts";

export type ExitOperation = NonNullable<Listing["exitOperation"]>;

/** Art. 10 para. 2: the grounds of deletion do not apply where there is a term; it expires, or is ended early or revoked. */
export function mayEndBy(operation: ExitOperation, grounds: readonly string[]): boolean {
  return operation !== "delete" || !hasFixedGroundsOnly(grounds);
}
