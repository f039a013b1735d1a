// A whole service on a database of its own: the app behind a real server, an agency with a key, and short ways to ask it.
import { PassThrough } from "node:stream";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import supertest from "supertest";
import { createAgency, issueKey, type LimitsByScope } from "../src/agencies/index.ts";
import { createApp } from "../src/app.ts";
import {
  cosignerConnection,
  logIdentity,
  sequencerConnection,
  startCosigner,
  startSequencer,
  type WitnessAddress,
  witnessName,
} from "../src/audit/index.ts";
import { createHotConnection } from "../src/checks/index.ts";
import type { MisuseSettings } from "../src/checks/misuse/index.ts";
import { startLoadWorker } from "../src/feeds/index.ts";
import type { ProxyList } from "../src/platform/client-address.ts";
import { connect, type Connection } from "../src/platform/database.ts";
import { confirmKeyRing } from "../src/platform/key-confirmation.ts";
import { createKeyRing, type KeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { createLog } from "../src/platform/log.ts";
import { startServer } from "../src/platform/server.ts";
import { enterListing } from "../src/registry/index.ts";
import type { Targets } from "../src/subscriptions/webhooks/index.ts";
import { createTestDatabase } from "./database.ts";

export const PURPOSE = "procurement.supplier_qualification";

export type TestService = Awaited<ReturnType<typeof startService>>;

export type TestServiceOptions = {
  /** False leaves what is committed where the statement puts it. */
  sequencer?: boolean;
  witnesses?: readonly WitnessAddress[];
  quorum?: number;
  /** The time by which courts act. */
  now?: () => Date;
  /** Asked where the competent court has nobody here. */
  liaisonCourt?: string;
  webhookTargets?: Targets;
  limits?: LimitsByScope;
  misuse?: MisuseSettings;
  /** Whose word on where a request comes from is taken. */
  proxies?: ProxyList;
};

export async function startService(options: TestServiceOptions = {}) {
  const { sequencer: isSequenced = true, witnesses = [], quorum = witnesses.length, now = () => new Date() } = options;
  const database = await createTestDatabase();
  const connection = connect(database.url, { name: "test" });
  const ringPath = newRingFile();
  const ring = readKeyRing(ringPath);
  await confirmKeyRing(connection.db, ring);
  const { key, agencyId } = await newAgency(connection, ring, "测试单位", [
    PURPOSE,
    "travel.ticketing",
    "office.lease",
  ]);
  const hot = createHotConnection(database.url);
  const bulkHot = createHotConnection(database.url);
  const logged: string[] = [];
  const logStream = new PassThrough().on("data", (chunk: Buffer) => logged.push(chunk.toString()));
  const log = createLog(logStream);
  const dataDirectory = mkdtempSync(join(tmpdir(), "shixin-data-"));
  const { url } = database;
  const loads = {
    url,
    dataDirectory,
    worker: startLoadWorker({ ...connection, url, ring, dataDirectory, gates: {}, log }),
  };
  const identity = logIdentity("localhost/test", ring.logKeys);
  const open = () => sequencerConnection(database.url);
  const sequencer = isSequenced
    ? startSequencer({ open, identity, quorum, log, pace: { integrateMs: 20, publishMs: 50 } })
    : null;
  const pace = { lookMs: 20, retryMs: 50, retryMsMax: 200 };
  const cosigner = startCosigner({ open: () => cosignerConnection(url), identity, witnesses, log, pace });
  const { app, drain } = createApp({
    connection,
    hot,
    ring,
    log,
    identity,
    demonstration: true,
    witnesses: witnesses.map(witnessName),
    loads,
    bulk: { directory: join(dataDirectory, "bulk"), hot: bulkHot },
    now,
    liaisonCourt: options.liaisonCourt ?? null,
    ...(options.webhookTargets && { webhookTargets: options.webhookTargets }),
    ...(options.misuse && { misuse: options.misuse }),
    ...(options.limits && { limits: options.limits }),
    ...(options.proxies && { proxies: options.proxies }),
    stopping: () => false,
  });
  const server = await startServer(app, { host: "127.0.0.1", port: 0 });
  const request = supertest(server.url);

  return {
    ...connection,
    app,
    url: server.url,
    databaseUrl: database.url,
    ring,
    ringPath,
    identity,
    key,
    agencyId,
    request,
    /** Everything the service logged so far. */
    logged: () => logged.join(""),
    post: (path: string, body: unknown, bearer = key) =>
      request
        .post(path)
        .set("Authorization", `Bearer ${bearer}`)
        .send(body as object),
    get: (path: string, bearer = key) => request.get(path).set("Authorization", `Bearer ${bearer}`),
    /** Publishes a listing in a transaction of its own. */
    publish: (draft: Parameters<typeof enterListing>[3]) =>
      connection.db.transaction((tx) => enterListing(tx, ring, "court:test", draft)),
    addAgency: (name: string, purposes: string[]) => newAgency(connection, ring, name, purposes),
    addKey: async (agencyId: string) => {
      const { key, row } = await connection.db.transaction((tx) => issueKey(tx, ring, "operator:test", { agencyId }));
      return { key, keyId: row.id };
    },
    dataDirectory,
    wake: loads.worker.wake,
    async stop() {
      await loads.worker.stop();
      await server.stop();
      await drain();
      await hot.end();
      await bulkHot.end();
      await sequencer?.stop();
      await cosigner.stop();
      await connection.end();
      await database.drop();
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

export function newRing(): KeyRing {
  return readKeyRing(newRingFile());
}

function newRingFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), "shixin-ring-")), "key-ring.json");
  createKeyRing(path);
  return path;
}

async function newAgency({ db }: Connection, ring: KeyRing, name: string, purposes: string[]) {
  return db.transaction(async (tx) => {
    const agency = await createAgency(tx, "operator:test", { name, purposes });
    const { key, row } = await issueKey(tx, ring, "operator:test", { agencyId: agency.id });
    return { agencyId: agency.id, key, keyId: row.id };
  });
}

/** A valid check; name only what matters. */
export function checkOf(subject: object = {}, rest: object = {}) {
  return {
    purpose: PURPOSE,
    caseReference: "XM-ZC-2026-00123",
    operator: "officer 0417",
    subject: { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" }, ...subject },
    ...rest,
  };
}

/** A valid listing draft; name only what matters. */
export function listingOf(party: object = {}, rest: object = {}): Parameters<typeof enterListing>[3] {
  return {
    party: { name: "测试甲", document: { kind: "resident_id", number: "110101190001010014" }, ...party },
    court: { name: "厦门市思明区人民法院" },
    caseNumber: "(2019)闽0203执90000001号",
    publishedOn: "2026-03-04",
    ...rest,
  };
}
