// Months whose time has come: what open matters need stays whole, what closed ones name stays without personal data, the rest
// is gone, and receipts, the log and its verification hold as before.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkLog, factSource, type FsckReport, verifierKeysOf } from "../../../src/audit/index.ts";
import { parseVerifierKey } from "../../../src/audit/log/index.ts";
import { checkSource } from "../../../src/checks/index.ts";
import { keptFrom, previewRetention, retainRecords } from "../../../src/checks/keeping/index.ts";
import { monthAfter, monthOf } from "../../../src/checks/keeping/month.ts";
import { listPartitions } from "../../../src/checks/keeping/month-queries.ts";
import { indexMonthsOver, makeMonths } from "../../../src/checks/keeping/months.ts";
import { uuidOf } from "../../../src/platform/id.ts";
import { shanghaiDate } from "../../../src/platform/time.ts";
import { heldByObjections } from "../../../src/remedies/index.ts";
import { heldByFeedback, heldByIdentityRequests, heldBySanctions } from "../../../src/sanctions/index.ts";
import { recountMonth } from "../../../src/statistics/recount.ts";
import { openReceipt } from "../../receipts.ts";
import { endByCourt } from "../../registry/ending.ts";
import { checkOf, listingOf, startService, type TestService } from "../../service.ts";

const cli = fileURLToPath(new URL("../../../src/cli.ts", import.meta.url));
const act = { actor: "operator:test", reason: "保存期限届满" };
const holdings = [heldByFeedback, heldBySanctions, heldByIdentityRequests, heldByObjections];
/** As if the present month were five years ago. */
const plan = { keptFrom: monthAfter(monthOf(new Date())).from, holdings };
const numbers = { live: "110101190001010014", ended: "110101190001010030", disputed: "110101190001010057" };

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.db.transaction((tx) => makeMonths(tx, new Date()));
});
afterAll(() => service.stop());

const partyOf = (number: string) => ({ document: { type: "resident_id", number } });
const rowOf = async (id: string) => (await service.sql`select * from check_record where id = ${uuidOf("chk", id)}`)[0];

async function ask(number: string): Promise<{ id: string; receipt: string; outcome: string }> {
  return (await service.post("/v1/checks", checkOf(partyOf(number)))).body;
}

/** With everything that is committed in the log. */
async function fsck(): Promise<FsckReport> {
  for (;;) {
    const [state] = await service.sql`
      select (select count(*) from log_outbox) as waiting, (select size from log_state) as size,
        (select max(size) from log_checkpoint) as published`;
    if (state?.["waiting"] === 0 && state["size"] === state["published"]) break;
  }
  const { sql, ring, identity } = service;
  const keys = verifierKeysOf(identity).flatMap((text) => parseVerifierKey(text) ?? []);
  return checkLog({ sql, sources: { check: checkSource(sql, ring), fact: factSource(sql) }, keys });
}

/** An objection under review, and a report on a check, as their modules leave them in their tables. */
async function object(listingId: string): Promise<void> {
  await service.sql`
    insert into objection (id, kind, ground, state, list, listing_id, court_code, case_number, channel, applicant,
      application_sealed, taken_in_on, received_on)
    values (${randomUUID()}, 'correction', 'inaccurate', 'under_review', 'dishonest', ${listingId}, '闽0203',
      '(2019)闽0203执90000001号', 'window', 'party', 'sealed', '2026-01-05', '2026-01-05')`;
}
async function report(checkId: string | null): Promise<void> {
  await service.sql`
    insert into feedback (id, task_id, agency_id, kind, check_id, operator, key_id, reported_at, content_hash)
    values (${randomUUID()}, ${checkId}, ${service.agencyId}, 'not_the_person', ${checkId}, '1', 'k', now(), '')`;
}

test("months go whole, once their last day is that long ago", () => {
  expect(keptFrom(5, new Date("2026-11-30T23:59:00+08:00"))).toBe(monthOf(new Date("2021-11-15T00:00:00Z")).from);
  expect(keptFrom(5, new Date("2026-12-01T00:00:00+08:00"))).toBe(monthOf(new Date("2021-12-15T00:00:00Z")).from);
  expect(keptFrom(3, new Date("2028-02-29T12:00:00+08:00"))).toBe(monthOf(new Date("2025-02-15T00:00:00Z")).from);
});

