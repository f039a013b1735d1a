// `shixin feed import` as an operator runs it: a process of its own, with its time and its peak memory.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export type Settings = { databaseUrl: string; keyRingPath: string; dataDirectory: string };
export type Import = { file: string; source: string; mode: "snapshot" | "delta"; expected?: number };
export type Imported = {
  rows: number;
  seconds: number;
  peakMiB: number;
  counts: Record<string, number>;
  /** Milliseconds of receiving, comparing and applying; the rest is the command's start and end. */
  timings: Record<string, number>;
};

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Throws unless the load is activated and every row of the file is accepted. */
export async function importInProcess(
  { databaseUrl, keyRingPath, dataDirectory }: Settings,
  { file, source, mode, expected }: Import,
): Promise<Imported> {
  const command = ["feed", "import", file, "--source", source, "--mode", mode, "--json"];
  if (expected !== undefined) command.push("--expect", String(expected));
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", path("peak-memory.ts"), path("../../src/cli.ts"), ...command], {
    env: { ...process.env, NODE_ENV: "", DATABASE_URL: databaseUrl, KEY_RING: keyRingPath, DATA_DIR: dataDirectory },
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
  const [, stdout, , memory] = child.stdio as [null, Readable, null, Readable, undefined];
  const [printed, peakKiB, [code]] = await Promise.all([
    text(stdout),
    text(memory),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`The import of ${source} ended with exit code ${code}.`);
  const { state, counts, timings } = JSON.parse(printed) as { state: string } & Pick<Imported, "counts" | "timings">;
  if (state !== "activated") throw new Error(`The load of ${source} is ${state}.`);
  return { rows: counts["read"] ?? 0, seconds, peakMiB: Number(peakKiB) / 1024, counts, timings };
}
