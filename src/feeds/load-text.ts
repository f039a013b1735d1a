// A load in words for a terminal: its counts, what the gates found, what to type next, and its difference by court.
import { type LoadDifference } from "./difference.ts";
import { describeFinding } from "./finding.ts";
import type { Load } from "./view.ts";
import { loadStateWords } from "./words.ts";

/** Always told; of the others only those that happened. */
const alwaysTold = ["read", "accepted", "new", "changed", "unchanged", "ended", "superseded", "rejected"] as const;
const toldIfAny = ["disputed", "joined", "adopted", "parted", "conflicts"] as const;
const COURTS_SHOWN_MAX = 50;

export function describeLoad(load: Load): string {
  const { id, state, counts, gates } = load;
  const told = [...alwaysTold, ...toldIfAny.filter((name) => counts[name] > 0)];
  return [
    `${id} ${state}（${loadStateWords[state]}）: ${countsLine(Object.fromEntries(told.map((name) => [name, counts[name]])))}`,
    ...gates.map((finding) => `  ${describeFinding(finding)}`),
    ...(load.stateHash === null ? [] : [`State of ${load.source}: ${load.stateHash}, ${load.liveRows} rows`]),
    ...nextSteps(load),
  ].join("\n");
}

function nextSteps({ id, state }: Load): string[] {
  if (state !== "held" && state !== "ready") return [];
  return [
    state === "held" ? "Nothing has changed. A second person decides:" : "Nothing has changed yet:",
    `  feed diff ${id}`,
    `  feed release ${id}`,
    `  feed discard ${id} --reason TEXT`,
  ];
}

export function describeDifference({ load, courts, exceptions }: LoadDifference): string {
  const more = courts.length - COURTS_SHOWN_MAX;
  return [
    describeLoad(load),
    ...courts.slice(0, COURTS_SHOWN_MAX).map(({ court, outcomes }) => `${court}: ${countsLine(outcomes)}`),
    ...(more > 0 ? [`… and ${more} further courts: --json shows all`] : []),
    ...exceptions.map(({ kind, listingId }) => `${listingId} ${kind}`),
  ].join("\n");
}

export function countsLine(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, rows]) => `${name} ${rows}`)
    .join(", ");
}
