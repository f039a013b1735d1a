// What leaves of a load: the same object on the command line and in answers.
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";
import { noCounts } from "./counts.ts";
import type { LoadRow } from "./queries.ts";

export type Load = ReturnType<typeof viewLoad>;

export function viewLoad(load: LoadRow) {
  return {
    id: publicId("lod", load.id),
    state: load.state,
    source: load.source,
    mode: load.mode,
    counts: { ...noCounts, ...load.counts },
    gates: load.gates,
    stateHash: load.stateHash,
    liveRows: load.liveRows,
    timings: load.timings,
    fileName: load.fileName,
    fileSha256: load.fileSha256?.toString("hex") ?? null,
    expectedRows: load.expectedRows,
    asOf: shanghaiTime(load.asOf),
    sequence: load.sequence,
    baseState: load.baseState,
    failure: load.failure,
    actor: load.actor,
    startedAt: shanghaiTime(load.startedAt),
    finishedAt: timeOf(load.finishedAt),
    decidedBy: load.decidedBy,
    decidedAt: timeOf(load.decidedAt),
    rolledBackBy: load.rolledBackBy,
    rolledBackAt: timeOf(load.rolledBackAt),
  };
}

function timeOf(instant: Date | null): string | null {
  return instant ? shanghaiTime(instant) : null;
}
