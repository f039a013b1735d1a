// What goes on beside requests: followers of the register, deliveries, daily work. All of it may run in several processes
// at once, and goes on after a kill where it stopped.
import { startRecordKeeper } from "../checks/keeping/index.ts";
import { type MisuseSettings, startMisuseWatch } from "../checks/misuse/index.ts";
import { connect } from "../platform/database.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { Logger } from "../platform/log.ts";
import type { Registry } from "../platform/metrics.ts";
import { systemNow } from "../platform/time.ts";
import { startExpiry } from "../registry/index.ts";
import { startLifting } from "../sanctions/index.ts";
import { type NoticeSettings, startNotices } from "../subscriptions/notices/index.ts";
import { startDayCloser } from "../statistics/index.ts";
import { startWatches } from "../subscriptions/watches/index.ts";
import { createDeliveryMetrics, createSender, startDeliveries, type Targets } from "../subscriptions/webhooks/index.ts";
import { startRepeatSweep } from "./repeat-sweep.ts";

export type BackgroundOptions = {
  url: string;
  ring: KeyRing;
  log: Logger;
  metrics: Registry;
  notices: NoticeSettings;
  misuse: MisuseSettings;
  webhookTargets: Targets;
  eventRetentionDays: number;
};

/** On connections of its own: requests do not queue behind it. */
export function startBackground({ url, ring, log, metrics, ...settings }: BackgroundOptions) {
  const now = systemNow;
  const { db, end } = connect(url, { name: "background" });
  const loops = [
    startRecordKeeper({ db, log, now }),
    startExpiry({ db, now, log }),
    startLifting({ db, log }),
    startNotices({ db, log, settings: settings.notices, now }),
    startWatches({ db, log, now }),
    startMisuseWatch({ db, log, settings: settings.misuse, now }),
    startDayCloser({ db, log }),
    startRepeatSweep({ db, log, now }),
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
      await end();
    },
  };
}
