// The real service and commands as processes on databases of the test's choice, with one key ring and one public log.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { appendFacts, knownKeysOf, logIdentity, type VerifierKey } from "../../src/audit/index.ts";
import { parseCheckpoint, parseNote } from "../../src/audit/log/index.ts";
import { connect } from "../../src/platform/database.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import type { TestDatabase } from "../database.ts";

export const ORIGIN = "log.example";
const path = (file: string) => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));

export type Setting = { database: TestDatabase; dataDirectory?: string; logOrigin?: string; witnesses?: string };
export type Ended = { code: number; out: string; err: string };
type Service = { url: string; child: ChildProcess };

/** Everything of these processes is in `folder`; `data` in it is the data directory where none is named. */
export function createLogProcesses(folder: string) {
  const ringPath = join(folder, "key-ring.json");
  createKeyRing(ringPath);
  const logKeys: VerifierKey[] = knownKeysOf(logIdentity(ORIGIN, readKeyRing(ringPath).logKeys));
  const data = join(folder, "data");

  function environmentOf({ database, dataDirectory = data, logOrigin = ORIGIN, witnesses = "" }: Setting) {
    const { PATH, SystemRoot } = process.env;
    return {
      PATH,
      SystemRoot,
      NODE_ENV: "production",
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      PORT: "0",
      DATABASE_URL: database.url,
      KEY_RING: ringPath,
      DATA_DIR: dataDirectory,
      LOG_ORIGIN: logOrigin,
      LOG_WITNESSES: witnesses,
    };
  }

  /** A service that runs; what it says on standard error where it does not. */
  async function start(setting: Setting): Promise<Service | string> {
    const child = spawn(process.execPath, [path("main.ts")], {
      env: environmentOf(setting),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
    const ended = once(child, "close").then(() => err);
    const serving = (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        const [, url] = /The register serves (\S+)/.exec(line) ?? [];
        if (url) return { url, child };
      }
      return ended;
    })();
    return serving;
  }

  async function run<T>(setting: Setting, work: (url: string) => Promise<T>): Promise<T> {
    const service = await start(setting);
    if (typeof service === "string") throw new Error(service);
    try {
      return await work(service.url);
    } finally {
      const closed = once(service.child, "close");
      service.child.kill("SIGTERM");
      await closed;
    }
  }

  /** Adds facts, and waits for the checkpoint that covers them. */
  const grow = (setting: Setting, count: number, size: number) =>
    run(setting, async (url) => {
      const { db, end } = connect(setting.database.url, { name: "test" });
      const facts = Array.from({ length: count }, (_, number) => ({
        subject: "lod_1",
        fact: { kind: "test", number },
      }));
      await db.transaction((tx) => appendFacts(tx, facts));
      await end();
      return checkpointOf(url, size);
    });

  function shixin(setting: Setting, ...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(process.execPath, [path("cli.ts"), ...args], { env: environmentOf(setting) }, (error, out, err) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      );
    });
  }

  return { ringPath, data, logKeys, environmentOf, start, run, grow, shixin };
}

/** The checkpoint of this size, once it is there. */
export async function checkpointOf(url: string, size: number): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/log/checkpoint`);
    const note = await response.text();
    if (response.ok && parseCheckpoint(parseNote(note)?.text ?? "")?.size === size) return note;
  }
}
