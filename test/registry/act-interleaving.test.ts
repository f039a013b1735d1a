// Two acts at the same time, in every order of their steps: what comes out is what one after the other would have given.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Connection } from "../../src/platform/database.ts";
import { removeListing } from "../../src/registry/removal.ts";
import { rectifyListing } from "../../src/registry/rectification.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { act, type ActOnListing, draftForm, judge, NOON, officer, openChambers, outcomeOf } from "./chambers.ts";

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { name: "test" });
});
afterAll(async () => {
  await connection.end();
  await database.drop();
});

type Place = Pick<Connection, "db">;

/** A client reads the listing, takes the act in a transaction, and commits. */
const steps = ["read", "act", "commit"] as const;
type Step = { client: number; step: (typeof steps)[number] };
type Target = "listing" | "limit";
type Client = { on: Target; take: ActOnListing };
type Pair = { title: string; before: [Target, ActOnListing][]; clients: [Client, Client] };

const days = { reasonAroseOn: "2026-11-23", reachedCourtOn: "2026-11-23", reason: "测试事由" };
const revoke =
  (actor = judge): ActOnListing =>
  (tx, target) =>
    removeListing(tx, actor, target, { exit: { operation: "revoke" }, ...days });
const liftByConsent: ActOnListing = (tx, target) =>
  removeListing(tx, judge, target, { exit: { operation: "lift", ground: "consent" }, ...days });
const rename =
  (name: string, actor = judge): ActOnListing =>
  (tx, target) =>
    rectifyListing(tx, actor, target, { corrections: { name }, reachedCourtOn: "2026-11-23", reason: "测试事由" });

const secondJudge = officer("judge", "second judge");
const delegate = officer("judge", "delegate", { delegation: { from: "2026-01-01", until: "2026-12-31" } });

const limitDecided: Pair["before"] = [["limit", act.decide()]];
const decided: Pair["before"] = [...limitDecided, ["listing", act.decide()]];
const ready: Pair["before"] = [...decided, ["listing", act.serve()], ["listing", act.stateUnperformed()]];
const published: Pair["before"] = [...ready, ["listing", act.publish()]];
const onListing = (take: ActOnListing): Client => ({ on: "listing", take });
const onLimit = (take: ActOnListing): Client => ({ on: "limit", take });

const pairs: Pair[] = [
  { title: "two approvals", before: limitDecided, clients: [onListing(act.decide()), onListing(act.decide(delegate))] },
  {
    title: "approval and rejection",
    before: limitDecided,
    clients: [onListing(act.decide()), onListing(act.reject())],
  },
  { title: "approval and amendment", before: limitDecided, clients: [onListing(act.decide()), onListing(act.amend())] },
  { title: "grace and publication", before: ready, clients: [onListing(act.grantGrace()), onListing(act.publish())] },
  { title: "publication and revocation", before: ready, clients: [onListing(act.publish()), onListing(revoke())] },
  { title: "two removals", before: published, clients: [onListing(revoke()), onListing(revoke(secondJudge))] },
  {
    title: "removal and rectification",
    before: published,
    clients: [onListing(revoke()), onListing(rename("测试乙"))],
  },
  {
    title: "two rectifications",
    before: published,
    clients: [onListing(rename("测试乙")), onListing(rename("测试丙", secondJudge))],
  },
  // Here no version stands between them: whoever is listed must be limited, and they are two rows.
  {
    title: "approval of the listing and the limit's end by consent",
    before: limitDecided,
    clients: [onListing(act.decide()), onLimit(liftByConsent)],
  },
];

/** Every order of the steps in which each client takes its own in their order: 20. */
const orders = interleave(
  steps.map((step): Step => ({ client: 0, step })),
  steps.map((step): Step => ({ client: 1, step })),
);

function interleave(one: Step[], other: Step[]): Step[][] {
  const [first, ...rest] = one;
  const [second, ...others] = other;
  if (!first) return [other];
  if (!second) return [one];
  return [
    ...interleave(rest, other).map((order) => [first, ...order]),
    ...interleave(one, others).map((order) => [second, ...order]),
  ];
}

type Result = { outcomes: string[]; state: string };

async function prepare({ db }: Place, { before, clients }: Pair) {
  const chambers = openChambers({ db });
  const [listing, limit] = await chambers.draft(draftForm());
  if (!listing || !limit) throw new Error("no drafts");
  const ids = { listing: listing.id, limit: limit.id };
  for (const [target, take] of before) await chambers.take(ids[target], take);
  return {
    ids: Object.values(ids),
    clients: clients.map(({ on: target, take }) => openClient({ db }, ids[target], take)),
  };
}

