// Clients that keep a journal of what they asked and what was answered while something breaks, and the comparison of that
// journal with the record: every answered check is there exactly once, as it was answered.
import { setTimeout as delay } from "node:timers/promises";
import { createLoadClient, type LoadClient, type Reply } from "../../bench/http-client.ts";
import { newApiKey } from "../../src/agencies/api-key.ts";
import { createAgency, issueKey } from "../../src/agencies/index.ts";
import { connect } from "../../src/platform/database.ts";
import { withDeadline } from "../../src/platform/deadline.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { enterListing } from "../../src/registry/index.ts";
import { listingOf, PURPOSE } from "../service.ts";
import { createChance, partyAt, singleOf, subjectOf } from "./party.ts";
import type { ServiceProcess } from "./service-process.ts";

const LISTED = 20;
const CONFLICTING = 20;
const PARTIES = 400;
const BATCH = 25;
/** One question of this many is a batch, one client of this many has a key that nobody knows. */
const BATCH_SHARE = 8;
const STRANGER_SHARE = 8;
/** A client that hears nothing for so long was forgotten. */
const ANSWER_MS_MAX = 60_000;
/** Ten times what the check path promises: the machine may be busy. */
const REFUSAL_MS_MAX = 30_000;
export const BACK_MS_MAX = 120_000;
const RETRY_MS = 20;

export type Answer = { id: string; outcome: string };
export type Entry = {
  reference: string;
  size: number;
  sentAt: number;
  answeredAt: number;
  status: number;
  answers: Answer[];
  isRepeated?: boolean;
};
export type Journal = { entries: Entry[]; violations: Set<string> };

/** An agency with its key, and parties of whom some are listed and some share their number with a listed name. */
export async function fill(service: ServiceProcess): Promise<string> {
  const { db, end } = connect(await service.databaseUrl(), { name: "fault test" });
  try {
    return await db.transaction(async (tx) => {
      for (let index = 0; index < LISTED + CONFLICTING; index++) {
        const { name, number } = partyAt(index);
        const listed = { name: index < LISTED ? name : "另一人", document: { kind: "resident_id" as const, number } };
        await enterListing(tx, service.ring, "court:test", listingOf(listed));
      }
      const agency = await createAgency(tx, "operator:test", { name: "测试单位", purposes: [PURPOSE] });
      return (await issueKey(tx, service.ring, "operator:test", { agencyId: agency.id })).key;
    });
  } finally {
    await end();
  }
}

function expectedOutcome(index: number): string {
  return index < LISTED ? "listed" : index < LISTED + CONFLICTING ? "review" : "clear";
}

/** `clients` ask while `work` breaks things; everything that was asked and answered. */
export async function askMeanwhile(
  service: ServiceProcess,
  key: string,
  { clients, seed }: { clients: number; seed: number },
  work: (journal: Journal) => Promise<void>,
): Promise<Journal> {
  const journal: Journal = { entries: [], violations: new Set() };
  const stopping = new AbortController();
  const load = Array.from({ length: clients }, (_, index) => {
    const client = index % STRANGER_SHARE === STRANGER_SHARE - 1 ? keepKnocking : keepAsking;
    return client(service, key, journal, createChance(seed * 1_000 + index), `${seed}-${index}`, stopping.signal);
  });
  try {
    await work(journal);
  } finally {
    stopping.abort();
    await Promise.all(load);
  }
  return journal;
}

type Client = (
  service: ServiceProcess,
  key: string,
  journal: Journal,
  chance: () => number,
  name: string,
  stopping: AbortSignal,
) => Promise<void>;

/**
 * Asks one question after the other, each under a case reference of its own. Half of the clients never ask again after a
 * failure; the others send an Idempotency-Key, and the same again until it is answered.
 */
const keepAsking: Client = async (service, key, journal, chance, name, stopping) => {
  const client = clientOf(service, key);
  const repeats = chance() < 0.5;
  for (let count = 0; !stopping.aborted; count++) {
    const reference = `${name}-${count}`;
    const isBatch = chance() * BATCH_SHARE < 1;
    const indexes = Array.from({ length: isBatch ? BATCH : 1 }, () => Math.floor(chance() * PARTIES));
    const [path, body] = isBatch
      ? ["/v1/checks/batch", batchOf(indexes, reference)]
      : ["/v1/checks", singleOf(partyAt(indexes[0] ?? 0), reference)];
    const headers = repeats ? { "Idempotency-Key": `asked-once-${reference.padStart(16, "0")}` } : undefined;
    for (let status = 0; status !== 200 && !stopping.aborted;) {
      const sentAt = performance.now();
      const reply = await send(client, path, body, journal, headers);
      status = reply?.status ?? 0;
      const answers = reply?.status === 200 ? answersIn(reply.body, isBatch) : [];
      const isRepeated = /idempotency-replayed: true/i.test(reply?.head ?? "");
      const entry = { reference, size: indexes.length, sentAt, answeredAt: performance.now(), status, answers };
      journal.entries.push({ ...entry, isRepeated });
      if (status === 200) {
        const isTrue = indexes.every((index, at) => answers[at]?.outcome === expectedOutcome(index));
        if (!isTrue) journal.violations.add("an answer is not true");
        break;
      }
      if (status !== 0 && !isRefusal(reply)) journal.violations.add(`an answer is ${status}, not a 503 problem`);
      await delay(RETRY_MS);
      if (!repeats) break;
    }
  }
  client.close();
};

