// What goes on beside requests: followers of the register, deliveries, daily work. All of it may run in several processes
// at once, and goes on after a kill where it stopped.
import type { Database } from "../platform/database.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { Logger } from "../platform/log.ts";
import type { Registry } from "../platform/metrics.ts";
import { systemNow } from "../platform/time.ts";
import { startExpiry } from "../registry/index.ts";
import { startLifting } from "../sanctions/index.ts";
import { type NoticeSettings, startNotices } from "../subscriptions/notices/index.ts";
import { startWatches } from "../subscriptions/watches/index.ts";
import { createDeliveryMetrics, createSender, startDeliveries, type Targets } from "../subscriptions/webhooks/index.ts";

export type BackgroundOptions = {
  db: Database;
  ring: KeyRing;
  log: Logger;
  metrics: Registry;
  notices: NoticeSettings;
  webhookTargets: Targets;
  eventRetentionDays: number;
};

export function startBackground({ db, ring, log, metrics, ...settings }: BackgroundOptions) {
  const now = systemNow;
  const loops = [
    startExpiry({ db, now, log }),
    startLifting({ db, log }),
    startNotices({ db, log, settings: settings.notices, now }),
    startWatches({ db, log, now }),
    startDeliveries({
      db,
      ring,
      sender: createSender({ targets: settings.webhookTargets }),
      log,
      metrics: createDeliveryMetrics(metrics),
      retentionDays: settings.eventRetentionDays,
    }),
  ];
  return {
    async stop(): Promise<void> {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
