// Starts the real PostgreSQL of a test run and migrates the template that every test file copies its database from.
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { seedCourts } from "../src/courts/index.ts";
import { connect } from "../src/platform/database.ts";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { migrate } from "../src/platform/migrations.ts";
import { canaryDocuments, findCanaries } from "./canaries.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A superuser's address on the server of this run. */
    postgresUrl: string;
    /** The migrated database that `createTestDatabase` copies. */
    templateDatabase: string;
  }
}

/** For speed only: tests that kill a server start one of their own, with the settings of production. */
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "128MB" };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env["TEST_DATABASE_URL"] ? borrow(process.env["TEST_DATABASE_URL"]) : await startServer();
  const templateDatabase = `shixin_template_${randomBytes(4).toString("hex")}`;
  try {
    await run(server.url, `create database ${templateDatabase}`);
    const template = new URL(server.url);
    template.pathname = templateDatabase;
    await migrate(template.href);
    await seed(template.href);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgresUrl", server.url);
  project.provide("templateDatabase", templateDatabase);
  return async () => {
    try {
      await run(server.url, `drop database ${templateDatabase} with (force)`);
    } finally {
      await server.stop();
    }
  };
}

/** What every start gives an empty database. */
async function seed(url: string): Promise<void> {
  const { db, end } = connect(url, { name: "seed" });
  try {
    await seedCourts(db);
  } finally {
    await end();
  }
}

type Server = { url: string; stop(): Promise<void> };

function borrow(url: string): Server {
  return { url, stop: () => Promise.resolve() };
}

async function startServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "shixin-test-"));
  await chmod(folder, 0o711); // The server may run under another account than root's.
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const postgres = await startEmbeddedPostgres({ directory: join(folder, "postgres"), settings });
    const stop = async () => {
      // A process that a failed test left behind must not keep the server.
      await run(
        postgres.url,
        "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and application_name <> 'shixin lease' and pid <> pg_backend_pid()",
      );
      await plantCanary(postgres.url);
      await postgres.stop();
      const log = await readFile(join(folder, "postgres", "server.log"), "utf8");
      await remove();
      requireNoCanary(log);
    };
    return { url: postgres.url, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** After this line a canary stands in the server's log: the control of the sweep that follows. */
const PLANTED = "a canary is planted";

async function plantCanary(url: string): Promise<void> {
  await run(url, `do $$ begin raise log '${PLANTED}: ${canaryDocuments.resident.number}'; end $$`);
}

/** The tests of this run used canary identities everywhere; the server's log may hold none but the planted one. */
function requireNoCanary(log: string): void {
  const [written = "", planted = ""] = log.split(PLANTED);
  if (findCanaries(planted).length !== 1)
    throw new Error("The sweep of PostgreSQL's log does not find what is planted.");
  const found = findCanaries(written);
  if (found.length > 0) throw new Error(`PostgreSQL's log holds ${found.length} canaries in clear.`);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
