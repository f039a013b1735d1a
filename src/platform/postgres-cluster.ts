// A PostgreSQL cluster in a directory of ours: made once, configured at every start, started, found and stopped.
// The directory holds `cluster` (the data), `password` (of the superuser, mode 0600) and `server.log`.
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import {
  access,
  appendFile,
  chown,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { memorySettings, usableMemory } from "./postgres-memory.ts";
import { findProgram } from "./postgres-program.ts";
import type { Program } from "./postgres-program.ts";

export type Cluster = { directory: string; password: string; program: Program; settings: Record<string, string> };
export type Postmaster = { pid: number; port: number };

const logBytesMax = 16 * 1024 * 1024;
const startSecondsMax = 600;
/** A fast shutdown writes a checkpoint first. */
const shutdownMsMax = 600_000;
const refusedMsMax = 5_000;

/** For 2 cores or more, beside a Node service. WAL stays uncompressed: the bundled build has no lz4. */
const defaultSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  max_connections: "100",
  ...memorySettings(usableMemory()),
  work_mem: "16MB",
  maintenance_work_mem: "256MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  timezone: "Asia/Shanghai",
  log_timezone: "Asia/Shanghai",
  // No value of a statement reaches the log. ERROR is left out because its first line quotes input that does not parse.
  log_min_messages: "log",
  log_statement: "none",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

const dataOf = (directory: string) => join(directory, "cluster");
const pidFileOf = (cluster: Cluster) => join(dataOf(cluster.directory), "postmaster.pid");
const configurationOf = (cluster: Cluster) => join(dataOf(cluster.directory), "shixin.conf");
const logOf = (cluster: Cluster) => join(cluster.directory, "server.log");

export async function openCluster(path: string, settings: Record<string, string>): Promise<Cluster> {
  const directory = resolve(path);
  try {
    await mkdir(dirname(directory), { recursive: true });
    await mkdir(directory, { mode: 0o700 }).catch(ignore("EEXIST"));
    const program = await findProgram(directory);
    const isNew = !(await exists(join(dataOf(directory), "PG_VERSION")));
    if (isNew) await writePassword(directory, program);
    const password = await readFile(join(directory, "password"), "utf8");
    if (isNew) await initialise(directory, program);
    return { directory, password, program, settings: { ...defaultSettings, ...settings } };
  } catch (error) {
    if (codeOf(error) !== "EACCES" && codeOf(error) !== "EPERM") throw error;
    throw new Error(
      `${directory} belongs to another account: run as that account, choose another place with DATA_DIR, or use a server of your own with DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** Appears whole or not at all, so that two commands that start at once make their cluster with the same password. */
async function writePassword(directory: string, { account }: Program): Promise<void> {
  const draft = join(directory, `password.${randomUUID()}`);
  await writeFile(draft, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
  if (account) await chown(draft, account.uid, account.gid);
  await link(draft, join(directory, "password")).catch(ignore("EEXIST"));
  await rm(draft);
}

/** Made under a name of its own and then renamed: a killed initdb leaves no half cluster, and of two at once one wins. */
async function initialise(directory: string, program: Program): Promise<void> {
  await removeAbandoned(directory);
  const draft = join(directory, `cluster.${process.pid}.init`);
  await mkdir(draft, { mode: 0o700 });
  if (program.account) await chown(draft, program.account.uid, program.account.gid);
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const login = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${join(directory, "password")}`];
  try {
    await program.run("initdb", [`--pgdata=${draft}`, ...locale, ...login]);
    await appendFile(join(draft, "postgresql.conf"), "\ninclude = 'shixin.conf'\n", { flush: true });
    await rename(draft, dataOf(directory));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(join(dataOf(directory), "PG_VERSION")))) throw error;
  }
}

async function removeAbandoned(directory: string): Promise<void> {
  const abandoned = (await readdir(directory)).filter((name) => {
    const pid = /^cluster\.(\d+)\.init$/.exec(name)?.[1];
    return pid !== undefined && (Number(pid) === process.pid || !isProcess(Number(pid)));
  });
  await Promise.all(
    abandoned.map((name) => rm(join(directory, name), { recursive: true, force: true, maxRetries: 10 })),
  );
}

