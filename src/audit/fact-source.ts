// The entries that the table of facts gives, for `fsck`.
import type { Sql } from "../platform/database.ts";
import type { EntrySource } from "./stretch.ts";
import { findStrayFact, readFacts } from "./log-queries.ts";
import { commitmentOf } from "./log/index.ts";

export function factSource(sql: Sql): EntrySource {
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
    findStray: () => findStrayFact(sql),
  };
}
