// No stale answer: a change is committed, and the very next check, over any connection to any process, must know it.
import { sql as drizzleSql } from "drizzle-orm";
import { createLoadClient } from "../../bench/http-client.ts";
import { createAgency, issueKey, revokeKey } from "../../src/agencies/index.ts";
import type { Connection, Transaction } from "../../src/platform/database.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";
import { enterListing } from "../../src/registry/index.ts";
import { endByCourt } from "../registry/ending.ts";
import { listingOf, PURPOSE } from "../service.ts";
import { createChance, partyAt, singleOf } from "./party.ts";

export const changes = [
  "listing published",
  "listing ended",
  "key issued",
  "key revoked",
  "purpose withdrawn",
  "purpose added",
] as const;
export type Change = (typeof changes)[number];

export type FreshnessPlan = {
  connection: Connection;
  ring: KeyRing;
  /** The processes; each change is asked of all of them. */
  urls: string[];
  changes: number;
  /** Clients that keep checking clear parties meanwhile. */
  load: number;
  seed: number;
};
export type FreshnessReport = {
  asked: Record<Change, number>;
  /** What the answers were that did not know the change. */
  stale: string[];
  loadAnswers: number;
  loadFaults: string[];
};

const OTHER_PURPOSE = "travel.ticketing";
const CONNECTIONS = 4;
const ACTOR = "operator:test";
/** Parties from here on are never listed. */
const CLEAR_FROM = 1_000_000;
const CLEAR_PARTIES = 50_000;

type Agency = { id: string; key: string; keyId: string };

export async function changeUnderLoad(plan: FreshnessPlan): Promise<FreshnessReport> {
  const { connection, ring, urls, seed } = plan;
  const chance = createChance(seed);
  const report: FreshnessReport = {
    asked: Object.fromEntries(changes.map((change) => [change, 0])) as Record<Change, number>,
    stale: [],
    loadAnswers: 0,
    loadFaults: [],
  };
  const agency = await connection.db.transaction((tx) => newAgency(tx, ring, `随变 ${seed}`));
  const stopping = new AbortController();
  const load = Array.from({ length: plan.load }, (_, index) =>
    keepChecking(urls[index % urls.length] ?? "", agency.key, report, createChance(seed + index), stopping.signal),
  );
  const askers = urls.map(createAsker);
  try {
    const world = createWorld(connection, ring, agency);
    for (let count = 0; count < plan.changes; count++) {
      const change = world.possible(changes[Math.floor(chance() * changes.length)] ?? "key issued");
      const { key, body, expected } = await world.commit(change);
      for (const asker of askers.toSorted(() => chance() - 0.5)) {
        report.asked[change]++;
        const answer = await asker.ask(key, body);
        if (answer !== expected) report.stale.push(`${change}: ${answer} instead of ${expected}`);
      }
    }
  } finally {
    stopping.abort();
    await Promise.all(load);
    for (const asker of askers) asker.close();
  }
  return report;
}

