// Which loads a caller may see: those of the sources that belong to the agency of their key. Others do not exist for them.
import { type Caller, type Callers, requireScope } from "../agencies/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { RequestContext } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import type { LoadRow } from "./queries.ts";
import { findSource } from "./source-queries.ts";
import { findSourceLoad } from "./upload-queries.ts";

export type LoadAccess = {
  /** The caller, and the source that the address names. */
  source: (c: RequestContext) => Promise<{ caller: Caller; source: string }>;
  /** The same with the load that the address names. */
  load: (c: RequestContext) => Promise<{ caller: Caller; source: string; row: LoadRow }>;
  /** The load as it is now, for a caller who was let in. */
  again: (row: LoadRow) => Promise<LoadRow>;
};

export function createLoadAccess({ db, callers }: { db: Database; callers: Callers }): LoadAccess {
  async function source(c: RequestContext) {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "feeds:write");
    const found = await findSource(db, c.req.param("source") ?? "");
    if (found?.agencyId !== caller.agencyId) throw new AppError("not-found");
    return { caller, source: found.name };
  }

  async function find(name: string, id: string | null): Promise<LoadRow> {
    const row = id === null ? null : await findSourceLoad(db, name, id);
    if (!row) throw new AppError("not-found");
    return row;
  }

  return {
    source,
    async load(c) {
      const place = await source(c);
      return { ...place, row: await find(place.source, uuidOf("lod", c.req.param("id") ?? "")) };
    },
    again: (row) => find(row.source, row.id),
  };
}
