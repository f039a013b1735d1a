// The audit trail of one object over HTTP, the same for every kind of object: its description, and a page of it.
import { pagesOf } from "../../platform/cursor.ts";
import type { Reader } from "../../platform/database.ts";
import { jsonResponse, parseAs, problems, z } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { pageOf } from "../../platform/operation.ts";
import type { Security } from "../access.ts";
import { readTrail, TrailEntry, trailEntryView } from "./trail.ts";

const PAGE_ROWS_MAX = 200;

const TrailQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});
const TrailPage = pageOf(TrailEntry);

export type TrailDescription<Params extends z.ZodObject> = {
  /** `listAuditOf…` */
  operationId: string;
  /** The object's own address. */
  of: string;
  params: Params;
  tags: string[];
  /** What is done to such an object, in both languages. */
  summary: string;
  security: Security;
};

/**
 * @example
 * const getTrail = trailOperation({ operationId: "listAuditOfObjection", of: "/objections/{id}", params: ofObjection, … });
 */
export function trailOperation<Params extends z.ZodObject>({ of, params, ...described }: TrailDescription<Params>) {
  return {
    ...described,
    method: "get" as const,
    path: `${of}/audit`,
    request: { params, query: TrailQuery },
    responses: {
      200: jsonResponse("A page, newest first", TrailPage),
      ...problems("unauthenticated", "scope", "authority", "not-found", "register-unavailable"),
      ...problems("validation", "invalid-cursor"),
    },
  };
}

/** A page of what was done to `subject`. Whose object it is, the caller has asked. */
export async function pageOfTrail(
  { db, ring }: { db: Reader; ring: Pick<KeyRing, "cursorKey"> },
  subject: string,
  query: unknown,
): Promise<z.infer<typeof TrailPage>> {
  const { cursor, limit } = parseAs(TrailQuery, query);
  const pages = pagesOf(ring.cursorKey, `audit of ${subject}`);
  const { page, ...rest } = pages.cut(
    await readTrail(db, subject, pages.after(cursor), limit + 1),
    limit,
    ({ id }) => id,
  );
  return { data: page.map(trailEntryView), ...rest };
}