/** Commits changes one after the other, and says what the next check of them must answer. */
function createWorld({ db }: Connection, ring: KeyRing, agency: Agency) {
  const listed: { index: number; listingId: string }[] = [];
  const issued: { key: string; keyId: string }[] = [];
  let parties = 0;
  let mayTravel = false;
  const clearCheck = () => singleOf(partyAt(CLEAR_FROM), "freshness");

  const commits: Record<Change, () => Promise<{ key: string; body: string; expected: string }>> = {
    async "listing published"() {
      const index = parties++;
      const { name, number } = partyAt(index);
      const draft = listingOf({ name, document: { kind: "resident_id", number } });
      const { id } = await db.transaction((tx) => enterListing(tx, ring, "court:test", draft));
      listed.push({ index, listingId: id });
      return { key: agency.key, body: singleOf(partyAt(index), "freshness"), expected: "listed" };
    },
    async "listing ended"() {
      const { index, listingId } = listed.shift() ?? { index: 0, listingId: "" };
      await db.transaction((tx) => endByCourt(tx, listingId, { exit: { operation: "revoke" } }));
      return { key: agency.key, body: singleOf(partyAt(index), "freshness"), expected: "clear" };
    },
    async "key issued"() {
      const { key, row } = await db.transaction((tx) => issueKey(tx, ring, ACTOR, { agencyId: agency.id }));
      issued.push({ key, keyId: row.id });
      return { key, body: clearCheck(), expected: "clear" };
    },
    async "key revoked"() {
      const { key, keyId } = issued.shift() ?? agency;
      await db.transaction((tx) => revokeKey(tx, ACTOR, keyId, "test"));
      return { key, body: clearCheck(), expected: "401" };
    },
    async "purpose withdrawn"() {
      await setPurpose(false);
      return { key: agency.key, body: singleOf(partyAt(CLEAR_FROM), "freshness", OTHER_PURPOSE), expected: "403" };
    },
    async "purpose added"() {
      await setPurpose(true);
      return { key: agency.key, body: singleOf(partyAt(CLEAR_FROM), "freshness", OTHER_PURPOSE), expected: "clear" };
    },
  };

  async function setPurpose(allowed: boolean): Promise<void> {
    // No verb of the service changes an agreement yet.
    await db.execute(
      allowed
        ? drizzleSql`insert into agency_purpose (agency_id, purpose, valid_from) values (${agency.id}, ${OTHER_PURPOSE}, current_date)`
        : drizzleSql`delete from agency_purpose where agency_id = ${agency.id} and purpose = ${OTHER_PURPOSE}`,
    );
    mayTravel = allowed;
  }

  return {
    commit: (change: Change) => commits[change](),
    /** The change that was drawn, or its counterpart where there is nothing left that could be undone. */
    possible(drawn: Change): Change {
      if (drawn === "listing ended" && listed.length === 0) return "listing published";
      if (drawn === "key revoked" && issued.length === 0) return "key issued";
      if (drawn === "purpose withdrawn" || drawn === "purpose added")
        return mayTravel ? "purpose withdrawn" : "purpose added";
      return drawn;
    },
  };
}

async function newAgency(tx: Transaction, ring: KeyRing, name: string): Promise<Agency> {
  const { id } = await createAgency(tx, ACTOR, { name, purposes: [PURPOSE] });
  const { key, row } = await issueKey(tx, ring, ACTOR, { agencyId: id });
  return { id, key, keyId: row.id };
}

/** Asks over one of several connections in turn: the outcome of a check, or the status of a refusal. */
function createAsker(url: string) {
  const { hostname, port } = new URL(url);
  const clients = Array.from({ length: CONNECTIONS }, () =>
    createLoadClient({ host: hostname, port: Number(port), connections: 1 }),
  );
  let turn = 0;
  return {
    async ask(key: string, body: string): Promise<string> {
      const client = clients[turn++ % CONNECTIONS];
      const reply = await client?.post("/v1/checks", body, { Authorization: `Bearer ${key}` });
      if (reply?.status !== 200) return String(reply?.status);
      return (JSON.parse(reply.body) as { outcome: string }).outcome;
    },
    close: () => clients.forEach((client) => client.close()),
  };
}

async function keepChecking(
  url: string,
  key: string,
  report: FreshnessReport,
  chance: () => number,
  stopping: AbortSignal,
): Promise<void> {
  const { hostname, port } = new URL(url);
  const headers = { Authorization: `Bearer ${key}` };
  const client = createLoadClient({ host: hostname, port: Number(port), connections: 1, headers });
  while (!stopping.aborted) {
    const party = partyAt(CLEAR_FROM + Math.floor(chance() * CLEAR_PARTIES));
    const { status, body } = await client.post("/v1/checks", singleOf(party, "load"));
    report.loadAnswers++;
    if (status !== 200 || !body.includes('"outcome":"clear"')) report.loadFaults.push(`${status}`);
  }
  client.close();
}
