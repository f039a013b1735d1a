// A log that is forked by its own operator, between real programs: the service, a witness of another organisation, and a
// monitor of a third. The witness refuses, the monitor names the entry, and the honest log goes on.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  cosignerConnection,
  formatVerifierKey,
  logIdentity,
  parseVerifierKey,
  publishedMark,
  startCosigner,
  type WitnessAddress,
} from "../../src/audit/index.ts";
import { readKeyRing } from "../../src/platform/key-ring.ts";
import { createLog } from "../../src/platform/log.ts";
import { copyDatabase, createTestDatabase, type TestDatabase } from "../database.ts";
import { checkpointOf, createLogProcesses, ORIGIN } from "./log-process.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-fork-"));
const { data, ringPath, logKeys, start, run, grow, shixin } = createLogProcesses(folder);
const logKey = logKeys.map(formatVerifierKey).join();
const witnessDirectory = join(folder, "witness");
const forkDirectory = join(folder, "fork");
let witness: WitnessAddress;
let witnessProcess: ChildProcess;
let live: TestDatabase;
let fork: TestDatabase;

/** The witness as its organisation starts it. */
async function startWitnessProcess(): Promise<void> {
  const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
  const given = ["witness", "--log", logKey, "--data", witnessDirectory, "--listen", "127.0.0.1:0"];
  witnessProcess = spawn(process.execPath, [cli, ...given], { stdio: ["ignore", "pipe", "pipe"] });
  const { stdout, stderr } = witnessProcess;
  if (!stdout || !stderr) throw new Error("the witness has no output");
  const first = async (input: NodeJS.ReadableStream, form: RegExp) => {
    for await (const line of createInterface({ input })) if (form.test(line)) return line;
    throw new Error("the witness does not start");
  };
  const [line, serving] = await Promise.all([first(stdout, /\+/), first(stderr, /serves/)]);
  stderr.resume();
  const key = parseVerifierKey(line);
  if (!key) throw new Error("the witness prints no key");
  witness = { key, url: /serves (\S+)\/add-checkpoint/.exec(serving)?.[1] ?? "" };
}

const honest = () => ({ database: live, witnesses: `${formatVerifierKey(witness.key)} ${witness.url}` });
const forged = () => ({ database: fork, dataDirectory: forkDirectory });
const monitor = (url: string, ...more: string[]) =>
  shixin(honest(), "log", "monitor", `${url}/log`, "--key", logKey, "--state", join(folder, "seen"), "--once", ...more);

beforeAll(async () => {
  mkdirSync(data);
  mkdirSync(forkDirectory);
  await startWitnessProcess();
  live = await createTestDatabase();
  await grow(honest(), 300, 300);
  fork = await copyDatabase(live.url);
}, 120_000);
afterAll(async () => {
  witnessProcess.kill("SIGKILL");
  await live.drop();
  await fork.drop();
  rmSync(folder, { recursive: true, force: true });
});

test("the honest log is witnessed, and followed", { timeout: 240_000 }, async () => {
  await grow(honest(), 7, 307);
  const seen = await run(honest(), async (url) => {
    while (!(await checkpointOf(url, 307)).includes(`— ${witness.key.name} `));
    return monitor(url, "--witness", formatVerifierKey(witness.key));
  });
  expect(seen).toEqual({ code: 0, out: "First seen: 307 entries.\n", err: "" });
});

test("its fork is signed and grows, and the monitor names where it begins", { timeout: 240_000 }, async () => {
  await grow(forged(), 20, 320);
  const { code, err } = await run(forged(), (url) => monitor(url));
  expect([code, err]).toEqual([7, expect.stringMatching(/^Entry 300 is not what it was when 307 entries were seen\./)]);
  const evidence = readFileSync(join(folder, "seen", "evidence"), "utf8");
  expect(evidence).toMatch(/^log\.example\n307\n[^]*^log\.example\n320\n/m);
});

test(
  "the witness refuses it, keeps the evidence, and the fork's sequencer learns that it is one",
  { timeout: 120_000 },
  async () => {
    const lines: string[] = [];
    const log = createLog(new PassThrough().on("data", (chunk: Buffer) => lines.push(chunk.toString())));
    const identity = logIdentity(ORIGIN, readKeyRing(ringPath).logKeys);
    const mark = publishedMark(forkDirectory);
    const [open, witnesses] = [() => cosignerConnection(fork.url), [witness]];
    const cosigner = startCosigner({ open, identity, witnesses, mark, log, pace: { lookMs: 10, retryMs: 10 } });
    while (mark.read()?.size !== 307) await new Promise(setImmediate);
    await cosigner.stop();
    expect(lines.join("")).toContain("a witness has seen another log than this one");
    expect(readdirSync(witnessDirectory).filter((name) => name.startsWith("evidence"))).toHaveLength(1);
    expect(await start(forged())).toMatch(/does not continue what was published.*307 entries/);
  },
);

test("the honest log goes on", { timeout: 240_000 }, async () => {
  await grow(honest(), 3, 310);
  const seen = await run(honest(), (url) => monitor(url));
  expect(seen).toEqual({ code: 0, out: "310 entries; 307 were seen before.\n", err: "" });
});

test("the witness stops when it is told to", async () => {
  const ended = once(witnessProcess, "exit");
  witnessProcess.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
