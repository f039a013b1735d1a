// The part of the service that tells agencies: it makes deliveries of events and sends what is due, many at once.
import { setTimeout as pause } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import type { Database } from "../../platform/database.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Logger } from "../../platform/log.ts";
import { type Now, shanghaiDate, systemNow } from "../../platform/time.ts";
import { claimDue, lockDueEndpoints, takeOverEvents } from "./delivery-queries.ts";
import { type ClaimedDelivery, makeDelivery } from "./delivery.ts";
import { listKeys } from "./endpoint-queries.ts";
import { openKey } from "./key.ts";
import { createLanes, type Lane, laneOf, PER_ENDPOINT } from "./lane.ts";
import type { DeliveryMetrics } from "./metrics.ts";
import { forgetOld, RETENTION_DAYS } from "./retention.ts";
import type { Sender } from "./sender.ts";

/** Of one endpoint: more waits as events until some of it is delivered. */
const PENDING_MAX = 1_000;
/** Longer than any attempt: whoever holds a delivery beyond that is dead. */
const CLAIM_MS = 60_000;
/** Of events that are taken over in one look: an endpoint may want few of many. */
const ROUNDS_MAX = 10;
/** Looked at in one claim, drawn by lot. */
const ENDPOINTS_MAX = 200;
/** `breathMs` passes between two looks: what ends in it is followed by one. `soonMs` is that of the lanes. */
const PACE = { lookMs: 500, breathMs: 20, soonMs: 1_000, retryMs: 2_000, pruneMs: 3_600_000 };

export type DeliveryOptions = {
  db: Database;
  ring: KeyRing;
  sender: Sender;
  log: Logger;
  metrics?: DeliveryMetrics;
  retentionDays?: number;
  now?: Now;
  random?: () => number;
  pace?: Partial<typeof PACE>;
};
export type Deliveries = {
  /** Takes over what there is to tell, and starts what is due and has room; says what it started. */
  look: () => Promise<Promise<void>[]>;
  /** Looks until nothing is due, and waits for the end of everything. */
  settle: () => Promise<void>;
};

/** One process's share of the deliveries, without the loop. */
export function createDeliveries(options: DeliveryOptions): Deliveries {
  const { db, ring, sender, log, metrics, now = systemNow, random = Math.random } = options;
  const { soonMs } = { ...PACE, ...options.pace };
  const lanes = createLanes(soonMs);

  async function look(): Promise<Promise<void>[]> {
    const today = shanghaiDate(now());
    for (let round = 0; round < ROUNDS_MAX; round++) {
      if ((await takeOverEvents(db, today, now(), PENDING_MAX)) === 0) break;
    }
    const started: Promise<void>[] = [];
    for (const { lane, ...claimed } of await claim(today)) started.push(lanes.follow(deliver(claimed), lane));
    return started;
  }

  async function claim(today: string) {
    if (lanes.room("quick") + lanes.room("troubled") === 0) return [];
    return db.transaction(async (tx) => {
      const at = now();
      const endpoints = await lockDueEndpoints(tx, today, at, ENDPOINTS_MAX);
      if (endpoints.length === 0) return [];
      const keys = await listKeys(
        tx,
        endpoints.map(({ id }) => id),
        at,
      );
      const claimed: (ClaimedDelivery & { lane: Lane })[] = [];
      for (const [lane, members] of Map.groupBy(endpoints, laneOf)) {
        const claim = randomUUID();
        const perEndpoint = new Map(members.map(({ id }) => [id, PER_ENDPOINT[lane]]));
        const until = new Date(at.getTime() + CLAIM_MS);
        const rows = await claimDue(tx, { perEndpoint, total: lanes.room(lane) }, { claim, now: at, until });
        for (const row of rows) {
          const url = members.find(({ id }) => id === row.endpointId)?.url ?? "";
          const own = keys.filter(({ endpointId }) => endpointId === row.endpointId);
          claimed.push({ lane, row, claim, url, keys: own.map((key) => openKey(ring, key)) });
        }
      }
      return claimed;
    });
  }

  async function deliver(claimed: ClaimedDelivery): Promise<void> {
    try {
      const attempt = await makeDelivery({ db, sender, now, random }, claimed);
      metrics?.observe(attempt);
    } catch (error) {
      // It stays claimed for a while, and is sent again.
      log.warn({ err: error }, "what came of a delivery was not recorded");
    }
  }

  async function settle(): Promise<void> {
    for (;;) {
      const started = await look();
      const all = [...started, ...lanes.underWay()];
      if (all.length === 0) return;
      await Promise.all(all);
    }
  }

  return { look, settle };
}

/** Runs until it is stopped; a stop lets what was sent come to its end. */
export function startDeliveries(options: DeliveryOptions): { stop: () => Promise<void> } {
  const { db, log, retentionDays = RETENTION_DAYS, now = systemNow, pace } = options;
  const { lookMs, breathMs, retryMs, pruneMs } = { ...PACE, ...pace };
  const stopped = new AbortController();
  const { signal } = stopped;
  const deliveries = createDeliveries(options);
  const works = new Set<Promise<void>>();
  let prunedAt = Number.NEGATIVE_INFINITY;
  let wake = new AbortController();
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      wake = new AbortController();
      const wait = await step().catch((error: unknown) => {
        log.warn({ err: error }, "deliveries begin again");
        return retryMs;
      });
      await pause(breathMs, null, { signal }).catch(() => {});
      await pause(wait, null, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {});
    }
  }

  async function step(): Promise<number> {
    for (const work of await deliveries.look()) {
      works.add(work);
      // An end makes room, and lets what is about the same thing follow at once.
      void work.finally(() => {
        works.delete(work);
        wake.abort();
      });
    }
    if (performance.now() - prunedAt >= pruneMs) {
      prunedAt = performance.now();
      await forgetOld(db, now(), retentionDays);
    }
    return lookMs;
  }

  return {
    async stop() {
      stopped.abort();
      await running;
      await Promise.all(works);
    },
  };
}
