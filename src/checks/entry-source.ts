// The entries that the record of checks gives, for `fsck`: each row's fact again, its party out of the envelope.
import type { EntrySource } from "../audit/index.ts";
import { blindIndex, documentKeys, type DocumentKind } from "../identity/index.ts";
import type { Sql } from "../platform/database.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { countErased } from "./erasure-queries.ts";
import { entryOfRow } from "./fact.ts";
import { findStrayCheck, readLoggedChecks, type LoggedCheck } from "./log-queries.ts";
import type { SealedParty } from "./reading/subject.ts";
import { openParty } from "./record.ts";

export function checkSource(sql: Sql, ring: Keys): EntrySource {
  return {
    async read(groups) {
      const found = new Map(groups.map(({ id }): [number, (Buffer | null)[]] => [id, []]));
      await readLoggedChecks(sql, [...found.keys()], (row) => {
        const places = found.get(row.logGroup);
        // Two rows of one place: whichever was added, the group has more rows than entries.
        if (places) places[places[row.logPlace] === undefined ? row.logPlace : places.length + 1] = entryOf(ring, row);
      });
      return groups.map(({ id }) => found.get(id) ?? []);
    },
    async findStray() {
      const { found, stated } = await countErased(sql);
      if (found !== stated) return `the erasure of ${found} checks, where ${stated} are stated,`;
      return findStrayCheck(sql);
    },
  };
}

type Keys = Pick<KeyRing, "blindIndexKey" | "dataKeys">;
const NO_ENTRY = Buffer.alloc(0);

/** The row's entry; null without its salt, and no hash at all where the row contradicts itself. */
function entryOf(ring: Keys, row: LoggedCheck): Buffer | null {
  if (!row.salt) return null;
  try {
    const party = openParty(ring, row);
    return isIndexed(ring, row, party) ? entryOfRow(row, party, row.salt) : NO_ENTRY;
  } catch {
    return NO_ENTRY;
  }
}

/** The blind index is no part of the fact: it follows from the number. */
function isIndexed(ring: Keys, { documentKind, subjectIndex }: LoggedCheck, { number, country }: SealedParty): boolean {
  const finding = documentKeys({ kind: documentKind as DocumentKind, number, country }).at(-1);
  return (
    finding !== undefined &&
    blindIndex(ring.blindIndexKey, finding.kind, finding.number) === subjectIndex.toString("hex")
  );
}
