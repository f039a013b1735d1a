// The canary sweep: invented identities go through checks, refusals, files and errors, and then nothing that the service
// and its database leave behind may hold one of them in clear.
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect as connectSocket } from "node:net";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createAgency, issueKey, revokeKey } from "../../src/agencies/index.ts";
import { createApp } from "../../src/app.ts";
import { logIdentity } from "../../src/audit/index.ts";
import { createHotConnection } from "../../src/checks/index.ts";
import { connect, type Connection } from "../../src/platform/database.ts";
import { createLog } from "../../src/platform/log.ts";
import { startServer } from "../../src/platform/server.ts";
import { canaryDocuments, secretsOf } from "../canaries.ts";
import { PURPOSE } from "../service.ts";
import {
  answeredRequests,
  applications,
  batchOfRefused,
  feedRows,
  refusedRequests,
  reportsOfRefused,
  type Sent,
} from "./canary-requests.ts";
import { createServiceProcess } from "./service-process.ts";
import { createSweep, type Sweep } from "./sweep.ts";

export type CanaryReport = {
  answered: number;
  refused: number;
  /** Answers that are not what they should be: their path and status. */
  surprises: string[];
  rowsAccepted: number;
  rowsRejected: number;
  findings: string[];
  /** Bytes that were looked through, by place. */
  read: ReadonlyMap<string, number>;
  /** The planted secrets that the sweep found. */
  planted: string[];
};

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const { number: CANARY } = canaryDocuments.resident;

type Process = Awaited<ReturnType<typeof createServiceProcess>>;
type Place = { service: Process; connection: Connection; databaseUrl: string; key: string; sweep: Sweep };

export async function sweepForCanaries(): Promise<CanaryReport> {
  const service = await createServiceProcess();
  try {
    await service.start();
    const databaseUrl = await service.databaseUrl();
    const connection = connect(databaseUrl, { name: "canary test" });
    const keys = await issueKeys(connection, service);
    const sweep = createSweep(secretsOf([keys.key, keys.revoked]));
    const place = { service, connection, databaseUrl, key: keys.key, sweep };
    const asked = await askEverything(place, service.url, keys.revoked);
    const rows = await importRows(place);
    const prepared = await askInProcess(place);
    await breakThings(place);
    await lookEverywhere(place);
    const findings = sweep.findings();
    const planted = await plant(place);
    await connection.end();
    return { ...asked, ...rows, surprises: [...asked.surprises, ...prepared], findings, read: sweep.read(), planted };
  } finally {
    await service.remove();
  }
}

async function issueKeys({ db }: Connection, { ring }: Process) {
  return db.transaction(async (tx) => {
    const agency = await createAgency(tx, "operator:test", { name: "测试单位", purposes: [PURPOSE] });
    const { key } = await issueKey(tx, ring, "operator:test", { agencyId: agency.id });
    const { key: revoked, row } = await issueKey(tx, ring, "operator:test", { agencyId: agency.id });
    await revokeKey(tx, "operator:test", row.id, "test");
    return { key, revoked };
  });
}

/** Sends every request; what comes back of a refusal must hold no secret, and of an answer none but the agency's own view. */
async function askEverything({ sweep, key }: Place, url: string, revoked: string) {
  const surprises: string[] = [];
  let answered = 0;
  let refused = 0;
  for (const sent of [...answeredRequests, batchOfRefused, reportsOfRefused, ...applications]) {
    const reply = await send(url, key, sent);
    sweep.look("answers", reply.head + reply.body);
    if (reply.status === 200 || reply.status === 201) answered++;
    else surprises.push(`${sent.path}: ${reply.status}`);
  }
  const withRevoked = answeredRequests.map((sent) => ({ ...sent, headers: { Authorization: `Bearer ${revoked}` } }));
  for (const sent of [...refusedRequests(), ...withRevoked]) {
    const reply = await send(url, key, sent);
    sweep.look("refusals", reply.head + reply.body);
    if (reply.status >= 400 && reply.status < 500) refused++;
    else surprises.push(`${sent.path}: ${reply.status} for ${sent.body?.length ?? 0} characters`);
  }
  sweep.look("refusals", await sendRaw(url, `GET / HTTP/1.1\r\nHost: x\r\nBad Header ${CANARY}: x\r\n\r\n`));
  sweep.look("refusals", await sendRaw(url, `${CANARY} / HTTP/9.9\r\n\r\n`));
  for (const page of ["/metrics", "/readyz?verbose", "/livez", "/openapi.json"]) {
    const reply = await send(url, key, { method: "GET", path: page });
    sweep.look(page, reply.body);
  }
  return { answered, refused, surprises };
}

