// npm run faults[:kill|:freshness|:canary] — the fault tests in full: 20 kills under load, 10,000 changes asked after at
// once, and the canary sweep. Prints what happened and exits with 1 when anything is lost, doubled, stale or leaked.
import { parseArgs } from "node:util";
import { connect } from "../src/platform/database.ts";
import { sweepForCanaries } from "../test/faults/canary.ts";
import { changeUnderLoad } from "../test/faults/freshness.ts";
import { killUnderLoad, type Victim } from "../test/faults/kill.ts";
import { createChance } from "../test/faults/party.ts";
import { createServiceProcess } from "../test/faults/service-process.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    kills: { type: "string", default: "20" },
    clients: { type: "string", default: "64" },
    changes: { type: "string", default: "10000" },
  },
});
const seed = Number(values.seed);

const faults = { kill, freshness, canary };
type Fault = keyof typeof faults;
const chosen = positionals.length > 0 ? positionals : Object.keys(faults);
for (const name of chosen) {
  if (!Object.hasOwn(faults, name)) throw new Error(`no such fault test; there are ${Object.keys(faults).join(", ")}`);
  await faults[name as Fault]();
}

function print(title: string, rows: Record<string, string | number>, faulty: readonly string[]): void {
  console.log(`\n${title}`);
  for (const [name, value] of Object.entries(rows)) {
    const shown = typeof value === "number" ? Math.round(value).toLocaleString("en") : value;
    console.log(`  ${name.padEnd(44)} ${shown.padStart(12)}`);
  }
  for (const fault of faulty) console.log(`  VIOLATION: ${fault}`);
  if (faulty.length > 0) process.exitCode = 1;
}

/** `--kills` of the service and as many of PostgreSQL; beside them everything at once, and a PostgreSQL that stands still. */
async function kill(): Promise<void> {
  const each = Number(values.kills);
  const chance = createChance(seed);
  const victims: Victim[] = [
    ...Array.from({ length: each }, (): Victim => "service"),
    ...Array.from({ length: each }, (): Victim => "postgres"),
    ...Array.from({ length: Math.ceil(each / 4) }, (): Victim => "both"),
    ...Array.from({ length: Math.ceil(each / 10) }, (): Victim => "frozen"),
  ];
  const shuffled = victims
    .map((victim) => ({ victim, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ victim }) => victim);
  const report = await killUnderLoad({ victims: shuffled, clients: Number(values.clients), seed });
  const rows: Record<string, string | number> = {
    "checks answered": report.answered,
    "checks recorded": report.recorded,
    "requests refused by 503": report.refused,
    "requests whose connection broke": report.unanswered,
    "answers to a key that was sent before": report.repeated,
    "slowest refusal, ms": report.slowestRefusalMs,
    "slowest refusal of an unknown key, ms": report.slowestStrangerMs,
  };
  for (const victim of new Set(victims)) {
    const times = report.kills.filter((killed) => killed.victim === victim).map(({ backMs }) => backMs);
    times.sort((a, b) => a - b);
    const median = Math.round(times[Math.floor(times.length / 2)] ?? 0);
    rows[`${victim}: ${times.length} times, back after ms (median / most)`] =
      `${median} / ${Math.round(times.at(-1) ?? 0)}`;
  }
  const control = report.lossIsNoticed ? [] : ["the control: a record that was taken away is not missed"];
  print("kill -9 under load", rows, [...report.violations, ...control]);
}

/** Two processes on one database: each change is asked of both. */
async function freshness(): Promise<void> {
  const first = await createServiceProcess();
  const second = await first.start().then(() => createServiceProcess(first));
  try {
    await second.start();
    const connection = connect(await first.databaseUrl(), { name: "freshness" });
    const { ring } = first;
    const urls = [first.url, second.url];
    const begun = performance.now();
    const report = await changeUnderLoad({ connection, ring, urls, changes: Number(values.changes), load: 8, seed });
    const seconds = (performance.now() - begun) / 1000;
    await connection.end();
    const rows = { ...report.asked, stale: report.stale.length, "background checks": report.loadAnswers, seconds };
    const wrong = report.loadFaults.length > 0 ? [`${report.loadFaults.length} background checks were not clear`] : [];
    print("changes asked after at once, of two processes", rows, [...new Set(report.stale), ...wrong]);
  } finally {
    await second.remove();
    await first.remove();
  }
}

async function canary(): Promise<void> {
  const report = await sweepForCanaries();
  const bytes = [...report.read.values()].reduce((sum, read) => sum + read, 0);
  const rows = {
    "requests answered": report.answered,
    "requests refused": report.refused,
    "rows accepted": report.rowsAccepted,
    "rows rejected": report.rowsRejected,
    "places swept": report.read.size,
    "bytes swept": bytes,
    "canaries found": report.findings.length,
    "planted canaries found": report.planted.length,
  };
  const control = report.planted.length < 4 ? ["the control: a planted canary is not found"] : [];
  print("canary sweep", rows, [...report.findings, ...report.surprises, ...control]);
}
