// The clock of the service jumps while clients ask: an hour, a day, and five seconds, forwards and back. Row 9 of the fault
// table. Instants of the record and of the log are PostgreSQL's, so they must not notice.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connect } from "../../src/platform/database.ts";
import { askMeanwhile, compareWithRecord, fill, losesOne } from "./journal.ts";
import { createServiceProcess } from "./service-process.ts";

export type ClockPlan = { stayMs: number; clients: number; seed: number };
export type ClockReport = {
  jumps: { name: string; answered: number; refused: number; slowestMs: number }[];
  recorded: number;
  /** How far ids lie from the instants of their rows: that the clock jumped at all. */
  farthestHours: number;
  lossIsNoticed: boolean;
  violations: string[];
};

const HOUR_MS = 3_600_000;
const JUMPS: readonly { name: string; offsetMs: number }[] = [
  { name: "an hour ahead", offsetMs: HOUR_MS },
  { name: "an hour behind", offsetMs: -HOUR_MS },
  { name: "a day ahead", offsetMs: 24 * HOUR_MS },
  { name: "a day behind", offsetMs: -24 * HOUR_MS },
  { name: "five seconds behind", offsetMs: -5_000 },
  { name: "right again", offsetMs: 0 },
];
/** A check that takes longer was measured by the clock that jumped. */
const ANSWER_MS_MAX = 3_100;
const SHIFT = fileURLToPath(new URL("shifted-clock.ts", import.meta.url));

export async function jumpUnderLoad({ stayMs, clients, seed }: ClockPlan): Promise<ClockReport> {
  const service = await createServiceProcess(undefined, (folder) => ({
    nodeArguments: ["--import", SHIFT],
    environment: { CLOCK_OFFSET_FILE: join(folder, "clock-offset") },
  }));
  const set = (offsetMs: number) => writeFile(join(service.folder, "clock-offset"), String(offsetMs));
  try {
    await set(0);
    await service.start();
    const key = await fill(service);
    const jumps: ClockReport["jumps"] = [];
    const journal = await askMeanwhile(service, key, { clients, seed }, async ({ entries, violations }) => {
      await pause(stayMs);
      for (const { name, offsetMs } of JUMPS) {
        const from = entries.length;
        await set(offsetMs);
        await pause(stayMs);
        const during = entries.slice(from).filter(({ size }) => size > 0);
        const slowestMs = Math.max(0, ...during.map(({ sentAt, answeredAt }) => answeredAt - sentAt));
        const answered = during.filter(({ status }) => status === 200).length;
        jumps.push({ name, answered, refused: during.length - answered, slowestMs });
        if (answered < during.length || answered === 0) violations.add(`${name}: a check is refused`);
        if (slowestMs > ANSWER_MS_MAX) violations.add(`${name}: an answer took longer than its deadline`);
      }
    });
    const { sql, end } = connect(await service.databaseUrl(), { name: "fault test" });
    const [seen] = await sql<{ farthest: number; wrong: number; disordered: number }[]>`
      select
        (select max(abs(extract(epoch from checked_at) * 1000 - ('x0000' || left(replace(id::text, '-', ''), 12))::bit(64)::bigint))
          from check_record)::float8 as farthest,
        (select count(*) from check_record where checked_at not between now() - interval '1 hour' and now())::int as wrong,
        (select count(*) from (
          select created_at, lag(created_at) over (order by size) as before from log_checkpoint
        ) c where created_at < before)::int as disordered`;
    await end();
    if (!seen || seen.wrong > 0) journal.violations.add("a record has the instant of the clock that jumped");
    if (!seen || seen.disordered > 0) journal.violations.add("a larger checkpoint is older than a smaller one");
    const recorded = await compareWithRecord(service, journal);
    const lossIsNoticed = await losesOne(service, journal);
    const farthestHours = (seen?.farthest ?? 0) / HOUR_MS;
    return { jumps, recorded, farthestHours, lossIsNoticed, violations: [...journal.violations] };
  } finally {
    await service.remove();
  }
}
