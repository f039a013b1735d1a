// The public log over HTTP in the form of c2sp.org/tlog-tiles: for everybody, without a key.
import type { Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newRouter } from "../platform/http.ts";
import { findShownCheckpoint } from "./cosignature-queries.ts";
import { readTiles } from "./log-queries.ts";
import { parseTilePath } from "./log/index.ts";
import { cutTile } from "./stored-log.ts";

/** A checkpoint is new every two seconds; what a tile of one width holds never changes. */
const CHECKPOINT_HEADERS = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=1" };
const TILE_HEADERS = {
  "Content-Type": "application/octet-stream",
  "Cache-Control": "public, max-age=31536000, immutable",
};

export function logRoutes({ sql }: { sql: Sql }) {
  const router = newRouter();

  router.get("/checkpoint", async (c) => {
    const checkpoint = await findShownCheckpoint(sql);
    if (!checkpoint) throw new AppError("not-found");
    return c.body(checkpoint.note, 200, CHECKPOINT_HEADERS);
  });

  router.get("/tile/*", async (c) => {
    const address = parseTilePath(c.req.path.slice(c.req.path.indexOf("/tile/") + 1));
    const [bytes] = address ? await readTiles(sql, [address]) : [];
    if (!address || !bytes) throw new AppError("not-found");
    return c.body(new Uint8Array(cutTile(address, bytes)), 200, TILE_HEADERS);
  });

  return router;
}
