// The life of a load: which state may follow which. A load that has ended in one way never ends in another.
import type { loadStates } from "./schema.ts";

export type LoadState = (typeof loadStates)[number];

const followers: Record<LoadState, readonly LoadState[]> = {
  // An upload may be given up before it is imported.
  receiving: ["validating", "discarded", "failed"],
  // The file of an upload is still there after a kill: its import begins again.
  validating: ["receiving", "activated", "held", "ready", "failed"],
  // A stage that lost its rows fails at the release.
  held: ["activated", "discarded", "failed"],
  ready: ["activated", "discarded", "failed"],
  activated: ["rolled_back"],
  rolled_back: [],
  discarded: [],
  failed: [],
};

export function mayBecome(from: LoadState, to: LoadState): boolean {
  return followers[from].includes(to);
}

/** The states from which a load may come into `to`. */
export function statesBefore(to: LoadState): LoadState[] {
  return (Object.keys(followers) as LoadState[]).filter((from) => mayBecome(from, to));
}
