// What a load changes, or would change: by court, with the listings that it leaves against its file, each by its id.
import type { Reader } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { type CourtDifference, findLoad, listDifferences, listExceptions } from "./queries.ts";
import type { ExceptionKind } from "./schema.ts";
import { type Load, viewLoad } from "./view.ts";

export type LoadDifference = {
  load: Load;
  courts: CourtDifference[];
  /** At most `EXCEPTIONS_MAX`; the load's counts say how many there are. */
  exceptions: { kind: ExceptionKind; listingId: string }[];
};

const EXCEPTIONS_MAX = 10_000;

export async function readDifference(reader: Reader, id: string): Promise<LoadDifference> {
  const load = await findLoad(reader, id);
  if (!load) throw new AppError("not-found");
  const exceptions = await listExceptions(reader, id, EXCEPTIONS_MAX);
  return {
    load: viewLoad(load),
    courts: await listDifferences(reader, id),
    exceptions: exceptions.map(({ kind, listingId }) => ({ kind, listingId: publicId("lst", listingId) })),
  };
}
