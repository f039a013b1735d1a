// A check's receipt: a file by which its holder proves to anybody, without this service, what was answered and when.
import { type Opening, readReceipt, type Receipt } from "../audit/index.ts";
import type { Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { factOf } from "./fact.ts";
import type { CheckRow } from "./queries.ts";
import { openParty } from "./record.ts";

/** What opens the entry of a check; null for a row from before the log, and where the salt was erased. */
export function openingOf(ring: KeyRing, row: CheckRow): Opening | null {
  return row.salt && { fact: factOf(row, openParty(ring, row), row.salt), salt: row.salt };
}

/** `not-found` for a row from before the log. */
export async function readCheckReceipt(sql: Sql, ring: KeyRing, row: CheckRow): Promise<Receipt> {
  const { logGroup: group, logPlace: place } = row;
  if (group === null || place === null) throw new AppError("not-found");
  return readReceipt(sql, { group, place }, openingOf(ring, row));
}
