// Looks at numbers as they are asked, before only their blind indexes are left: in memory, bounded, never stored or told.
import { LRUCache } from "lru-cache";
import type { Caller } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import type { Logger } from "../../platform/log.ts";
import type { Now } from "../../platform/time.ts";
import type { Party } from "../request.ts";
import { raiseAlert } from "./alert.ts";
import { createNumberWindow, type NumberWindow } from "./number-window.ts";
import { actionOn, isSequence, type MisuseSettings } from "./rules.ts";

/** Agencies whose last numbers a process keeps: some 50 KiB each. */
const AGENCIES_MAX = 500;
/** A key that goes on is seen again after so long. */
const AGAIN_MS = 60_000;

export type SequenceWatch = {
  /** Notes the parties of a question. Whatever follows from it does not concern the answer, nor its time. */
  see: (caller: Caller, parties: readonly Party[]) => void;
};
export type SequenceWatchOptions = { db: Database; log: Logger; settings: MisuseSettings; now: Now };

export function createSequenceWatch({ db, log, settings, now }: SequenceWatchOptions): SequenceWatch {
  // Of the whole agency, so that nobody hides by taking turns between keys.
  const windows = new LRUCache<string, NumberWindow>({ max: AGENCIES_MAX });
  const raised = new LRUCache<string, true>({ max: AGENCIES_MAX, ttl: AGAIN_MS });
  const action = actionOn("sequential_numbers", settings);

  function windowOf(agencyId: string): NumberWindow {
    const known = windows.get(agencyId);
    if (known) return known;
    const window = createNumberWindow();
    windows.set(agencyId, window);
    return window;
  }

  return {
    see({ agencyId, keyId }, parties) {
      if (action === null) return;
      const window = windowOf(agencyId);
      let isBeside = false;
      for (const { identity } of parties)
        if (identity.kind === "resident_id" && window.see(identity.number)) isBeside = true;
      if (!isBeside || raised.has(keyId) || !isSequence(window.counts(), settings)) return;
      raised.set(keyId, true);
      const sighting = { agencyId, keyId, rule: "sequential_numbers", action, facts: window.counts() } as const;
      db.transaction((tx) => raiseAlert(tx, sighting, now())).catch((error: unknown) => {
        raised.delete(keyId);
        log.warn({ err: error }, "an alert could not be raised, and is when the next number is seen");
      });
    },
  };
}