/** With `node:http`, which sends odd headers and paths as they are. */
async function send(url: string, key: string, { method = "POST", path, headers, body }: Sent) {
  const all = { Authorization: `Bearer ${key}`, "Content-Type": "application/json", ...headers };
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  return new Promise<{ status: number; head: string; body: string }>((resolve, reject) => {
    const sending = request(url + path, { method, headers: { ...all, ...length } }, (answer) => {
      const head = answer.rawHeaders.join("\n");
      text(answer).then((read) => resolve({ status: answer.statusCode ?? 0, head, body: read }), reject);
    });
    sending.on("error", reject).end(body);
  });
}

async function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connectSocket(Number(port), hostname);
  socket.end(bytes);
  return text(socket);
}

/** Loads a file whose rows hold the numbers, accepted and rejected, through the command line. */
async function importRows({ service, databaseUrl, sweep }: Place) {
  const file = join(service.folder, "rows.jsonl");
  const rejected = join(service.folder, "rejected.jsonl");
  const rows = feedRows().map((row) => JSON.stringify(row));
  await writeFile(file, [...rows, `{"iname":"${CANARY}`, CANARY, `["${CANARY}"]`].join("\n"));
  const options = ["--source", "national", "--mode", "delta", "--json", "--rejected", rejected];
  const environment = {
    PATH: process.env["PATH"],
    DATABASE_URL: databaseUrl,
    DATA_DIR: service.folder,
    KEY_RING: join(service.folder, "key-ring.json"),
    // The rows are meant to be rejected, and the accepted ones to reach the register all the same.
    FEED_GATES: '{"rejects":1,"masked":1}',
  };
  const run = await new Promise<{ out: string; err: string }>((resolve) => {
    execFile(process.execPath, [CLI, "feed", "import", file, ...options], { env: environment }, (_, out, err) =>
      resolve({ out, err }),
    );
  });
  sweep.look("import's output", run.out + run.err);
  sweep.look("file of rejected rows", await readFile(rejected));
  const { counts } = JSON.parse(run.out) as { counts: { accepted: number; rejected: number } };
  return { rowsAccepted: counts.accepted, rowsRejected: counts.rejected };
}

/** The app in this process, whose session can be asked for its prepared statements. Returns surprises. */
async function askInProcess({ service, connection, databaseUrl, key, sweep }: Place): Promise<string[]> {
  const hot = createHotConnection(databaseUrl);
  const written = new PassThrough();
  const logged = text(written);
  const { app, drain } = createApp({
    connection,
    hot,
    ring: service.ring,
    log: createLog(written),
    identity: logIdentity("localhost/test", service.ring.logKeys),
    demonstration: false,
    stopping: () => false,
  });
  const server = await startServer(app, { host: "127.0.0.1", port: 0 });
  const surprises: string[] = [];
  for (const sent of answeredRequests) {
    const { status } = await send(server.url, key, sent);
    if (status !== 200) surprises.push(`${sent.path} in this process: ${status}`);
  }
  for (const sent of refusedRequests()) await send(server.url, key, sent);
  const statements = await hot.run((sql) => sql`select statement from pg_prepared_statements`);
  sweep.look("pg_prepared_statements", JSON.stringify(statements));
  await server.stop();
  await drain();
  await hot.end();
  written.end();
  sweep.look("log of this process", await logged);
  return surprises;
}

