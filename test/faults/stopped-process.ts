// One of two processes stands still, the one that writes the public log, while clients ask the other: row 26 of the fault
// table. Killed processes are the matter of `kill.ts`, and those that are brought back of `test/ops/workers.test.ts`.
import { setTimeout as pause } from "node:timers/promises";
import { connect, type Sql } from "../../src/platform/database.ts";
import { askMeanwhile, compareWithRecord, fill, losesOne } from "./journal.ts";
import { createServiceProcess } from "./service-process.ts";

export type StopPlan = { stopMs: number; clients: number; seed: number };
export type StopReport = {
  answered: number;
  recorded: number;
  slowestMs: number;
  /** How far the log lay behind while its process stood still, and how long it took to catch up. */
  lagSeconds: number;
  caughtUpMs: number;
  /** Processes that were in office, one after the other. */
  epochs: number;
  checkpoints: number;
  lossIsNoticed: boolean;
  violations: string[];
};

const QUIET_MS = 1_500;
const CAUGHT_UP_SECONDS = 3;
const CAUGHT_UP_MS_MAX = 15_000;
/** Beyond a check's own deadline an answer has waited for the process that stands still. */
const ANSWER_MS_MAX = 3_100;

export async function stopOneOfTwo({ stopMs, clients, seed }: StopPlan): Promise<StopReport> {
  const writer = await createServiceProcess();
  const other = await writer.start().then(() => createServiceProcess(writer));
  try {
    await other.start();
    const key = await fill(writer);
    const { sql, end } = connect(await writer.databaseUrl(), { name: "fault test" });
    let [lagSeconds, caughtUpMs] = [0, 0];
    const journal = await askMeanwhile(other, key, { clients, seed }, async ({ violations }) => {
      await pause(QUIET_MS);
      process.kill(writer.pid(), "SIGSTOP");
      await pause(stopMs);
      lagSeconds = await readLag(sql);
      process.kill(writer.pid(), "SIGCONT");
      const goesOnAt = performance.now();
      while ((await readLag(sql)) > CAUGHT_UP_SECONDS) {
        if (performance.now() - goesOnAt > CAUGHT_UP_MS_MAX) {
          violations.add("the log does not catch up");
          break;
        }
        await pause(20);
      }
      caughtUpMs = performance.now() - goesOnAt;
      await pause(QUIET_MS);
    });
    const { entries, violations } = journal;
    const asked = entries.filter(({ size }) => size > 0);
    if (asked.some(({ status }) => status !== 200)) violations.add("the other process refused a check");
    const slowestMs = Math.max(0, ...asked.map(({ sentAt, answeredAt }) => answeredAt - sentAt));
    if (slowestMs > ANSWER_MS_MAX) violations.add("a check waited for the process that stood still");
    const [log] = await sql<{ epochs: number; checkpoints: number; disordered: number }[]>`
      select (select epoch from log_state)::int as epochs, count(*)::int as checkpoints,
        (count(*) filter (where created_at < before))::int as disordered
      from (select created_at, lag(created_at) over (order by size) as before from log_checkpoint) c`;
    if (!log || log.disordered > 0) violations.add("a larger checkpoint is older than a smaller one");
    await end();
    const recorded = await compareWithRecord(writer, journal);
    const lossIsNoticed = await losesOne(writer, journal);
    const { epochs, checkpoints } = log ?? { epochs: 0, checkpoints: 0 };
    const answered = asked.reduce((sum, { answers }) => sum + answers.length, 0);
    const seen = { answered, recorded, slowestMs, lagSeconds, caughtUpMs, epochs, checkpoints, lossIsNoticed };
    return { ...seen, violations: [...violations] };
  } finally {
    process.kill(writer.pid(), "SIGCONT");
    await other.remove();
    await writer.remove();
  }
}

/** Seconds for which the oldest entry has been without a checkpoint. */
async function readLag(sql: Sql): Promise<number> {
  const [row] = await sql<{ seconds: number }[]>`
    select coalesce(extract(epoch from clock_timestamp() - least(
      (select min(created_at) from log_outbox where not bulk), (select unpublished_since from log_state)
    )), 0)::float8 as seconds`;
  return row?.seconds ?? 0;
}
