// Waiting for events: however many wait, one small query looks for all of them.
import type { Database } from "../platform/database.ts";
import { readExtent } from "./queries.ts";

const LOOK_MS = 500;
/** Whoever comes beyond that is answered at once. */
const WAITING_MAX = 2_000;

export type EventWatch = {
  /** Waits until there are events after `position`, for `signal`, or until the service stops; false where it cannot wait. */
  until: (position: number, signal: AbortSignal) => Promise<boolean>;
};

export function watchEvents(db: Database, { stopping }: { stopping: () => boolean }): EventWatch {
  const waiting = new Set<{ position: number; wake: () => void }>();
  let isLooking = false;

  async function look(): Promise<void> {
    const newest = await readExtent(db).then(
      (extent) => extent.newest.position,
      () => 0,
    );
    for (const { position, wake } of waiting) if (newest > position || stopping()) wake();
    if (waiting.size > 0) setTimeout(() => void look(), LOOK_MS);
    else isLooking = false;
  }

  return {
    async until(position, signal) {
      if (signal.aborted || stopping() || waiting.size >= WAITING_MAX) return false;
      const { promise, resolve } = Promise.withResolvers<void>();
      const waiter = { position, wake: resolve };
      waiting.add(waiter);
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (!isLooking) {
        isLooking = true;
        setTimeout(() => void look(), LOOK_MS);
      }
      await promise;
      waiting.delete(waiter);
      return true;
    },
  };
}
