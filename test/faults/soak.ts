// The service at seven tenths of what it can do, for as long as is asked: nothing of it may grow with time. Row 25 of the
// fault table.
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { measure } from "../../bench/check-rounds.ts";
import { createLoadClient, type LoadClient } from "../../bench/http-client.ts";
import { fill } from "./journal.ts";
import { createChance, partyAt, singleOf } from "./party.ts";
import { createServiceProcess, type ServiceProcess } from "./service-process.ts";

export type SoakPlan = { forMs: number; windows: number; clients: number; seed: number };
/** What one window saw: times of its checks, and the least of each size, as it is after a collection. */
export type SoakWindow = { checks: number; p99Ms: number; residentMiB: number; heapMiB: number; files: number };
export type SoakReport = { mostPerSecond: number; windows: SoakWindow[]; violations: string[] };

const LOAD_SHARE = 0.7;
const CALIBRATION_MS = 3_000;
const PARTIES = 5_000;
const LOOKS_PER_WINDOW = 10;
/** Of the last third of the windows over the one before it. */
const GROWTH_MAX = 1.1;
const SLACK_MS = 5;
const SLACK_MIB = 16;
const SLACK_FILES = 8;
const MEBIBYTE = 1024 ** 2;

export async function soak({ forMs, windows: count, clients, seed }: SoakPlan): Promise<SoakReport> {
  const service = await createServiceProcess();
  try {
    await service.start();
    const headers = { Authorization: `Bearer ${await fill(service)}` };
    const client = createLoadClient({ host: "127.0.0.1", port: service.port, connections: clients, headers });
    const chance = createChance(seed);
    const ask = () => client.post("/v1/checks", singleOf(partyAt(Math.floor(chance() * PARTIES)), "soak"));
    const { rate: mostPerSecond } = await measure(clients, 1, CALIBRATION_MS, ask);
    const windows: SoakWindow[] = [];
    for (let window = 0; window < count; window++)
      windows.push(
        await readWindow(service, ask, { perSecond: mostPerSecond * LOAD_SHARE, forMs: forMs / count, clients }),
      );
    client.close();
    return { mostPerSecond, windows, violations: growthIn(windows) };
  } finally {
    await service.remove();
  }
}

type Pace = { perSecond: number; forMs: number; clients: number };

/** Each client asks on a beat of its own: one that is late asks at once, so that what the service owes is asked of it. */
async function readWindow(
  service: ServiceProcess,
  ask: () => ReturnType<LoadClient["post"]>,
  pace: Pace,
): Promise<SoakWindow> {
  const times: number[] = [];
  const startedAt = performance.now();
  const beatMs = (1_000 * pace.clients) / pace.perSecond;
  const clients = Array.from({ length: pace.clients }, async (_, at) => {
    for (let due = startedAt + (at * beatMs) / pace.clients; due < startedAt + pace.forMs; due += beatMs) {
      const waitMs = due - performance.now();
      if (waitMs > 1) await pause(waitMs);
      const sentAt = performance.now();
      const { status } = await ask();
      if (status !== 200) throw new Error(`a check is answered ${status}`);
      times.push(performance.now() - sentAt);
    }
  });
  const looks: Sizes[] = [];
  for (let look = 0; look < LOOKS_PER_WINDOW; look++) {
    await pause(pace.forMs / LOOKS_PER_WINDOW / 1.1);
    looks.push(await readSizes(service));
  }
  await Promise.all(clients);
  times.sort((a, b) => a - b);
  const least = (size: "residentMiB" | "heapMiB" | "files") => Math.min(...looks.map((one) => one[size]));
  const p99Ms = times[Math.floor(times.length * 0.99)] ?? 0;
  return {
    checks: times.length,
    p99Ms,
    residentMiB: least("residentMiB"),
    heapMiB: least("heapMiB"),
    files: least("files"),
  };
}

type Sizes = Pick<SoakWindow, "residentMiB" | "heapMiB" | "files">;

async function readSizes(service: ServiceProcess): Promise<Sizes> {
  const [status, files, metrics] = await Promise.all([
    readFile(`/proc/${service.pid()}/status`, "utf8"),
    readdir(`/proc/${service.pid()}/fd`),
    fetch(`${service.url}/metrics`).then((answer) => answer.text()),
  ]);
  const residentMiB = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  const heapMiB = Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / MEBIBYTE;
  return { residentMiB, heapMiB, files: files.length };
}

/** The last third of the windows beside the third before it: in the first one the process still grows into its load. */
export function growthIn(windows: readonly SoakWindow[]): string[] {
  const third = Math.floor(windows.length / 3);
  if (third === 0) return [];
  const [before, last] = [windows.slice(-2 * third, -third), windows.slice(-third)];
  const mean = (some: readonly SoakWindow[], size: keyof SoakWindow) =>
    some.reduce((sum, window) => sum + window[size], 0) / some.length;
  const bounds: [keyof SoakWindow, string, number][] = [
    ["p99Ms", "the 99th percentile of answers", SLACK_MS],
    ["residentMiB", "resident memory", SLACK_MIB],
    ["heapMiB", "the heap", SLACK_MIB],
    ["files", "the number of open files", SLACK_FILES],
  ];
  return bounds
    .filter(([size, , slack]) => mean(last, size) > GROWTH_MAX * mean(before, size) + slack)
    .map(([size, name]) => `${name} grows: ${mean(before, size).toFixed(1)}, then ${mean(last, size).toFixed(1)}`);
}
