// Which pieces of names are so common that looking them up finds nearly everything. What the planner knows of them tells
// only how a search is carried out, and never what it finds.
import type { Sql } from "../../platform/database.ts";
import { listCommonPieces } from "./queries.ts";

/** Above it walking from listing to listing fills a page sooner than the index: 4 ms each at 700,000 organisations. */
const COMMON_SHARE = 0.01;
const KNOWN_MS = 600_000;

export type FrequentPieces = { read: (sql: Sql) => Promise<ReadonlySet<string>> };

export function createFrequentPieces({ now = () => performance.now() }: { now?: () => number } = {}): FrequentPieces {
  let known: { pieces: ReadonlySet<string>; untilMs: number } | null = null;
  return {
    async read(sql) {
      if (known && known.untilMs > now()) return known.pieces;
      const rows = await listCommonPieces(sql);
      const pieces = new Set(rows.filter(({ share }) => share >= COMMON_SHARE).map(({ piece }) => piece));
      known = { pieces, untilMs: now() + KNOWN_MS };
      return pieces;
    },
  };
}
