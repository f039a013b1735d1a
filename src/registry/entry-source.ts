// The entries that the register's changes give, for `fsck`; and whether the listings are what their last changes say.
import { commitmentOfText, type EntrySource } from "../audit/index.ts";
import type { Sql } from "../platform/database.ts";
import { publicId } from "../platform/id.ts";
import { changeFactOf, type LoggedChange } from "./change-fact.ts";
import { findStrayContent } from "./stray-content.ts";
import { findStrayListing, findUnloggedPosition, readLoggedChanges, type RowSpan } from "./log-queries.ts";

export function listingSource(sql: Sql): EntrySource {
  return {
    async read(groups) {
      const spans = groups.map(({ firstRow, size }): RowSpan => ({ firstRow: firstRow ?? 0, size }));
      const entries = new Map(
        (await readLoggedChanges(sql, spans)).map((row) => [row.position, entryOf(row)] as const),
      );
      return spans.map(({ firstRow, size }) =>
        Array.from({ length: size }, (_, place) => entries.get(firstRow + place)),
      );
    },
    async findStray() {
      const position = await findUnloggedPosition(sql);
      if (position !== null) return `the change of the register at position ${position}`;
      const stray = await findStrayListing(sql);
      if (stray) return `${stray.seen ? "what is said by" : "listing"} ${publicId("lst", stray.id)}`;
      return findStrayContent(sql);
    },
  };
}

/** Null without its salt. */
function entryOf({ salt, ...row }: LoggedChange): Buffer | null {
  return salt && commitmentOfText(salt, JSON.stringify(changeFactOf(row)));
}