test("what is held back stays, the rest is gone, and everything that was proved still is", async () => {
  const listings = await Promise.all(
    Object.values(numbers).map((number) =>
      service.publish(
        listingOf(
          { document: { kind: "resident_id", number } },
          { caseNumber: `(2019)闽0203执9${number.slice(-7, -1)}号` },
        ),
      ),
    ),
  );
  const clear = await ask("110101190001010073");
  const [live, ended, disputed] = [await ask(numbers.live), await ask(numbers.ended), await ask(numbers.disputed)];
  const reported = await ask("11010119000101009X");
  expect([live, ended, disputed].map(({ outcome }) => outcome)).toEqual(["listed", "listed", "listed"]);
  const [, endedListing, disputedListing] = listings.map(({ id }) => id);
  for (const id of [endedListing, disputedListing]) await service.db.transaction((tx) => endByCourt(tx, id ?? ""));
  await object(disputedListing ?? "");
  await report(uuidOf("chk", reported.id));
  const receipts = [];
  for (const { receipt } of [clear, ended, disputed]) {
    await openReceipt(service, () => service.get(receipt));
    receipts.push(await service.get(receipt));
  }
  const before = await fsck();
  expect(before.finding).toBeNull();

  const expected = {
    until: shanghaiDate(new Date(`${monthAfter(monthOf(new Date())).name}-01T00:00:00+08:00`)),
    rows: 5,
    dropped: 2,
    erased: 1,
    held: 2,
    heldFor: [
      { reason: "listing", checks: 1 },
      { reason: "objection", checks: 1 },
    ],
  };
  expect(await previewRetention(service.db, plan)).toEqual(expected);
  expect((await service.get(`/v1/checks/${clear.id}`)).status).toBe(200);
  expect(await retainRecords(service.db, act, plan)).toEqual(expected);

  for (const { id } of [clear, ended]) expect((await service.get(`/v1/checks/${id}`)).status).toBe(404);
  for (const { id } of [live, disputed])
    expect((await service.get(`/v1/checks/${id}`)).body.subject.document.masked).toContain("*");
  expect((await service.get(`/v1/checks/${reported.id}`)).body).toMatchObject({ subject: null, caseReference: "" });
  const hits = await service.sql`select check_id from hit`;
  expect(new Set(hits.map(({ check_id }) => check_id))).toEqual(
    new Set([live, disputed].map(({ id }) => uuidOf("chk", id))),
  );
  for (const { status, text, headers } of receipts)
    await openReceipt(service, () => Promise.resolve({ status, text, headers }));
  await openReceipt(service, () => service.get(disputed.receipt));
  const [entry] = await service.sql`
    select actor, reason, detail from audit_entry where action = 'record.retain' order by id desc limit 1`;
  expect(entry).toMatchObject({ ...act, detail: { rows: 2, entries: 2, erased: 0, kept: 1, held: 2 } });

  const after = await fsck();
  // The figures of the month are kept, and cannot be counted again.
  await expect(recountMonth(service.db, monthOf(new Date()).name)).rejects.toMatchObject({ code: "erased" });
  // Two facts more: the erasure and the retention.
  expect(after).toMatchObject({ size: before.size + 2, erased: before.erased + 3, finding: null });
});

