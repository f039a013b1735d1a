// What a growing record costs: at each size the group statement that adds to it, who asked about a party, and bytes a row.
import { createAgency, createCallers, issueKey } from "../../src/agencies/index.ts";
import { askingOf, makeReady } from "../../src/checks/check.ts";
import { parseCheck } from "../../src/checks/request.ts";
import { askRegister, statementSession } from "../../src/checks/statement.ts";
import { connect, connectSql, type Sql } from "../../src/platform/database.ts";
import { confirmKeyRing } from "../../src/platform/key-confirmation.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";
import { countWithheld, listAsked } from "../../src/remedies/party-queries.ts";
import { purposeDelays } from "../../src/remedies/who-asked.ts";
import { median, PURPOSE, single } from "../check-rounds.ts";
import { fillRegister } from "../filled-register.ts";
import { fillRecord, layMonths, subjectIndexOf } from "./filled-record.ts";

/** As many checks as come in while a group is under way at 64 connections. */
const GROUP = 64;
const PAGE_ROWS = 50;
/** Sessions and caches are warm by then. */
const WARM = 20;

export type RecordOptions = {
  url: string;
  ring: KeyRing;
  listed: number;
  /** Rows of the record at which it is measured, ascending. */
  sizes: readonly number[];
  months: number;
  /** Group statements and questions at each size. */
  groups: number;
  questions: number;
  now: Date;
  report: (line: string) => void;
};

export type RecordFigures = {
  rows: number;
  fillSeconds: number;
  groupMs: number;
  askedMs: number;
  asked95Ms: number;
  /** Rows that the questions found, for the control that they found any. */
  found: number;
  bytes: RowBytes;
};
export type RowBytes = { table: number; key: number; log: number; subject: number; asked: number };

export async function measureRecord(options: RecordOptions): Promise<RecordFigures[]> {
  const { url, ring, listed, sizes, months: count, now, report } = options;
  const connection = connect(url, { name: "bench", statementTimeoutMs: 0 });
  const hot = connectSql(url, { name: "checks", max: 1, settings: statementSession });
  try {
    await confirmKeyRing(connection.db, ring);
    const prepare = await createQuestions(connection, ring);
    await fillRegister(connection.sql, listed);
    const months = await layMonths(connection, count, now);
    const figures: RecordFigures[] = [];
    let from = 0;
    for (const rows of sizes) {
      report(`Filling the record up to ${rows.toLocaleString("en")} checks …`);
      const fillSeconds = await fillRecord(connection, { months, from, to: rows, now });
      const asked = await measureAsked(connection, rows, options);
      const groupMs = await measureGroups(hot, prepare, options.groups);
      figures.push({ rows, fillSeconds, groupMs, ...asked, bytes: await readRowBytes(connection.sql) });
      from = rows;
    }
    return figures;
  } finally {
    await hot.end();
    await connection.end();
  }
}

/** Parties ready for the statement, as the checker makes them of a request. */
async function createQuestions({ db }: ReturnType<typeof connect>, ring: KeyRing) {
  const key = await db.transaction(async (tx) => {
    const agency = await createAgency(tx, "operator:bench", { name: "基准测试", purposes: [PURPOSE] });
    return (await issueKey(tx, ring, "operator:bench", { agencyId: agency.id })).key;
  });
  const caller = await createCallers({ db, ring }).find(`Bearer ${key}`);
  return () => {
    const { party, ...question } = parseCheck(JSON.parse(single()));
    const asking = askingOf(caller, question, null);
    return makeReady(ring, asking, party);
  };
}

async function measureGroups(
  hot: Sql,
  prepare: Awaited<ReturnType<typeof createQuestions>>,
  groups: number,
): Promise<number> {
  const times: number[] = [];
  for (let group = -WARM; group < groups; group++) {
    const asked = Array.from({ length: GROUP }, prepare);
    const startedMs = performance.now();
    const recorded = await askRegister(hot, asked);
    if (recorded.filter(Boolean).length !== GROUP) throw new Error("a group was not recorded");
    if (group >= 0) times.push(performance.now() - startedMs);
  }
  return median(times);
}

/** Both statements of the party's own page, each time for another party. */
async function measureAsked({ db }: ReturnType<typeof connect>, rows: number, { questions, now }: RecordOptions) {
  const delays = purposeDelays({});
  const times: number[] = [];
  let found = 0;
  for (let question = -WARM; question < questions; question++) {
    const index = subjectIndexOf(Math.floor(Math.random() * rows));
    const startedMs = performance.now();
    const page = await listAsked(db, [index], { delays, now, before: null, limit: PAGE_ROWS + 1 });
    const withheld = await countWithheld(db, [index], delays, now);
    if (question < 0) continue;
    times.push(performance.now() - startedMs);
    found += page.length + withheld.checks;
  }
  times.sort((a, b) => a - b);
  return { askedMs: median(times), asked95Ms: times[Math.floor(times.length * 0.95)] ?? 0, found };
}

/** Of the table with what lies beside it, and of each of its indexes. */
async function readRowBytes(sql: Sql): Promise<RowBytes> {
  const [row] = await sql<[RowBytes]>`
    with part as (select inhrelid as oid from pg_inherits where inhparent = 'check_record'::regclass),
    counted as (select count(*)::float8 as rows from check_record),
    index as (
      select coalesce(whole.inhparent::regclass::text, 'asked') as of, sum(pg_relation_size(i.indexrelid)) as bytes
      from part join pg_index i on i.indrelid = part.oid left join pg_inherits whole on whole.inhrelid = i.indexrelid
      group by 1
    ),
    of as (select jsonb_object_agg(of, bytes) as bytes from index)
    select
      (select sum(pg_table_size(oid)) from part)::float8 / rows as "table",
      (bytes ->> 'check_record_agency_id_id_pk')::float8 / rows as key,
      (bytes ->> 'check_record_log_group')::float8 / rows as log,
      (bytes ->> 'check_record_subject')::float8 / rows as subject,
      coalesce((bytes ->> 'asked')::float8, 0) / rows as asked
    from counted, of`;
  return row;
}
