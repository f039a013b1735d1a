// Several processes that serve one register: started by one, replaced without a gap, brought back when they are killed.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAgency, issueKey } from "../../src/agencies/index.ts";
import { confirmKeyRing } from "../../src/platform/key-confirmation.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { databaseUrlOf, useDatabase } from "../database.ts";
import { checkOf, PURPOSE } from "../service.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shixin-workers-"));
const KEY_RING = join(folder, "key-ring.json");

describe.skipIf(process.platform === "win32")("a service of two processes", () => {
  const connection = useDatabase();
  let child: ChildProcess;
  let url: string;
  let key: string;

  beforeAll(async () => {
    createKeyRing(KEY_RING);
    const ring = readKeyRing(KEY_RING);
    await confirmKeyRing(connection.db, ring);
    key = await connection.db.transaction(async (tx) => {
      const agency = await createAgency(tx, "operator:test", { name: "测试单位", purposes: [PURPOSE] });
      return (await issueKey(tx, ring, "operator:test", { agencyId: agency.id })).key;
    });
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const DATABASE_URL = await databaseUrlOf(connection);
    child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
      env: { PATH, NODE_COMPILE_CACHE, PORT: "0", WORKERS: "2", DATA_DIR: folder, KEY_RING, DATABASE_URL },
      stdio: ["ignore", "pipe", "inherit"],
    });
    url = await new Promise((resolve, reject) => {
      let said = "";
      child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
        said += chunk;
        const [, found] = /The register serves (\S+) in 2 processes/.exec(said) ?? [];
        if (found) resolve(found);
      });
      child.once("exit", () => reject(new Error(`ended before it served: ${said}`)));
    });
  });
  afterAll(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });

  /** On a connection of its own, as a balancer's health check: what is idle meanwhile may be closed at any time. */
  const check = async () => {
    const body = JSON.stringify(checkOf());
    const headers = {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
    };
    const asking = request(`${url}/v1/checks`, { method: "POST", headers, agent: false }).end(body);
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  /** Sessions of the processes in which checks are asked. */
  const sessions = async () => {
    const rows = await connection.sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name = 'shixin checks' and datname = current_database()`;
    return rows.map(({ pid }) => pid);
  };

  test("answers and counts together: whichever is asked tells what all have counted", async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, check));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const counted = async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^shixin_checks_total\{outcome="clear"\} (\d+)/m.exec(text)?.[1]);
    };
    for (let time = 0; time < 4; time++) expect(await counted()).toBe(40);
    const [row] = await connection.sql<{ rows: number }[]>`select count(*)::int as rows from check_record`;
    expect(row?.rows).toBe(40);
  });

  test("is replaced on SIGHUP without refusing anybody", async () => {
    const old = new Set(await sessions());
    let going = true;
    const statuses: unknown[] = [];
    const asking = (async () => {
      while (going) statuses.push(await check().catch((error: unknown) => error));
    })();
    child.kill("SIGHUP");
    const isNew = async () => {
      const now = await sessions();
      return now.length > 0 && now.every((pid) => !old.has(pid));
    };
    await expect.poll(isNew, { timeout: 60_000 }).toBe(true);
    going = false;
    await asking;
    expect(statuses.length).toBeGreaterThan(10);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  test.runIf(process.platform === "linux")("gets another process for one that was killed", async () => {
    // The last of those that were replaced may still be answering.
    await expect.poll(() => childrenOf(child.pid).length).toBe(2);
    const before = childrenOf(child.pid);
    process.kill(before[0] ?? 0, "SIGKILL");
    const isWhole = () => {
      const now = childrenOf(child.pid);
      return now.length === 2 && !now.includes(before[0] ?? 0);
    };
    await expect.poll(isWhole, { timeout: 60_000 }).toBe(true);
    await expect.poll(check, { timeout: 60_000 }).toBe(200);
  });

  test("ends as a whole", async () => {
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(0);
    await expect.poll(sessions).toEqual([]);
  });
});

function childrenOf(pid: number | undefined): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.split(" ").filter(Boolean).map(Number);
}