test("fsck finds what is missing beyond what was given up, and what was erased beyond what was said", async () => {
  const kept = await ask("110101190001010073");
  const row = await rowOf(kept.id);
  expect((await fsck()).finding).toBeNull();
  await service.sql`create table aside as select * from check_record where log_group = (select min(log_group) from check_record)`;
  await service.sql`delete from check_record where id in (select id from aside)`;
  expect((await fsck()).finding?.fault).toMatch(/^the absence of 3 checks, where 2 are stated,/);
  await service.sql`insert into check_record select * from aside`;
  await service.sql`drop table aside`;
  expect((await fsck()).finding).toBeNull();
  // Outside the months that were given up a missing row is named itself.
  await service.sql`delete from check_record where id = ${row?.["id"]}`;
  expect((await fsck()).finding?.fault).toBe("the check of this entry is missing");
  await service.sql`insert into check_record select * from jsonb_populate_record(null::check_record, ${JSON.stringify({
    ...row,
    salt: `\\x${row?.["salt"].toString("hex")}`,
    subject_sealed: `\\x${row?.["subject_sealed"].toString("hex")}`,
    subject_index: `\\x${row?.["subject_index"].toString("hex")}`,
  })}::jsonb)`;
  expect((await fsck()).finding).toBeNull();
});

test("what is settled leaves with the next run, and the lowest partition holds nothing but what is held back", async () => {
  const bounds = (await listPartitions(service.db)).slice(0, 2).map(({ name }) => name);
  expect(bounds[0]).toBe("check_record_first");
  await service.sql`update objection set state = 'withdrawn'`;
  // Written after the first run: its month is given up as a whole again.
  const left = await service.sql<{ rows: number }[]>`select count(*)::int as rows from check_record_first`;
  const again = await retainRecords(service.db, act, plan);
  expect(again).toMatchObject({ rows: left[0]?.rows, dropped: (left[0]?.rows ?? 0) - 2, erased: 1, held: 1 });
  expect((await fsck()).finding).toBeNull();
  expect(await retainRecords(service.db, act, plan)).toMatchObject({ rows: 2, dropped: 0 });
  const entries = await service.sql`select id from audit_entry where action = 'record.retain'`;
  expect(entries).toHaveLength(2);
  // The key and the index of a month that is over come with it.
  await indexMonthsOver(service.db, new Date(Date.now() + 40 * 86_400_000));
  const indexes = await service.sql`
    select indexrelid::regclass::text as name from pg_index where indrelid = 'check_record_first'::regclass`;
  expect(indexes).toHaveLength(4);
  expect((await ask(numbers.live)).outcome).toBe("listed");
});

test("several months become one, and nothing is left of them where nothing is held", async () => {
  const later = new Date(Date.now() + 62 * 86_400_000);
  await service.sql`update listing set state = 'ended', ended_at = now() where state = 'published'`;
  await service.sql`delete from feedback`;
  const whole = { ...plan, keptFrom: monthOf(later).from };
  expect(await retainRecords(service.db, act, whole)).toMatchObject({ held: 0, erased: 0, dropped: 3 });
  const partitions = await listPartitions(service.db);
  expect(partitions.map(({ name }) => name)).toContain(`check_record_${monthOf(later).name.replace("-", "_")}`);
  expect(partitions.map(({ name }) => name)).not.toContain("check_record_first");
  expect((await fsck()).finding).toBeNull();
  expect(await retainRecords(service.db, act, whole)).toMatchObject({ until: null, dropped: 0 });
});

test("the command says what would be given up, and asks for a reason to do it", async () => {
  const run = (settings: string, ...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const { databaseUrl: DATABASE_URL, ringPath: KEY_RING } = service;
      const env = { ...process.env, DATABASE_URL, KEY_RING, RETENTION: settings };
      execFile(process.execPath, [cli, "records", "retain", ...args], { env }, (error, out) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out }),
      );
    });
  const [dry, done, kept, both, law] = await Promise.all([
    run("", "--dry-run", "--json"),
    run("", "--reason", "保存期限届满"),
    run('{"check_record":null}', "--dry-run"),
    run("", "--dry-run", "--reason", "both"),
    run('{"check_record":2}', "--dry-run"),
  ]);
  expect(JSON.parse(dry.out)).toMatchObject({ check_record: { years: 5, dryRun: true, until: null, dropped: 0 } });
  expect(done).toEqual({ code: 0, out: "check_record: no month's time has come.\n" });
  expect(kept).toEqual({ code: 0, out: "check_record: kept for good (RETENTION).\n" });
  expect(both.code).toBe(2);
  expect(law.code).not.toBe(0);
});
