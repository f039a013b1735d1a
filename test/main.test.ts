// Start and stop as on a newcomer's machine: what `npm start` runs, in an empty directory, with nothing else installed.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOfBase32, totpCode, totpStep } from "../src/courts/accounts/totp.ts";
import { createKeyRing } from "../src/platform/key-ring.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shixin-main-"));
const postmaster = join(folder, "data", "postgres", "cluster", "postmaster.pid");

beforeAll(() => chmodSync(folder, 0o711)); // The server may run under another account than root's.
afterAll(() => {
  if (existsSync(postmaster)) process.kill(Number(readFileSync(postmaster, "utf8").split("\n")[0]), "SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

type Service = {
  child: ChildProcess;
  lines: string[];
  until: (text: string) => Promise<void>;
  ended: Promise<number | null>;
  err: () => string;
};

function start(environment: NodeJS.ProcessEnv): Service {
  const { PATH, SystemRoot } = process.env;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: { PATH, SystemRoot, PORT: "0", NODE_COMPILE_CACHE: join(folder, "compiled"), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  const until = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = (line: string) => line.includes(text) && resolve();
      lines.forEach(look);
      reader.on("line", look);
      void ended.then(() => reject(new Error(`ended before "${text}": ${err}`)));
    });
  reader.on("line", (line) => lines.push(line));
  return { child, lines, until, ended, err: () => err };
}

/** Sends what a printed curl line sends; the command in the one that signs in is done here. */
async function sendCurl(line: string): Promise<unknown> {
  const sent = line.replace(/'\$\(.* staff code (\w+)\)'/, (_, secret: string) => codeOf(secret));
  const [, url, rest = ""] = /^curl -s (?:-c \S+ )?(\S+) (.*)$/.exec(sent) ?? [];
  const headers = [...rest.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]): [string, string] => [
    `${name}`,
    `${value}`,
  ]);
  const [, body = ""] = /-d '(.*)'$/.exec(rest) ?? [];
  const response = await fetch(String(url), { method: "POST", headers, body });
  return response.json();
}

const codeOf = (secret: string) => totpCode(bytesOfBase32(secret) ?? Buffer.alloc(0), totpStep(new Date()));
const keyIn = (lines: string[]) => lines.join("\n").match(/sx_live_\w+/)?.[0];

describe("the first start", () => {
  test("serves, the printed lines answer as said, and Ctrl-C stops everything; so does the second, with the same key", async () => {
    const keys: (string | undefined)[] = [];
    const sessions: unknown[] = [];
    for (const round of ["first", "second"]) {
      const service = start({ DATA_DIR: join(folder, "data") });
      await service.until("Ctrl-C stops the service");
      // The code of the first start may still be the one of the second, and works once.
      const curls = service.lines.filter((line) => line.startsWith("curl ")).slice(0, round === "first" ? 3 : 2);
      const [listed, clear, session] = await Promise.all(curls.map(sendCurl));
      expect({ round, listed, clear }).toMatchObject({ listed: { outcome: "listed" }, clear: { outcome: "clear" } });
      sessions.push(session);
      keys.push(keyIn(service.lines));
      expect(existsSync(postmaster)).toBe(true);
      service.child.kill("SIGINT");
      expect(await service.ended).toBe(0);
      expect([service.lines.at(-1), service.err()]).toEqual(["Stopped.", ""]);
      expect(existsSync(postmaster)).toBe(false);
    }
    expect(keys[0]).toMatch(/^sx_live_/);
    expect(keys[1]).toBe(keys[0]);
    expect(sessions[0]).toMatchObject({ account: { login: "demo.clerk" } });
  }, 120_000);

  test("that is interrupted on its way leaves nothing running", async () => {
    const service = start({ DATA_DIR: join(folder, "data") });
    await service.until("PostgreSQL serves");
    service.child.kill("SIGINT");
    expect(await service.ended).toBe(0);
    expect(existsSync(postmaster)).toBe(false);
  });
});

test("a start takes in what commands left for the log long ago, and refuses no check for it", async () => {
  const database = await createTestDatabase();
  const KEY_RING = join(folder, "late.json");
  createKeyRing(KEY_RING);
  const startAgain = async () => {
    const service = start({ DATABASE_URL: database.url, KEY_RING, DATA_DIR: join(folder, "late") });
    await service.until("Ctrl-C stops the service");
    return service;
  };
  const stop = async ({ child, ended }: Service) => {
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  };
  await stop(await startAgain());
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const left =
    "insert into log_outbox (kind, commitments, created_at) values ('fact', $1, now() - interval '10 minutes')";
  await client.query(left, [Buffer.alloc(32, 1)]);
  const service = await startAgain();
  const check = service.lines.find((line) => line.startsWith("curl "));
  expect(await sendCurl(String(check))).toMatchObject({ outcome: "listed" });
  expect((await client.query("select from log_outbox where created_at < now() - interval '9 minutes'")).rowCount).toBe(
    0,
  );
  await client.end();
  await stop(service);
  await database.drop();
}, 120_000);

describe("a start is refused in a line, with exit code 1,", () => {
  let database: TestDatabase;
  let base: NodeJS.ProcessEnv;

  beforeAll(async () => {
    database = await createTestDatabase();
    const keyRing = join(folder, "key-ring.json");
    createKeyRing(keyRing);
    base = { DATABASE_URL: database.url, KEY_RING: keyRing, DATA_DIR: join(folder, "refused"), NODE_ENV: "production" };
  });
  afterAll(() => database.drop());

  async function refusal(environment: NodeJS.ProcessEnv): Promise<string> {
    const service = start(environment);
    expect(await service.ended).toBe(1);
    expect(service.err()).not.toContain("    at ");
    return service.err();
  }

  test("when its port is taken", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await once(squatter, "listening");
    const address = squatter.address();
    const port = typeof address === "object" ? address?.port : 0;
    expect(await refusal({ ...base, PORT: String(port) })).toContain(
      `cannot listen on 127.0.0.1 port ${port} (EADDRINUSE)`,
    );
    squatter.close();
  });

  test("in production without a key ring", async () => {
    expect(await refusal({ ...base, KEY_RING: "" })).toContain("KEY_RING: required in production");
  });

  test("with another key ring than the database's", async () => {
    const foreign = join(folder, "foreign.json");
    createKeyRing(foreign);
    expect(await refusal({ ...base, KEY_RING: foreign })).toMatch(/key 1 of this database is not in the key ring\n$/);
  });

  test("when its key ring is gone, and makes no new one", async () => {
    const { KEY_RING: _, ...rest } = base;
    expect(await refusal({ ...rest, NODE_ENV: "" })).toContain(
      "is missing, and this database was filled with a key ring",
    );
    expect(existsSync(join(folder, "refused", "key-ring.json"))).toBe(false);
  });

  test("on a schema that is ahead of it", async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 0)");
    await client.end();
    expect(await refusal(base)).toContain("run the version that made them");
  });
});
