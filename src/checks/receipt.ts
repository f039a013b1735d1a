// A check's receipt: a file by which its holder proves to anybody, without this service, what was answered and when.
import { formatOpening, formatReceipt, type Opening, proveEntry } from "../audit/index.ts";
import type { Sql } from "../platform/database.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { factOf } from "./fact.ts";
import type { CheckRow } from "./queries.ts";
import { openParty } from "./record.ts";

/** What opens the entry of a check; null for a row from before the log, and where the salt was erased. */
export function openingOf(ring: KeyRing, row: CheckRow): Opening | null {
  return row.salt && { fact: factOf(row, openParty(ring, row), row.salt), salt: row.salt };
}

/** The receipt, `pending` until a checkpoint covers the entry; null where there can be none. */
export async function readReceipt(
  sql: Sql,
  ring: KeyRing,
  row: CheckRow,
): Promise<{ text: string } | "pending" | null> {
  const opening = openingOf(ring, row);
  if (!opening || row.logGroup === null || row.logPlace === null) return null;
  const proof = await proveEntry(sql, row.logGroup, row.logPlace);
  return proof ? { text: formatReceipt({ extra: formatOpening(opening), ...proof }) } : "pending";
}
