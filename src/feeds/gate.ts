// The gates before a load is applied: each refusal says what is wrong and what to do about it.
import { AppError } from "../platform/error.ts";
import type { Difference } from "../registry/index.ts";

/** Beyond this share of the source's live rows, a snapshot must name its expected count to end what it lacks. */
export const UNEXPECTED_END_SHARE_MAX = 0.01;
/** Beyond this share of rejected rows, what is missing may only be illegible, and is not ended. */
export const REJECTED_SHARE_MAX = 0.01;

export function refuseCount({ read, accepted }: { read: number; accepted: number }, expected?: number): void {
  if (read === 0) refuse("the file holds no row");
  if (expected !== undefined && read !== expected) {
    refuse(`the file holds ${read} rows, not the ${expected} expected: send the whole file, or correct --expect`);
  }
  if (accepted === 0) refuse(`all ${read} rows are rejected: see the file of rejected rows`);
}

export function refuseMissing(
  { missing, live }: Pick<Difference, "missing" | "live">,
  { read, rejected }: { read: number; rejected: number },
  expected?: number,
): void {
  if (missing <= live * UNEXPECTED_END_SHARE_MAX) return;
  const ends = `the snapshot lacks ${missing} of ${live} live rows`;
  if (expected === undefined)
    refuse(`${ends}: if it is complete, say so with --expect ${read}; a part is loaded with --mode delta`);
  if (rejected > read * REJECTED_SHARE_MAX)
    refuse(`${ends}, and ${rejected} of its rows are rejected: repair them first`);
}

export function refuse(note: string): never {
  throw new AppError("load-refused", { note });
}
