// npm run faults — the fault tests in full, or those that are named: kill, freshness, canary, link, hostile, stop, clock,
// times, soak. Prints what happened and exits with 1 when anything is lost, doubled, stale, leaked, stuck or told.
import { parseArgs } from "node:util";
import { connect } from "../src/platform/database.ts";
import { compareAnswerTimes } from "../test/faults/answer-times.ts";
import { breakLinkUnderLoad } from "../test/faults/broken-link.ts";
import { sweepForCanaries } from "../test/faults/canary.ts";
import { changeUnderLoad } from "../test/faults/freshness.ts";
import { jumpUnderLoad } from "../test/faults/clock-jump.ts";
import { sufferHostileClients } from "../test/faults/hostile-clients.ts";
import { killUnderLoad, type Victim } from "../test/faults/kill.ts";
import { createChance } from "../test/faults/party.ts";
import { createServiceProcess } from "../test/faults/service-process.ts";
import { soak } from "../test/faults/soak.ts";
import { stopOneOfTwo } from "../test/faults/stopped-process.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    kills: { type: "string", default: "20" },
    clients: { type: "string", default: "64" },
    changes: { type: "string", default: "10000" },
    "silent-seconds": { type: "string", default: "60" },
    breaks: { type: "string", default: "50" },
    sockets: { type: "string", default: "1500" },
    "stop-seconds": { type: "string", default: "30" },
    questions: { type: "string", default: "20000" },
    "soak-minutes": { type: "string", default: "30" },
  },
});
const seed = Number(values.seed);

const clients = Number(values.clients);

const faults = { kill, freshness, canary, link, hostile, stop, clock, times, soak: soakThrough };
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
    console.log(`  ${name.padEnd(60)} ${shown.padStart(12)}`);
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
  const report = await killUnderLoad({ victims: shuffled, clients, seed });
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

/** Rows 4, 6 and 10: the link to PostgreSQL goes silent, is slow, waits for a lock, and loses answers after the work. */
async function link(): Promise<void> {
  const silentMs = 1000 * Number(values["silent-seconds"]);
  const plan = { silentMs, slowMs: 10_000, lockedMs: 10_000, breaks: Number(values.breaks), clients, seed };
  const { faults: seen, recorded, lossIsNoticed, violations } = await breakLinkUnderLoad(plan);
  const rows = seen.flatMap(({ name, answered, refused, slowestMs, slowestLivezMs, backMs }) => [
    [`${name}: answered / refused`, `${answered} / ${refused}`],
    [`${name}: slowest answer, ms`, slowestMs],
    [`${name}: slowest answer without the database, ms`, slowestLivezMs],
    [`${name}: back after ms`, backMs],
  ]);
  const control = lossIsNoticed ? [] : ["the control: a record that was taken away is not missed"];
  const table = { ...Object.fromEntries(rows), "checks recorded": recorded } as Record<string, string | number>;
  print("a broken link to PostgreSQL (rows 4, 6, 10)", table, [...violations, ...control]);
}

/** Rows 16 and 17. */
async function hostile(): Promise<void> {
  const plan = { sockets: Number(values.sockets), slowMs: 40_000, quietMs: 10_000 };
  const { strange, quiet, attacked, dawdlers, slowestCutMs, files, violations } = await sufferHostileClients(plan);
  const rows = {
    ...Object.fromEntries(strange.map(({ name, statuses }) => [name, statuses.join(", ")])),
    "checks, p99 ms, quiet / meanwhile": `${quiet.p99.toFixed(1)} / ${attacked.p99.toFixed(1)}`,
    "connections that dawdled over a head": dawdlers,
    "the last of them cut after ms": slowestCutMs,
    "descriptors before / after": `${files.before} / ${files.after}`,
  };
  print("clients that mean harm (rows 16, 17)", rows, violations);
}

/** Row 26. */
async function stop(): Promise<void> {
  const plan = { stopMs: 1000 * Number(values["stop-seconds"]), clients, seed };
  const { lossIsNoticed, violations, ...rows } = await stopOneOfTwo(plan);
  const control = lossIsNoticed ? [] : ["the control: a record that was taken away is not missed"];
  print("one of two processes stands still (row 26)", rows, [...violations, ...control]);
}

/** Row 9. */
async function clock(): Promise<void> {
  const { jumps, lossIsNoticed, violations, ...rows } = await jumpUnderLoad({ stayMs: 5_000, clients, seed });
  const jumped = jumps.map(({ name, answered, refused, slowestMs }) => [
    `${name}: answered / refused; slowest ms`,
    `${answered} / ${refused}; ${slowestMs.toFixed(0)}`,
  ]);
  const control = lossIsNoticed ? [] : ["the control: a record that was taken away is not missed"];
  print("a clock that jumps (row 9)", { ...Object.fromEntries(jumped), ...rows }, [...violations, ...control]);
}

/** Row 20. */
async function times(): Promise<void> {
  const { timings, violations } = await compareAnswerTimes({ questions: Number(values.questions) });
  const rows = timings.map(({ kind, medianMs, t, share }) => [
    kind,
    `${medianMs.toFixed(3)} ms, t ${t.toFixed(2)}, ${(100 * share).toFixed(1)} %`,
  ]);
  print("what the time of an answer tells (row 20)", Object.fromEntries(rows), violations);
}

/** Row 25. */
async function soakThrough(): Promise<void> {
  const forMs = 60_000 * Number(values["soak-minutes"]);
  const { mostPerSecond, windows, violations } = await soak({ forMs, windows: 15, clients, seed });
  const rows = windows.map(({ checks, p99Ms, residentMiB, heapMiB, files }, at) => [
    `window ${at + 1}: checks; p99 ms; resident, heap MiB; files`,
    [checks, p99Ms.toFixed(1), residentMiB.toFixed(0), heapMiB.toFixed(0), files].join("; "),
  ]);
  print(
    "seven tenths of the load (row 25)",
    { "checks/s at most": mostPerSecond, ...Object.fromEntries(rows) },
    violations,
  );
}