export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const postmaster = await readPidFile(pidFileOf(cluster));
  return postmaster && (await isServing(postmaster.pid)) ? postmaster : undefined;
}

async function readPidFile(path: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(path, "utf8").catch(ignore("ENOENT")))?.split("\n");
  return lines?.[0] ? { pid: Number(lines[0]), port: Number(lines[3] ?? 0) } : undefined;
}

/** Returns when the server accepts connections; of several at once PostgreSQL itself lets one through (postmaster.pid). */
export async function startPostmaster(cluster: Cluster, fixedPort?: number): Promise<void> {
  await removeStalePidFile(cluster);
  const port = fixedPort ?? (await choosePort(cluster));
  const lines = Object.entries({ ...cluster.settings, port: String(port) }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`,
  );
  const draft = `${configurationOf(cluster)}.${randomUUID()}`;
  await writeFile(draft, lines.join(""), { mode: 0o644 });
  await rename(draft, configurationOf(cluster));
  const log = await stat(logOf(cluster)).catch(ignore("ENOENT"));
  if (log && log.size > logBytesMax) await rename(logOf(cluster), `${logOf(cluster)}.1`);
  const data = dataOf(cluster.directory);
  await cluster.program.run("pg_ctl", ["start", "-w", "-t", String(startSecondsMax), "-D", data, "-l", logOf(cluster)]);
}

export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  const asked = cluster.program.run("pg_ctl", ["stop", "-W", "-m", "fast", "-D", dataOf(cluster.directory)]);
  // It also fails when the server is already on its way out.
  const stopMsMax = await asked.then(
    () => shutdownMsMax,
    () => refusedMsMax,
  );
  for (const deadline = Date.now() + stopMsMax; await isServing(pid); await delay(20)) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
  }
}

/** The end of the server's log, to tell why it did not start. */
export async function readLogTail(cluster: Cluster): Promise<string> {
  const file = await open(logOf(cluster)).catch(ignore("ENOENT"));
  if (!file) return "";
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2_000), 0, 2_000, Math.max(0, size - 2_000));
    return buffer.toString("utf8", 0, bytesRead).split("\n").slice(-8).join("\n").trim();
  } finally {
    await file.close();
  }
}

/** The last port if it is still free, else a random one below the ephemeral ranges: a client that retries there while the server is down can connect to itself. */
async function choosePort(cluster: Cluster): Promise<number> {
  const configuration = (await readFile(configurationOf(cluster), "utf8").catch(ignore("ENOENT"))) ?? "";
  let port = Number(/^port = '(\d+)'$/m.exec(configuration)?.[1] ?? randomInt(15_000, 32_000));
  while (!(await isFree(port))) port = randomInt(15_000, 32_000);
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}

/** PostgreSQL sees through a dead pid, but takes a zombie, or another program with the pid of before a reboot, for a server. */
async function removeStalePidFile(cluster: Cluster): Promise<void> {
  const aside = `${pidFileOf(cluster)}.${randomUUID()}`;
  if (await findPostmaster(cluster)) return;
  if ((await rename(pidFileOf(cluster), aside).then(() => true, ignore("ENOENT"))) !== true) return;
  const moved = await readPidFile(aside);
  // Somebody else's server may have started between the look and the move.
  if (moved && (await isServing(moved.pid))) await link(aside, pidFileOf(cluster)).catch(ignore("EEXIST"));
  await rm(aside);
}

async function isServing(pid: number): Promise<boolean> {
  if (!isProcess(pid)) return false;
  if (process.platform !== "linux") return true;
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return status === undefined || /^\d+ \(postgres\) [^ZX]/.test(status);
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

const exists = (path: string) => access(path).then(() => true, ignore("ENOENT"));

function ignore(code: string): (error: unknown) => undefined {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