/** Comes with keys that no process can remember, so each question needs the database before the check does. */
const keepKnocking: Client = async (service, _key, journal, _chance, name, stopping) => {
  while (!stopping.aborted) {
    const client = clientOf(service, newApiKey().key);
    const sentAt = performance.now();
    const reply = await send(client, "/v1/checks", singleOf(partyAt(0), name), journal);
    const status = reply?.status ?? 0;
    journal.entries.push({ reference: name, size: 0, sentAt, answeredAt: performance.now(), status, answers: [] });
    if (status !== 0 && status !== 401 && !isRefusal(reply)) journal.violations.add(`a stranger is answered ${status}`);
    client.close();
    await delay(RETRY_MS);
  }
};

function clientOf({ port }: ServiceProcess, key: string): LoadClient {
  return createLoadClient({ host: "127.0.0.1", port, connections: 1, headers: { Authorization: `Bearer ${key}` } });
}

function batchOf(indexes: number[], caseReference: string): string {
  const subjects = indexes.map((index) => subjectOf(partyAt(index)));
  return JSON.stringify({ purpose: PURPOSE, caseReference, operator: "officer 0417", subjects });
}

/** The reply, or nothing when the connection broke. */
async function send(
  client: LoadClient,
  path: string,
  body: string,
  { violations }: Journal,
  headers?: Record<string, string>,
) {
  const forgotten = () => {
    violations.add("a request was never answered");
    return new Error("no answer");
  };
  return withDeadline(client.post(path, body, headers), ANSWER_MS_MAX, forgotten).catch(() => null);
}

function answersIn(body: string, isBatch: boolean): Answer[] {
  const parsed = JSON.parse(body) as Answer & { results: Answer[] };
  return (isBatch ? parsed.results : [parsed]).map(({ id, outcome }) => ({ id, outcome }));
}

function isRefusal(reply: Reply | null): boolean {
  return reply?.status === 503 && /content-type: application\/problem\+json/i.test(reply.head);
}

/** The first check that was asked and answered after `since`. */
export async function firstAnswer({ entries }: Journal, since: number): Promise<Entry> {
  for (let from = 0; performance.now() - since < BACK_MS_MAX;) {
    const first = entries.slice(from).find(({ status, sentAt }) => status === 200 && sentAt > since);
    if (first) return first;
    from = entries.length;
    await delay(5);
  }
  throw new Error("the service does not answer again");
}

/** Every answered check is there once, as answered; a question is there as a whole or not at all, and never twice. */
export async function compareWithRecord(service: ServiceProcess, { entries, violations }: Journal): Promise<number> {
  const { sql, end } = connect(await service.databaseUrl(), { name: "fault test", statementTimeoutMs: 0 });
  try {
    const rows = await sql<{ id: string; outcome: string; reference: string }[]>`
      select id, outcome, case_reference as reference from check_record`;
    const byId = new Map(rows.map((row) => [row.id, row]));
    if (byId.size !== rows.length) violations.add("an id is recorded twice");
    const countOf = new Map<string, number>();
    for (const { reference } of rows) countOf.set(reference, (countOf.get(reference) ?? 0) + 1);
    const sent = new Map(entries.filter(({ size }) => size > 0).map((entry) => [entry.reference, entry]));
    for (const [reference, count] of countOf)
      if (count !== sent.get(reference)?.size) violations.add("a question is recorded twice, in part, or unasked");
    for (const { reference, answers } of entries)
      for (const { id, outcome } of answers) {
        const row = byId.get(uuidOf("chk", id) ?? "");
        if (!row) violations.add("an answered check is not in the record");
        else if (row.outcome !== outcome || row.reference !== reference) violations.add("a record is not its answer");
      }
    return rows.length;
  } finally {
    await end();
  }
}

/** Takes away the record of one answered check, and whether the comparison then says so. */
export async function losesOne(service: ServiceProcess, { entries }: Journal): Promise<boolean> {
  const { sql, end } = connect(await service.databaseUrl(), { name: "fault test" });
  try {
    const lost = entries.findLast(({ answers }) => answers.length === 1);
    await sql`delete from check_record where id = ${uuidOf("chk", lost?.answers[0]?.id ?? "")}`;
  } finally {
    await end();
  }
  const violations = new Set<string>();
  await compareWithRecord(service, { entries, violations });
  return violations.has("an answered check is not in the record");
}

export function summaryOf({ entries, violations }: Journal) {
  const refusals = entries.filter(({ status }) => status === 503);
  const slowest = (some: Entry[]) =>
    some.reduce((most, { sentAt, answeredAt }) => Math.max(most, answeredAt - sentAt), 0);
  const slowestRefusalMs = slowest(refusals.filter(({ size }) => size > 0));
  const slowestStrangerMs = slowest(refusals.filter(({ size }) => size === 0));
  if (Math.max(slowestRefusalMs, slowestStrangerMs) > REFUSAL_MS_MAX) violations.add("a refusal came too late");
  return {
    answered: entries.reduce((sum, { answers }) => sum + answers.length, 0),
    refused: refusals.length,
    unanswered: entries.filter(({ status }) => status === 0).length,
    repeated: entries.filter(({ isRepeated }) => isRepeated).length,
    slowestRefusalMs,
    slowestStrangerMs,
    violations: [...violations],
  };
}
