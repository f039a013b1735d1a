// Very many removals at once, each of a listing that several agencies were shown: every notice and event is there.
// NOTICE_REMOVALS=10000 NOTICE_AGENCIES=20 measures what a large snapshot asks.
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectSql, type Sql } from "../../src/platform/database.ts";
import { catchUpFollower } from "../../src/registry/index.ts";
import { noticeFollower } from "../../src/subscriptions/notices/index.ts";
import { watchFollower } from "../../src/subscriptions/watches/index.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

const REMOVALS = Number(process.env["NOTICE_REMOVALS"] ?? 400);
const AGENCIES = Number(process.env["NOTICE_AGENCIES"] ?? 5);

let service: TestService;
let sql: Sql;
beforeAll(async () => {
  service = await startService({ sequencer: false });
  sql = connectSql(service.databaseUrl, { name: "test", max: 1, statementTimeoutMs: 300_000 });
});
afterAll(async () => {
  await sql.end();
  await service.stop();
});

test("every notice and every event of a large removal is there, in sets", async () => {
  const { db } = service;
  const now = () => new Date();
  const notices = noticeFollower({ settings: { lookbackDays: null, clearLookback: {} }, now });
  const watches = watchFollower(now);
  const { id } = await service.publish(listingOf());
  const { body } = await service.post("/v1/checks", checkOf());
  expect(body.outcome).toBe("listed");
  await catchUpFollower(db, notices);
  await catchUpFollower(db, watches);
  // Copies of one listing and of one check, shown to every agency; then all of them end in one act.
  await sql`
    insert into agency select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'name', 'copy ' || i))).*
    from agency a, generate_series(1, ${AGENCIES}) i`;
  await sql`
    insert into listing
    select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'natural_key', gen_random_uuid()))).*
    from listing l, generate_series(1, ${REMOVALS}) where l.id = ${id}`;
  await sql`
    insert into check_record
    select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'agency_id', a.id))).*
    from check_record r, agency a where a.name like 'copy %'`;
  await sql`
    insert into hit (listing_id, check_id, agency_id, purpose, grade, checked_at)
    select l.id, r.id, r.agency_id, r.purpose, 'exact', r.checked_at
    from listing l, check_record r join agency a on a.id = r.agency_id and a.name like 'copy %' where l.id <> ${id}`;
  await sql`analyze`;
  await sql`
    with ended as (
      update listing set state = 'ended', ended_at = now(), ended_by = 'feed:test', version = 2 where id <> ${id} returning *
    ), numbered as (select *, row_number() over (order by id) as place from ended)
    insert into listing_change (position, listing_id, kind, version, state, content_hash)
    select (select position from register_state) + place, id, 'ended', version, state, content_hash from numbered`;
  await sql`update register_state set position = (select max(position) from listing_change)`;

  const startedMs = performance.now();
  await catchUpFollower(db, notices);
  const noticesMs = performance.now() - startedMs;
  await catchUpFollower(db, watches);
  const [row] = await sql`
    select (select count(*)::int from notice) as notices,
      (select count(*)::int from event where type = 'listing.ended') as events,
      (select count(distinct data ->> 'notice')::int from event) as named,
      (select max(position) - min(position) + 1 = count(*) from event) as "isDense"`;
  const all = REMOVALS * AGENCIES;
  expect(row).toEqual({ notices: all, events: all, named: all, isDense: true });
  if (process.env["NOTICE_REMOVALS"]) process.stdout.write(`${all} notices in ${Math.round(noticesMs)} ms\n`);
});
