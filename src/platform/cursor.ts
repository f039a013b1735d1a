// Page cursors: opaque, signed, and good only for the query that issued them.
import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { AppError } from "./error.ts";

const MAC_BYTES = 16;

function macOf(key: KeyObject, query: string, position: string): Buffer {
  return createHmac("sha256", key).update(`${query}\0${position}`).digest().subarray(0, MAC_BYTES);
}

/** A cursor that continues `query` (its name, owner and filters) after `position`. */
export function signCursor(key: KeyObject, query: string, position: string): string {
  return Buffer.concat([macOf(key, query, position), Buffer.from(position)]).toString("base64url");
}

/** The position in a cursor; `invalid-cursor` for any that was not signed for this query. */
export function readCursor(key: KeyObject, query: string, cursor: string): string {
  const bytes = Buffer.from(cursor, "base64url");
  const position = bytes.subarray(MAC_BYTES).toString();
  const mac = bytes.subarray(0, MAC_BYTES);
  if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, macOf(key, query, position)))
    throw new AppError("invalid-cursor");
  return position;
}

/**
 * Pages of `query`: a list is read after the position in the caller's cursor, one row longer than a page, and cut.
 *
 * @example
 * const pages = pagesOf(ring.cursorKey, `notices ${agencyId}`);
 * const rows = await listNotices(db, agencyId, pages.after(cursor), limit + 1);
 * const { page, ...rest } = pages.cut(rows, limit, ({ id }) => id);
 */
export function pagesOf(key: KeyObject, query: string) {
  return {
    after: (cursor: string | undefined) => (cursor === undefined ? null : readCursor(key, query, cursor)),
    cut<Row>(rows: readonly Row[], limit: number, positionOf: (last: Row) => string) {
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return { page, hasMore: last !== undefined, nextCursor: last ? signCursor(key, query, positionOf(last)) : null };
    },
  };
}
