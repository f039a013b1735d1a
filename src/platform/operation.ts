// What the descriptions of operations share: the faults of a JSON body, pages, and versions as entity tags.
import { z } from "./http.ts";

/** The problems of every operation that reads a JSON body (`json-request.ts`). */
export const bodyProblems = [
  "malformed-json",
  "length-required",
  "content-too-large",
  "unsupported-media-type",
  "validation",
] as const;

/** One page of many, and how to go on. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), hasMore: z.boolean(), nextCursor: z.string().nullable() });

export const etag = z.object({
  ETag: z.string().openapi({ description: "The version, for `If-Match`", example: '"v3"' }),
});

/** `what` is changed, in the reader's words. */
export const ifMatch = (what: string) =>
  z.object({ "If-Match": z.string().openapi({ description: `The ETag of ${what} as it was read`, example: '"v3"' }) });
