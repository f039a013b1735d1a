// Terms that end by themselves: by the day, once with two processes at it, and on from where a lost database left it.
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { connect } from "../../src/platform/database.ts";
import { createLog } from "../../src/platform/log.ts";
import { publicId } from "../../src/platform/id.ts";
import { expireListings, startExpiry } from "../../src/registry/expiry.ts";
import { databaseUrlOf, useDatabase } from "../database.ts";
import { act, draftForm, openChambers, toPublication } from "./chambers.ts";

const connection = useDatabase();
const chambers = () => openChambers(connection);
const term = { kind: "fixed", months: 24, extension: null, runsFrom: "publication" } as const;
const LAST_DAY = new Date("2028-11-23T23:59:59+08:00");
const MIDNIGHT = new Date("2028-11-24T00:00:00+08:00");
const silent = () => createLog(new PassThrough().resume());

/** A listing for G4 that was published on 2026-11-23, so that its two years end on 2028-11-23. */
async function publishedWithTerm(): Promise<string> {
  const [listing, limit] = await chambers().draft(draftForm({ listing: { grounds: ["G4"], term } }));
  if (!listing || !limit) throw new Error("no drafts");
  await chambers().take(limit.id, act.decide());
  await chambers().takeAll(listing.id, toPublication);
  return listing.id;
}

async function stateOf(id: string): Promise<string> {
  return (await chambers().find(id)).listing.state;
}

async function exitsOf(id: string) {
  return [
    ...(await connection.sql`
      select actor, reason, detail ->> 'reasonAroseOn' as "reasonAroseOn" from audit_entry
      where subject = ${publicId("lst", id)} and action = 'listing.exit'`),
  ];
}

test("a term ends with its last day, by the register itself, and its audit says so", async () => {
  const id = await publishedWithTerm();
  let now = LAST_DAY;
  const expiry = startExpiry({ ...connection, now: () => now, log: silent(), lookMs: 5 });
  try {
    expect(await expireListings(connection.db, LAST_DAY)).toBe(0);
    expect(await stateOf(id)).toBe("published");
    now = MIDNIGHT;
    await expect.poll(() => stateOf(id)).toBe("ended");
  } finally {
    await expiry.stop();
  }
  expect(await exitsOf(id)).toEqual([{ actor: "system:expiry", reason: "纳入期限届满", reasonAroseOn: "2028-11-24" }]);
  const clocks = await connection.sql`
    select kind from clock where subject = ${publicId("lst", id)} and stopped_at is null`;
  expect([...clocks]).toEqual([]);
  const [position] =
    await connection.sql`select kind from listing_change where listing_id = ${id} order by position desc`;
  expect(position).toEqual({ kind: "ended" });
});

test("two processes at the same moment end each listing once", async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, publishedWithTerm));
  const other = connect(await databaseUrlOf(connection), { name: "test" });
  try {
    const ended = await Promise.all([connection, other].map(({ db }) => expireListings(db, MIDNIGHT)));
    expect(ended.reduce((sum, count) => sum + count)).toBe(6);
  } finally {
    await other.end();
  }
  for (const id of ids) expect(await exitsOf(id)).toHaveLength(1);
});

test("what a court changes at that moment is left for the next look, and holds up nothing behind it", async () => {
  const [first, second] = [await publishedWithTerm(), await publishedWithTerm()];
  await connection.sql`update listing set answers_until = '2028-11-22' where id = ${first}`;
  const left: string[] = [];
  const { promise: acted, resolve: commit } = Promise.withResolvers<void>();
  const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
  const court = connection.db.transaction(async (tx) => {
    await tx.execute(`update listing set version = version + 1 where id = '${first}'`);
    isLocked();
    await acted;
  });
  await locked;
  const looking = expireListings(connection.db, MIDNIGHT, {
    onLeft: (listing, code) => void left.push(`${listing} ${code}`),
  });
  await expect.poll(async () => waiting()).toBe(1);
  commit();
  await court;
  expect(await looking).toBe(1);
  expect(left).toEqual([`${publicId("lst", first)} precondition-failed`]);
  expect([await stateOf(first), await stateOf(second)]).toEqual(["published", "ended"]);
  expect(await expireListings(connection.db, MIDNIGHT)).toBe(1);
  expect(await stateOf(first)).toBe("ended");
});

test("a database that goes away between two listings leaves one whole act, and the loop ends the rest", async () => {
  const [first, second] = [await publishedWithTerm(), await publishedWithTerm()];
  await connection.sql`update listing set answers_until = '2028-11-22' where id = ${first}`;
  const { caseNumber } = (await chambers().find(second)).listing;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const holding = connection.sql.begin(async (held) => {
    await held`select pg_advisory_xact_lock(7305127, hashtext(${caseNumber}))`;
    await released;
  });
  const other = connect(await databaseUrlOf(connection), { name: "to be cut" });
  const expiry = startExpiry({ ...other, now: () => MIDNIGHT, log: silent(), lookMs: 20 });
  try {
    await expect.poll(() => stateOf(first)).toBe("ended");
    await expect.poll(waiting).toBe(1);
    const cut = await connection.sql`
      select pg_terminate_backend(pid) as cut from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    expect([...cut]).toEqual([{ cut: true }]);
    expect(await stateOf(second)).toBe("published");
    release();
    await holding;
    await expect.poll(() => stateOf(second), { timeout: 10_000 }).toBe("ended");
  } finally {
    release();
    await expiry.stop();
    await other.end();
  }
  expect([await exitsOf(first), await exitsOf(second)].map(({ length }) => length)).toEqual([1, 1]);
});

/** How many sessions of this database wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await connection.sql`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return Number(row?.["n"]);
}
