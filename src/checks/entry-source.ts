// The entries that the record of checks gives, for `fsck`: each row's fact again, its party out of the envelope.
import type { EntrySource, Placed } from "../audit/index.ts";
import { blindIndex, documentKeys, type DocumentKind } from "../identity/index.ts";
import type { Sql } from "../platform/database.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { countErased } from "./erasure-queries.ts";
import { entryOfRow } from "./fact.ts";
import { countEntries, findStrayCheck, listRetainedGroups, type LoggedCheck, readLoggedChecks } from "./log-queries.ts";
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
      const entries = groups.map(({ id }) => found.get(id) ?? []);
      await fillRetained(sql, groups, entries);
      return entries;
    },
    async findStray() {
      const { found, stated } = await countErased(sql);
      if (found !== stated) return `the erasure of ${found} checks, where ${stated} are stated,`;
      const stray = await findStrayCheck(sql);
      if (stray) return stray;
      const { entries, rows, retained } = await countEntries(sql);
      return entries === rows + retained
        ? null
        : `the absence of ${entries - rows} checks, where ${retained} are stated,`;
    },
  };
}

/** Rows that are missing where months were given up say as little as erased ones. Their number is compared by itself. */
async function fillRetained(sql: Sql, groups: readonly Placed[], entries: (Buffer | null)[][]): Promise<void> {
  const lacking = groups
    .map(({ id, size }, at) => ({ id, size, found: entries[at] ?? [] }))
    .filter(({ size, found }) => Object.keys(found).length < size);
  if (lacking.length === 0) return;
  const retained = await listRetainedGroups(sql);
  for (const { id, size, found } of lacking)
    if (retained.some(({ firstGroup, lastGroup }) => id >= (firstGroup ?? Infinity) && id <= (lastGroup ?? -Infinity)))
      for (let place = 0; place < size; place++) found[place] ??= null;
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