async function run(place: Place, pair: Pair, order: Step[]): Promise<Result> {
  const { ids, clients } = await prepare(place, pair);
  for (const { client, step } of order) await clients[client]?.[step]();
  const outcomes = await Promise.all(clients.map(({ outcome }) => outcome()));
  return { outcomes, state: await stateOf(place, ids) };
}

/** Only this client acts; the other one's version is another by then. */
async function runAlone(place: Place, pair: Pair, alone: number): Promise<Result> {
  const { ids, clients } = await prepare(place, pair);
  for (const step of steps) await clients[alone]?.[step]();
  const own = await clients[alone]?.outcome();
  const outcomes = pair.clients.map((_, client) => (client === alone ? (own ?? "") : "precondition-failed"));
  return { outcomes, state: await stateOf(place, ids) };
}

/** What the listings are and say, and how often the register has told of them. */
async function stateOf({ db }: Place, ids: string[]): Promise<string> {
  const rows = await db.execute(sql`
    select state, name, performance, version, ended_by, exit_operation,
      (select count(*)::int from listing_change where listing_id = l.id) as changes
    from listing l where id = any (array[${sql.join(ids, sql`, `)}]::uuid[]) order by list`);
  return JSON.stringify([...rows]);
}

/** One client, whose steps are taken one by one. A step that waits for a lock holds nobody up. */
function openClient(place: Place, id: string, take: ActOnListing) {
  let version = 0;
  let session = 0;
  let commit = () => {};
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let result = Promise.resolve("never asked");
  return {
    read: async () => void (version = (await openChambers(place).find(id)).listing.version),
    async act() {
      let acted = () => {};
      const hasActed = new Promise<void>((resolve) => (acted = resolve));
      const transaction = place.db.transaction(async (tx) => {
        const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        session = row?.pid ?? 0;
        await take(tx, { id, version, now: NOON });
        acted();
        await mayCommit;
      });
      result = outcomeOf(transaction);
      await unlessItWaits(place, () => session, [hasActed, result]);
    },
    async commit() {
      commit();
      await unlessItWaits(place, () => session, [result]);
    },
    outcome: () => result,
  };
}

/** The first of `ends`, or the moment from which that session waits for a lock. */
async function unlessItWaits({ db }: Place, session: () => number, ends: Promise<unknown>[]): Promise<void> {
  let isOver = false;
  const end = Promise.race(ends).then(() => (isOver = true));
  const waiting = async () => {
    while (!isOver) {
      const [row] = await db.execute<{ waits: boolean }>(
        sql`select exists (select from pg_locks where not granted and pid = ${session()}) as waits`,
      );
      if (row?.waits) return;
    }
  };
  await Promise.race([end, waiting()]);
}

/** What one after the other gives; on one listing also that the second finds another version than it read. */
async function serialResults(place: Place, pair: Pair): Promise<Set<string>> {
  const [first, last] = [orders[0] ?? [], orders.at(-1) ?? []];
  const results = [await run(place, pair, first), await run(place, pair, last)];
  const isOneListing = pair.clients[0].on === pair.clients[1].on;
  if (isOneListing) results.push(await runAlone(place, pair, 0), await runAlone(place, pair, 1));
  return new Set(results.map((result) => JSON.stringify(result)));
}

async function findStrangeResults(place: Place, pair: Pair): Promise<string[]> {
  const serial = await serialResults(place, pair);
  const strange = [];
  for (const order of orders) {
    const result = JSON.stringify(await run(place, pair, order));
    if (!serial.has(result))
      strange.push(`${order.map(({ client, step }) => `${step} ${client}`).join(", ")}: ${result}`);
  }
  return strange;
}

describe("two acts in each of twenty orders", () => {
  test.each(pairs.map((pair) => [pair.title, pair] as const))("%s are serial-equivalent", async (_, pair) => {
    expect(orders).toHaveLength(20);
    expect(await findStrangeResults(connection, pair)).toEqual([]);
  });

  test("control: without the lock of the case they are not", async () => {
    await connection.db.execute(sql`create schema lockless`);
    await connection.db.execute(sql`
      create function lockless.pg_advisory_xact_lock(integer, integer) returns void language sql as 'select'`);
    const settings = { search_path: "lockless, pg_catalog, public" };
    const lockless = connect(database.url, { name: "test", settings });
    try {
      const [pair] = pairs.slice(-1);
      if (!pair) throw new Error("no pair");
      expect((await findStrangeResults(lockless, pair)).length).toBeGreaterThan(0);
    } finally {
      await lockless.end();
    }
  });
});
