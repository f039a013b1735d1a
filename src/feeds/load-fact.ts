// What the public log commits to of a load: its activation, whether by itself or released by a person, and its roll-back.
import type { Fact, Json } from "../audit/index.ts";
import { publicId } from "../platform/id.ts";
import type { LoadRow } from "./queries.ts";

export function activationOf(row: LoadRow): Fact {
  const { counts, positionBefore, positionAfter, finishedAt, fileSha256, mode, asOf, decidedBy } = row;
  return factOf(row, {
    act: decidedBy === null ? "activated" : "released",
    asOf: asOf.toISOString(),
    at: timeOf(finishedAt),
    counts,
    file: fileSha256?.toString("hex") ?? null,
    mode,
    positions: [positionBefore, positionAfter],
  });
}

export function rollbackOf(row: LoadRow): Fact {
  const { rollbackBefore, rollbackAfter, rolledBackAt } = row;
  return factOf(row, { act: "rolled_back", at: timeOf(rolledBackAt), positions: [rollbackBefore, rollbackAfter] });
}

/** `state` is the hash of the source's live rows after the act. */
function factOf({ id, source, stateHash, liveRows }: LoadRow, act: Record<string, Json>): Fact {
  const subject = publicId("lod", id);
  return { subject, fact: { ...act, kind: "load", load: subject, rows: liveRows, source, state: stateHash, v: 1 } };
}

function timeOf(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
