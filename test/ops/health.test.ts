// What operators see: life, readiness and numbers, with the database there and gone.
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { newRouter } from "../../src/platform/http.ts";
import { healthRoutes } from "../../src/ops/index.ts";
import { connectSql } from "../../src/platform/database.ts";
import { createMetricsRegistry } from "../../src/platform/metrics.ts";
import { checkOf, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** The routes alone, on any database. */
async function askHealth(url: string, path: string, { stopping = false, lagSeconds = 0 } = {}) {
  const sql = connectSql(url, { name: "test", max: 1 });
  const app = newRouter();
  app.route(
    "/",
    healthRoutes({
      sql,
      metrics: createMetricsRegistry(),
      lag: { seconds: () => lagSeconds },
      stopping: () => stopping,
    }),
  );
  const response = await app.request(path);
  await sql.end({ timeout: 0 });
  return { status: response.status, text: await response.text() };
}
const nowhere = "postgres://postgres@127.0.0.1:1/none";

test("a process without a database lives and is not ready", async () => {
  expect(await askHealth(nowhere, "/livez")).toEqual({ status: 200, text: "ok\n" });
  expect(await askHealth(nowhere, "/readyz")).toEqual({ status: 503, text: "not ready\n" });
  expect(await askHealth(nowhere, "/readyz?verbose")).toEqual({
    status: 503,
    text: "[+]accepting ok\n[-]database failed\n[+]log ok\nnot ready\n",
  });
});

test("a service with its schema is ready, and nothing may store that answer", async () => {
  const { status, text, headers } = await service.request.get("/readyz?verbose");
  expect([status, text]).toEqual([200, "[+]accepting ok\n[+]database ok\n[+]schema ok\n[+]log ok\nready\n"]);
  expect(headers["cache-control"]).toBe("no-store");
});

test("a database without our schema makes no service ready", async () => {
  const { text } = await askHealth(inject("postgresUrl"), "/readyz?verbose");
  expect(text).toBe("[+]accepting ok\n[+]database ok\n[-]schema failed\n[+]log ok\nnot ready\n");
});

test("a service that stops is not ready any more", async () => {
  const { status, text } = await askHealth(service.databaseUrl, "/readyz?verbose", { stopping: true });
  expect(status).toBe(503);
  expect(text).toContain("[-]accepting failed");
});

test("a check is counted by its outcome", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  expect(body.outcome).toBe("clear");
  const { text, headers } = await service.request.get("/metrics");
  expect(headers["content-type"]).toContain("version=0.0.4");
  expect(text).toContain('shixin_checks_total{outcome="clear"} 1\n');
  expect(text).toContain("shixin_check_group_identities_count 1\n");
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
});

test("a database that refuses every session makes the service unready, and it recovers by itself", async () => {
  const name = new URL(service.databaseUrl).pathname.slice(1);
  const operator = new Client({ connectionString: inject("postgresUrl") });
  await operator.connect();
  await operator.query(`alter database ${name} with allow_connections false`);
  await operator.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  expect((await service.request.get("/readyz")).status).toBe(503);
  expect((await service.request.get("/livez")).status).toBe(200);
  const { status, body, headers } = await service.post("/v1/checks", checkOf());
  expect([status, body.code]).toEqual([503, "register-unavailable"]);
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  await operator.query(`alter database ${name} with allow_connections true`);
  await operator.end();
  await expect.poll(async () => (await service.request.get("/readyz")).status, { timeout: 20_000 }).toBe(200);
  await expect.poll(async () => (await service.post("/v1/checks", checkOf())).status, { timeout: 20_000 }).toBe(200);
});
