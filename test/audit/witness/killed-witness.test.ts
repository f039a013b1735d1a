// kill -9 at every step of a witness on its disk: the next process refuses what contradicts any cosignature that left it.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { createWitness, openWitnessState } from "../../../src/audit/index.ts";
import { formatVerifierKey } from "../../../src/audit/log/index.ts";
import { inventLog } from "../log/invented-log.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-witness-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const program = fileURLToPath(new URL("killed-witness.ts", import.meta.url));
const log = inventLog("log.example");
const submission = join(folder, "submission");
const prepared = join(folder, "prepared");

/** What the witness answers to the log's own next tree, in a process that dies at this step. */
function runUntil(directory: string, step: number): Promise<string> {
  const given = [program, directory, formatVerifierKey(log.key), submission, String(step)];
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, given, { env }, (error, out, err) => {
      if (error && error.signal !== "SIGKILL") reject(new Error(err));
      else resolve(out);
    });
  });
}

/** What the next process answers to a fork that continues 300 entries, and no 400: it shows which tree it knows of. */
function askAfterwards(directory: string, fork: string): string {
  const state = openWitnessState(directory, undefined);
  const witness = createWitness({ state, logKeys: [log.key], directory, log: pino({ enabled: false }) });
  const answer = witness.answer(Buffer.from(fork));
  return answer.ok ? "cosigned" : answer.refusal;
}

test("of a log and its fork one is cosigned, wherever the witness is killed", { timeout: 120_000 }, async () => {
  writeFileSync(submission, await log.submissionOf(log.logOf(400), 300));
  const fork = await log.submissionOf(log.logOf(400, 110), 300);
  openWitnessState(prepared, "witness.example").store(log.origin, log.noteOf(log.logOf(300)));
  const known: string[] = [];
  for (let step = 1, answered = false; !answered; step++) {
    expect(step).toBeLessThan(60);
    const directory = join(folder, String(step));
    cpSync(prepared, directory, { recursive: true });
    const out = await runUntil(directory, step);
    expect(out).toMatch(/^(?:— witness\.example \S+\n)?$/);
    answered = out !== "";
    known.push(askAfterwards(directory, fork));
  }
  // Either it knew nothing of 400 entries, or everything; and it had learnt of them before it answered.
  const learnt = known.indexOf("size_differs");
  expect(known.slice(0, learnt).every((answer) => answer === "inconsistent")).toBe(true);
  expect(known.slice(learnt).every((answer) => answer === "size_differs")).toBe(true);
  expect([learnt > 5, learnt < known.length - 1]).toEqual([true, true]);
});
