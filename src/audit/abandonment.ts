// Giving a log up: when entries that were published are lost for good, a successor with another name goes on from what is
// left, and says so in its own first new entry.
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { shanghaiTime } from "../platform/time.ts";
import { appendFacts } from "./append.ts";
import { appendAudit } from "./entry.ts";
import type { Checkpoint } from "./log/index.ts";

export type Abandonment = { published: Checkpoint; successor: string; keptSize: number; reason: string };

/** Under its own name a log can only go on from what it published: every witness and monitor holds the proof. */
export async function abandonLog(
  tx: Transaction,
  actor: string,
  { published, successor, keptSize, reason }: Abandonment,
): Promise<void> {
  const { origin, size, root } = published;
  if (origin === successor)
    throw new AppError("conflict", { note: `LOG_ORIGIN still names ${origin}: give the successor another name first` });
  const detail = { publishedSize: size, publishedRoot: root.toString("base64"), keptSize, successor };
  await appendAudit(tx, { actor, action: "log.abandon", subject: origin, reason, detail });
  const at = shanghaiTime(new Date());
  await appendFacts(tx, [{ subject: origin, fact: { v: 1, kind: "log", act: "abandon", at, origin, ...detail } }]);
}
