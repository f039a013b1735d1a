// The real service as a process of its own, with the settings of production, that a fault test may kill and start again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createKeyRing, type KeyRing, readKeyRing } from "../../src/platform/key-ring.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** Recovery on a busy machine; what is asserted is that it ends at all. */
const READY_MS_MAX = 120_000;
const EXIT_MS_MAX = 60_000;
const LOOK_MS = 10;

export type ServiceProcess = {
  url: string;
  port: number;
  ring: KeyRing;
  /** Starts it and returns the milliseconds until it is ready. */
  start: () => Promise<number>;
  /** kill -9, until the process is gone. */
  kill: () => Promise<void>;
  /** A stop as an operator makes it. */
  stop: () => Promise<void>;
  /** kill -9 of the postmaster and all its children; `isBack` is true once another postmaster runs. */
  killPostgres: () => Promise<{ isBack: () => Promise<boolean> }>;
  /** Stops all processes of PostgreSQL for a while: connections stay, and nothing answers. */
  freezePostgres: (forMs: number) => Promise<void>;
  databaseUrl: () => Promise<string>;
  /** Of the last start. */
  pid: () => number;
  /** All that every start wrote to its two outputs. */
  output: () => string;
  /** Everything that PostgreSQL logged. */
  serverLog: () => Promise<string>;
  /** Stops what runs and removes the data directory. */
  remove: () => Promise<void>;
};

/** How the process is started otherwise than by an operator. */
export type Launch = { nodeArguments: string[]; environment: Record<string, string> };

/** A service on a new data directory with a PostgreSQL of its own; beside `neighbour`, on that one's database and key ring. */
export async function createServiceProcess(
  neighbour?: ServiceProcess & { folder?: string },
  launchOf: (folder: string) => Launch = () => ({ nodeArguments: [], environment: {} }),
) {
  const folder = await mkdtemp(join(tmpdir(), "shixin-faults-"));
  await chmod(folder, 0o711); // The server may run under another account than root's.
  const ringPath = join(neighbour?.folder ?? folder, "key-ring.json");
  if (!neighbour) createKeyRing(ringPath);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const postgres = join(folder, "postgres");
  let child: ChildProcess | undefined;
  let output = "";

  async function start(): Promise<number> {
    const begun = performance.now();
    const environment = {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: folder,
      KEY_RING: ringPath,
      ...(neighbour ? { DATABASE_URL: await neighbour.databaseUrl() } : {}),
    };
    const launch = launchOf(folder);
    const started = spawn(process.execPath, [...launch.nodeArguments, MAIN], {
      env: { ...environment, ...launch.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    while (!(await isReady(url))) {
      if (started.exitCode !== null) throw new Error(`the service does not start:\n${output}`);
      if (performance.now() - begun > READY_MS_MAX) throw new Error("the service does not become ready");
      await delay(LOOK_MS);
    }
    return performance.now() - begun;
  }

  async function end(name: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit", { signal: AbortSignal.timeout(EXIT_MS_MAX) });
    child.kill(name);
    await exited;
  }

  const service: ServiceProcess & { folder: string } = {
    folder,
    url,
    port,
    ring: readKeyRing(ringPath),
    start,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    output: () => output,
    pid: () => child?.pid ?? 0,
    serverLog: () => readFile(join(postgres, "server.log"), "utf8"),
    async databaseUrl() {
      const password = await readFile(join(postgres, "password"), "utf8");
      const [, , , databasePort] = await postmasterFile(postgres);
      return `postgres://postgres:${password}@127.0.0.1:${databasePort}/shixin`;
    },
    async killPostgres() {
      const killed = Number((await postmasterFile(postgres))[0]);
      const pids = [killed, ...(await childrenOf(killed))];
      for (const pid of pids) signal(pid, "SIGKILL");
      while ((await Promise.all(pids.map(isRunning))).includes(true)) await delay(1);
      return {
        isBack: async () => {
          const pid = Number((await postmasterFile(postgres))[0]);
          return pid > 0 && pid !== killed && isRunning(pid);
        },
      };
    },
    async freezePostgres(forMs) {
      const postmaster = Number((await postmasterFile(postgres))[0]);
      signal(postmaster, "SIGSTOP");
      const pids = [...(await childrenOf(postmaster)), postmaster];
      for (const pid of pids) signal(pid, "SIGSTOP");
      await delay(forMs);
      for (const pid of pids) signal(pid, "SIGCONT");
    },
    async remove() {
      await end("SIGTERM");
      const [pid] = neighbour ? [] : await postmasterFile(postgres);
      if (Number(pid) > 0) signal(Number(pid), "SIGKILL");
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
  return service;
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  await answer?.text();
  return answer?.status === 200;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Lines of postmaster.pid: the process, the directory, the start, the port. */
async function postmasterFile(postgres: string): Promise<string[]> {
  const text = await readFile(join(postgres, "cluster", "postmaster.pid"), "utf8").catch(() => "");
  return text.split("\n");
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const parents = await Promise.all(pids.map(async (pid) => Number((await statusOf(pid))?.[1])));
  return pids.filter((_, index) => parents[index] === parent);
}

/** State and parent of a process; none once it is gone. */
async function statusOf(pid: number): Promise<string[] | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return status?.slice(status.lastIndexOf(")") + 2).split(" ");
}

async function isRunning(pid: number): Promise<boolean> {
  const state = (await statusOf(pid))?.[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It was gone already.
  }
}
