// The two lanes of a process: connections for endpoints that answer, and a few for those that fail or take long, so that
// the latter wait for one another and for nobody else.

/** Connections at a time. */
const CONNECTIONS = { quick: 48, troubled: 16 };
/** Deliveries of one endpoint under way, in all processes. */
export const PER_ENDPOINT = { quick: 8, troubled: 1 };

export type Lane = keyof typeof CONNECTIONS;
export type Lanes = {
  room: (lane: Lane) => number;
  /** Counts `work` in its lane for as long as it belongs there; ends as the work does. */
  follow: (work: Promise<void>, lane: Lane) => Promise<void>;
  underWay: () => Promise<void>[];
};

export function laneOf({ failures, isSlow }: { failures: number; isSlow: boolean }): Lane {
  return failures > 0 || isSlow ? "troubled" : "quick";
}

/** What is not over within `soonMs` leaves the quick lane: many endpoints that die at once hold it for no longer. */
export function createLanes(soonMs: number): Lanes {
  const works: Record<Lane, Set<Promise<void>>> = { quick: new Set(), troubled: new Set() };
  return {
    room: (lane) => Math.max(0, CONNECTIONS[lane] - works[lane].size),
    underWay: () => [...works.quick, ...works.troubled],
    async follow(work, lane) {
      works[lane].add(work);
      const late = setTimeout(() => {
        if (works.quick.delete(work)) works.troubled.add(work);
      }, soonMs);
      try {
        await work;
      } finally {
        clearTimeout(late);
        works.quick.delete(work);
        works.troubled.delete(work);
      }
    },
  };
}