/** Errors of the database that know a value: each is logged as the service logs errors, and may stay in PostgreSQL's log. */
async function breakThings({ service, connection, databaseUrl, key, sweep }: Place): Promise<void> {
  const { sql } = connection;
  const written = new PassThrough();
  const logged = text(written);
  const log = createLog(written);
  const impatient = connect(databaseUrl, { name: "canary timeout", max: 1, statementTimeoutMs: 100 });
  const insertTwice = () =>
    sql`insert into agency (id, name) select gen_random_uuid(), ${CANARY} from generate_series(1, 2)`;
  const failures = [
    insertTwice,
    () => connection.db.transaction((tx) => createAgency(tx, "operator:test", { name: "测试", purposes: [CANARY] })),
    () => sql`select ${CANARY}::text::int`,
    () => sql`insert into check_record (id, case_reference) values (gen_random_uuid(), ${CANARY})`,
    () => sql.unsafe(`select '${CANARY}'::int`),
    () => sql.unsafe(`selec '${CANARY}'`),
    () => impatient.sql`select pg_sleep(5), ${CANARY}::text`,
    () => impatient.sql.unsafe(`select pg_sleep(5), '${CANARY}'`),
  ];
  for (const fail of failures) {
    try {
      await fail();
      sweep.look("a failure that did not fail", CANARY);
    } catch (error) {
      log.error({ err: error }, "failed");
    }
  }
  const [backend] = await impatient.sql<
    { pid: number }[]
  >`select pg_backend_pid() as pid, set_config('statement_timeout', '0', false)`;
  const dying = impatient.sql
    .unsafe(`select pg_sleep(60), '${CANARY}'`)
    .catch((error: unknown) => log.error({ err: error }));
  await delay(100);
  if (backend) process.kill(backend.pid, "SIGKILL");
  await dying;
  await impatient.sql.end({ timeout: 0 });
  await answersAgain(service.url, key);
  written.end();
  sweep.look("log of errors", await logged);
}

/** PostgreSQL recovers from the death of a backend; the service answers again by itself. */
async function answersAgain(url: string, key: string): Promise<void> {
  const [sent] = answeredRequests;
  while (sent && (await send(url, key, sent)).status !== 200) await delay(50);
}

async function lookEverywhere({ service, databaseUrl, key, sweep }: Place): Promise<void> {
  await sweep.lookIntoDatabase(databaseUrl);
  sweep.look("metrics at the end", (await send(service.url, key, { method: "GET", path: "/metrics" })).body);
  sweep.look("output of the service", service.output());
  sweep.look("PostgreSQL's log", await service.serverLog());
  const own = new Set(["postgres", "key-ring.json", "rows.jsonl"]);
  for (const entry of await readdir(service.folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const top = path.slice(service.folder.length + 1).split("/")[0] ?? "";
    if (entry.isFile() && !own.has(top)) sweep.look(`file ${top}`, await readFile(path));
  }
}

/** The control: a secret in a log line, in a text, in bytes and in PostgreSQL's log is found in each place. */
async function plant({ service, connection, databaseUrl }: Place): Promise<string[]> {
  const { sql } = connection;
  const control = createSweep([CANARY]);
  const written = new PassThrough();
  createLog(written).info({ number: CANARY }, "planted");
  written.end();
  control.look("planted log line", await text(written));
  await sql`insert into audit_entry (id, actor, action, subject, reason) values (gen_random_uuid(), 'a', 'a', 'a', ${`见${CANARY}`})`;
  await sql`insert into document (blind_index, subject_id, kind, masked, source)
    values (${Buffer.from(`..${CANARY}..`)}, gen_random_uuid(), 'a', 'a', 'a')`;
  await sql.unsafe(`do $$ begin raise log '%', '${CANARY}'; end $$`);
  await control.lookIntoDatabase(databaseUrl);
  control.look("PostgreSQL's log", await service.serverLog());
  return control.findings();
}
