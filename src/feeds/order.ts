// The order of a source's files: an older snapshot, a gap in the deltas, or a delta of another state is refused.
import type { Reader } from "../platform/database.ts";
import { refuse } from "./gate.ts";
import { findLastActivated, findNewestSnapshot, type LoadRow } from "./queries.ts";

type Arrival = Pick<LoadRow, "source" | "mode" | "asOf" | "sequence" | "baseState">;

/** Clocks differ; beyond this a file would undo what courts have yet to do. */
export const CLOCK_SKEW_MS = 60_000;

export async function refuseOutOfOrder(reader: Reader, arrival: Arrival): Promise<void> {
  const { source, mode, asOf } = arrival;
  if (asOf.getTime() > Date.now() + CLOCK_SKEW_MS) refuse("a file cannot speak for a moment that is yet to come");
  if (mode === "snapshot") {
    const newest = await findNewestSnapshot(reader, source);
    if (newest && newest.asOf > asOf) {
      refuse(`a snapshot of ${source} as of ${newest.asOf.toISOString()} is active, and this one is older`);
    }
  } else refuseBrokenChain(arrival, await findLastActivated(reader, source));
}

function refuseBrokenChain({ source, sequence, baseState }: Arrival, last: LoadRow | null): void {
  const before = last?.sequence ?? null;
  if (sequence !== null && before !== null && sequence !== before + 1) {
    refuse(`the delta is number ${sequence} of ${source}, and the last one active is number ${before}`);
  }
  if (baseState !== null && baseState !== (last?.stateHash ?? null)) {
    refuse(`the delta goes on from state ${baseState}, and ${source} stands at ${last?.stateHash ?? "none"}`);
  }
}
