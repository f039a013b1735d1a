// The sequencer: of all processes one gives entries their indexes and publishes the tree. It holds an advisory lock on a
// session of its own; the epoch in the table keeps out a session that lost its lock without knowing.
import { setTimeout as pause } from "node:timers/promises";
import { connectSql, type Sql } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { AppError } from "../platform/error.ts";
import type { Logger } from "../platform/log.ts";
import { requireMarked } from "./continuity.ts";
import type { LogIdentity } from "./identity.ts";
import { beginEpoch, lockSequencer } from "./log-queries.ts";
import type { PublishedMark } from "./published-mark.ts";
import { integrate, LogFault, type Office, OutOfOffice, publish } from "./sequence.ts";

export type SequencerPace = {
  /** Between looks at what waits. */
  integrateMs: number;
  /** Between two checkpoints, at least. */
  publishMs: number;
  /** Between attempts to be the sequencer, and after a failure. */
  retryMs: number;
};

const PACE: SequencerPace = { integrateMs: 250, publishMs: 2_000, retryMs: 1_000 };
/** A link that went silent is given up after this; a full step takes a hundredth of it. */
const STEP_MS_MAX = 30_000;

export type SequencerOptions = {
  open: () => Sql;
  identity: LogIdentity;
  /** How many cosignatures make a checkpoint one that proofs are given against. */
  quorum?: number;
  mark?: PublishedMark;
  log: Logger;
  pace?: Partial<SequencerPace>;
};
export type Sequencer = { stop: () => Promise<void> };

/** The connection that a sequencer opens: one session, because its lock is the session's. */
export function sequencerConnection(url: string): Sql {
  return connectSql(url, { name: "sequencer", max: 1, statementTimeoutMs: STEP_MS_MAX });
}

export function startSequencer({ open, identity, quorum = 0, mark, log, pace }: SequencerOptions): Sequencer {
  const { integrateMs, publishMs, retryMs } = { ...PACE, ...pace };
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const sql = open();
      try {
        if (await step(lockSequencer(sql))) {
          if (mark) await step(requireMarked(sql, identity.origin, mark));
          await serve(sql, { epoch: await step(beginEpoch(sql, quorum)), ...identity, mark });
        }
      } catch (error) {
        report(error);
      } finally {
        await sql.end({ timeout: 1 }).catch(() => {});
      }
      await rest(retryMs);
    }
  }

  /** A term of office, until it is told to stop or a step fails. Stopping, it publishes what it has integrated. */
  async function serve(sql: Sql, office: Office): Promise<void> {
    let publishedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const more = await step(integrate(sql, office));
      if (performance.now() - publishedAt >= publishMs && (await step(publish(sql, office))))
        publishedAt = performance.now();
      if (!more) await rest(integrateMs);
    }
    await step(integrate(sql, office));
    await step(publish(sql, office));
  }

  function step<T>(work: Promise<T>): Promise<T> {
    return withDeadline(work, STEP_MS_MAX, () => new Error("the sequencer's link is silent"));
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, null, { signal }).catch(() => {});
  }

  function report(error: unknown): void {
    if (error instanceof LogFault || (error instanceof AppError && error.code === "log-set-back"))
      log.fatal({ err: error, note: error.message }, "the public log is damaged");
    else if (error instanceof OutOfOffice) log.warn("another sequencer took over");
    else log.warn({ err: error }, "the sequencer begins again");
  }

  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
