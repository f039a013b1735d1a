// The entries that the table of facts gives, for `fsck`; and whether the rows that facts speak of are what they say.
import type { Sql } from "../platform/database.ts";
import type { EntrySource } from "./stretch.ts";
import { findStrayFact, readFacts } from "./log-queries.ts";
import { commitmentOf } from "./log/index.ts";

/** Each of `rows` names a row that differs from its facts, or has none. */
export function factSource(sql: Sql, rows: readonly EntrySource["findStray"][] = []): EntrySource {
  return {
    async read(groups) {
      const rows = Map.groupBy(
        await readFacts(
          sql,
          groups.map(({ id }) => id),
        ),
        ({ group }) => group,
      );
      return groups.map(({ id }) => {
        const found = [];
        for (const { place, salt, fact } of rows.get(id) ?? []) found[place] = salt && commitmentOf(salt, fact);
        return found;
      });
    },
    async findStray() {
      for (const find of [() => findStrayFact(sql), ...rows]) {
        const stray = await find();
        if (stray !== null) return stray;
      }
      return null;
    },
  };
}
