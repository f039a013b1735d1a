// A random year of a register, written row by row as time goes by: what agencies asked and reported, what courts did, and
// the working calendar changing in the middle of it. Times crowd around midnight, and ids are made by clocks that differ.
import { sql } from "drizzle-orm";
import { type ClockName, importNotice, shippedNotices, startClock, stopClocks } from "../../src/courts/index.ts";
import type { Connection, Transaction } from "../../src/platform/database.ts";
import { publicId, uuidAt } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";

const COURTS = ["闽0203", "闽02", null];
const DAY_MS = 86_400_000;

export type Agency = { id: string; from: string };
export type Check = { agency: string; subject: number; outcome: string; at: Date };
export type Hit = { agency: string; listing: string; grade: string; at: Date };
export type ListedCase = {
  id: string;
  list: string;
  court: string | null;
  exit?: { operation: string; reason: string | null };
};
export type Change = { listing: string; kind: string; at: Date; position: number };
export type Task = { id: string; agency: string; at: Date; dueOn: string | null; reports: Report[] };
export type Report = {
  id: string;
  kind: string;
  at: Date;
  measures: { code: string; effect: string; listing: string }[];
};
export type Objection = {
  id: string;
  kind: string;
  court: string;
  on: string;
  reviewed?: { outcome: "upheld" | "rejected"; at: Date };
  reconsidered?: { outcome: "upheld" | "rejected"; at: Date };
  correctedAt?: Date;
};
/** Something owed by a day: a removal to acknowledge. */
export type Owed = {
  kind: string;
  agency: string;
  on: string;
  dueOn: string | null;
  ended?: { as: string; on: string };
};
export type Load = { id: string; accepted: number; at: Date; rolledBackAt?: Date };

export type History = Awaited<ReturnType<typeof beginHistory>>;

/** Even numbers from a seed (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(fraction() * count);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  };
  return { fraction, below, pick, chance: (share: number) => fraction() < share };
}

/** The register on its first day; `nextDay` writes one day and goes on to the next. */
export async function beginHistory({ db }: Connection, seed: number, firstDay: string) {
  const random = randomOf(seed);
  const { below, pick, chance } = random;
  const agencies: Agency[] = [];
  const checks: Check[] = [];
  const hits: Hit[] = [];
  const listings: ListedCase[] = [];
  const live = new Set<ListedCase>();
  const changes: Change[] = [];
  const tasks = new Map<string, Task>();
  const objections: Objection[] = [];
  const loads: Load[] = [];
  const owed: (Owed & { id: string; listing: string })[] = [];
  const running: { subject: string; kind: ClockName }[] = [];
  let day = firstDay;
  let ids = 0;

  /** Made by a machine whose clock is up to an hour and a half away. */
  const newId = (at: Date) => {
    ids++;
    const ms = at.getTime() + below(10_800_000) - 5_400_000;
    return `${uuidAt(new Date(ms)).slice(0, 24)}${ids.toString(16).padStart(12, "0")}`;
  };
  const midnight = () => Date.parse(`${day}T00:00:00+08:00`);
  const newTime = () => {
    if (chance(0.1)) return new Date(midnight() + pick([0, 1, DAY_MS - 1]));
    return new Date(midnight() + below(DAY_MS));
  };

  async function addAgency(): Promise<void> {
    const at = new Date(midnight());
    const id = newId(at);
    const name = `测试单位${agencies.length}`;
    await db.execute(sql`insert into agency (id, name, created_at) values (${id}, ${name}, ${at.toISOString()})`);
    agencies.push({ id, from: day });
  }

  async function ask(tx: Transaction, at: Date): Promise<void> {
    const agency = pick(agencies).id;
    const subject = below(30);
    const shown = live.size > 0 && chance(0.3) ? [pick([...live])] : [];
    const grade = pick(["exact", "exact", "conflict"]);
    const outcome = shown.length === 0 ? "clear" : grade === "exact" ? "listed" : "review";
    const id = newId(at);
    const index = `decode(lpad(to_hex(${subject}), 64, '0'), 'hex')`;
    await tx.execute(sql`
      insert into check_record (id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome,
        matches, register_position, matcher_version, document_kind, subject_index, subject_sealed)
      values (${id}, ${agency}, 'key', ${at.toISOString()}, 'p', 'c', 'o', 'self', '{dishonest}', ${outcome},
        ${outcome === "clear" ? null : "[]"}::jsonb, 0, 1, 'resident_id', ${sql.raw(index)}, '\\x01')`);
    checks.push({ agency, subject, outcome, at });
    for (const { id: listing } of shown) {
      hits.push({ agency, listing, grade, at });
      await tx.execute(sql`
        insert into hit (listing_id, check_id, agency_id, purpose, grade, checked_at)
        values (${listing}, ${id}, ${agency}, 'p', ${grade}, ${at.toISOString()})`);
    }
    if (shown.length > 0) await openTask(tx, { agency, subject, check: id, at });
  }

  async function openTask(
    tx: Transaction,
    { agency, subject, check, at }: { agency: string; subject: number; check: string; at: Date },
  ): Promise<void> {
    const matter = `${agency} ${subject} ${below(4)}`;
    if (tasks.has(matter)) return;
    const task: Task = {
      id: newId(at),
      agency,
      at,
      dueOn: chance(0.1) ? null : addDays(shanghaiDate(at), below(9)),
      reports: [],
    };
    tasks.set(matter, task);
    await tx.execute(sql`
      insert into feedback_task (id, agency_id, subject_index, purpose, case_reference, opened_at, due_on, checks,
        first_check_id, last_check_id)
      values (${task.id}, ${agency}, decode(md5(${matter}), 'hex'), 'p', ${matter}, ${at.toISOString()}, ${task.dueOn}::date,
        1, ${check}, ${check})`);
  }

  async function report(tx: Transaction, at: Date): Promise<void> {
    const opened = [...tasks.values()].filter((task) => task.at <= at && task.reports.every((each) => each.at <= at));
    if (opened.length === 0 || live.size === 0) return;
    const task = pick(opened);
    const kind = pick(["sanctioned", "not_sanctioned", "not_the_person"]);
    const id = newId(at);
    const former = task.reports.at(-1);
    if (former) await tx.execute(sql`update feedback set superseded_by = ${id} where id = ${former.id}`);
    await tx.execute(sql`
      insert into feedback (id, task_id, agency_id, kind, check_id, reason, operator, key_id, reported_at, content_hash)
      values (${id}, ${task.id}, ${task.agency}, ${kind}, ${task.id}, ${kind === "not_sanctioned" ? "no_basis" : null}, 'o',
        'key', ${at.toISOString()}, '\\x01')`);
    const measures = kind === "sanctioned" ? [await sanction(tx, task, id, at)] : [];
    task.reports.push({ id, kind, at, measures });
  }

  async function sanction(tx: Transaction, task: Task, feedbackId: string, at: Date) {
    const listing = pick([...live]).id;
    const code = pick(["OP2016-01-07", "OP2016-02-01", "OP2016-05-03"]);
    const effect = pick(["strict_review", "prudential_reference"]);
    const id = newId(at);
    await tx.execute(sql`
      insert into sanction (id, agency_id, task_id, feedback_id, check_id, subject_index, purpose, lists, measure, title, effect,
        legal_basis, conditions, decision_number, decision_dated_on, officer, duration, imposed_on, state, recorded_at)
      values (${id}, ${task.agency}, ${task.id}, ${feedbackId}, ${task.id}, '\\x01', 'p', '{dishonest}', ${code}, 't', ${effect},
        'b', '{}', 'n', ${day}, 'o', 'once', ${addDays(day, -below(40))}, 'completed', ${at.toISOString()})`);
    await tx.execute(sql`
      insert into sanction_listing (sanction_id, listing_id, grade, since)
      values (${id}, ${listing}, 'exact', ${at.toISOString()})`);
    return { code, effect, listing };
  }

  async function change(tx: Transaction, listing: string, kind: string, at: Date): Promise<void> {
    const position = changes.length + 1;
    changes.push({ listing, kind, at, position });
    await tx.execute(sql`
      insert into listing_change (position, listing_id, kind, at) values (${position}, ${listing}, ${kind}, ${at.toISOString()})`);
  }

  async function list(tx: Transaction, at: Date): Promise<void> {
    const listed: ListedCase = { id: newId(at), list: pick(["dishonest", "consumption_limit"]), court: pick(COURTS) };
    await tx.execute(sql`
      insert into listing (id, subject_id, list, state, source, natural_key, content_hash, name, name_keys, court_code,
        court_name, case_number_raw, case_number, grounds, published_on, term_kind)
      values (${listed.id}, ${listed.id}, ${listed.list}, 'published', 'court', ${listed.id}, ${listed.id}, '测试甲', '{}',
        ${listed.court}, '旧名法院', 'c', 'c', '{G1}', ${day}, 'open')`);
    listings.push(listed);
    live.add(listed);
    await change(tx, listed.id, "listed", at);
  }

  async function dropByFile(tx: Transaction, at: Date): Promise<void> {
    if (live.size < 5) return;
    const dropped = pick([...live]);
    live.delete(dropped);
    await change(tx, dropped.id, "ended", at);
  }

  /** A court ends a live listing, or records its own end over that of a file. */
  async function endByCourt(tx: Transaction, at: Date): Promise<void> {
    const candidates = listings.filter((each) => !each.exit && (live.size > 5 || !live.has(each)));
    if (candidates.length === 0) return;
    const ended = pick(candidates);
    const [operation, reason, kind] = pick<[string, string | null, ClockName | null]>([
      ["revoke", null, "revocation"],
      ["delete", "R1", "deletion"],
      ["delete", "R5", "deletion"],
      ["early", null, null],
      ["lift", "performed", null],
    ]);
    live.delete(ended);
    ended.exit = { operation, reason };
    if (kind) {
      const subject = publicId("lst", ended.id);
      const court = ended.court ?? "旧名法院";
      await startClock(tx, { kind, subject, court, startedOn: addDays(day, -below(9)) });
      await stopClocks(tx, subject, [kind], at);
    }
    await tx.execute(
      sql`update listing set exit_operation = ${operation}, exit_reason = ${reason} where id = ${ended.id}`,
    );
    await tx.execute(sql`
      insert into listing_exit (listing_id, court, operation, reason_arose_on, reached_court_on, needs_second_look, was_public)
      values (${ended.id}, ${ended.court}, ${operation}, ${day}, ${day}, false, true)`);
    await change(tx, ended.id, "ended", at);
  }

  async function startDuty(tx: Transaction): Promise<void> {
    const kind = pick<ClockName>(["correction_review", "second_look", "application_decision", "expiry"]);
    const subject = publicId("obj", newId(new Date(midnight())));
    const startedOn = addDays(day, kind === "expiry" ? below(60) : -below(10));
    await startClock(tx, { kind, subject, court: pick(["闽0203", "闽02"]), startedOn });
    running.push({ subject, kind });
  }

  async function meetDuty(tx: Transaction, at: Date): Promise<void> {
    const met = running.splice(below(running.length), 1)[0];
    if (met) await stopClocks(tx, met.subject, [met.kind], at);
  }

  async function object(tx: Transaction, at: Date): Promise<void> {
    const taken: Objection = {
      id: newId(at),
      kind: pick(["correction", "correction", "performance_notice"]),
      court: pick(["闽0203", "闽02"]),
      on: day,
    };
    objections.push(taken);
    await tx.execute(sql`
      insert into objection (id, kind, ground, state, list, listing_id, court_code, case_number, channel, applicant,
        application_sealed, taken_in_on, received_on)
      values (${taken.id}, ${taken.kind}, 'inaccurate', 'under_review', 'dishonest', ${taken.id}, ${taken.court}, 'c', 'window',
        'party', '\\x01', ${day}, ${day})`);
  }

  async function decideObjection(tx: Transaction, at: Date): Promise<void> {
    if (objections.length === 0) return;
    const objection = pick(objections);
    const { id, reviewed, reconsidered, correctedAt } = objection;
    const outcome = pick(["upheld", "rejected"] as const);
    const time = at.toISOString();
    if (!reviewed) {
      objection.reviewed = { outcome, at };
      const paper = outcome === "rejected" ? sql`'\\x01'::bytea` : sql`null`;
      await tx.execute(sql`update objection set reviewed_at = ${time}, paper_sha256 = ${paper} where id = ${id}`);
    } else if (reviewed.outcome === "rejected" && !reconsidered && reviewed.at < at) {
      objection.reconsidered = { outcome, at };
      await tx.execute(sql`
        insert into reconsideration (objection_id, court_code, filed_on, received_on, taken_in_by, outcome, decided_at)
        values (${id}, '闽02', ${day}, ${day}, 's', ${outcome}, ${time})`);
    } else if (!correctedAt && (reconsidered ?? reviewed).outcome === "upheld") {
      objection.correctedAt = at;
      await tx.execute(sql`update objection set corrected_at = ${time} where id = ${id}`);
    }
  }

  async function loadFile(tx: Transaction, at: Date): Promise<void> {
    const time = at.toISOString();
    const earlier = loads.find((each) => !each.rolledBackAt && each.at < at && chance(0.3));
    if (earlier) {
      earlier.rolledBackAt = at;
      await tx.execute(sql`update load set state = 'rolled_back', rolled_back_at = ${time} where id = ${earlier.id}`);
    }
    const loaded: Load = { id: newId(at), accepted: below(1_000), at };
    loads.push(loaded);
    await tx.execute(sql`
      insert into load (id, source, mode, state, file_name, as_of, actor, started_at, finished_at, position_after, counts)
      values (${loaded.id}, 's', 'delta', 'activated', 'f', ${time}, 'a', ${time}, ${time}, 0,
        ${JSON.stringify({ accepted: loaded.accepted })}::jsonb)`);
  }

  const newDueOn = () => (chance(0.1) ? null : addDays(day, below(7)));

  async function tellOfRemoval(tx: Transaction, at: Date): Promise<void> {
    if (listings.length === 0) return;
    const told = { id: newId(at), agency: pick(agencies).id, listing: pick(listings).id, on: day, dueOn: newDueOn() };
    await tx.execute(sql`
      insert into notice (id, agency_id, listing_id, position, kind, told_at, due_on)
      values (${told.id}, ${told.agency}, ${told.listing}, ${ids}, 'ended', ${at.toISOString()}, ${told.dueOn}::date)`);
    owed.push({ kind: "removals", ...told });
  }

  /** Acknowledged, or overtaken by a later change. */
  async function endNotice(tx: Transaction, at: Date): Promise<void> {
    const open = owed.filter((each) => each.kind === "removals" && !each.ended);
    if (open.length === 0) return;
    const { id, agency, listing } = pick(open);
    const time = at.toISOString();
    const isAcknowledged = chance(0.7);
    if (isAcknowledged) await tx.execute(sql`update notice set acknowledged_at = ${time} where id = ${id}`);
    else {
      await tx.execute(sql`
        insert into notice (id, agency_id, listing_id, position, kind, told_at)
        values (${newId(at)}, ${agency}, ${listing}, ${ids}, 'listed', ${time})`);
      await tx.execute(sql`update notice set superseded_by = ${ids} where id = ${id}`);
    }
    const ended = owed.find((each) => each.id === id);
    if (ended) ended.ended = { as: isAcknowledged ? "removalsAcknowledged" : "removalsSuperseded", on: day };
  }

  const acts: [weight: number, act: (tx: Transaction, at: Date) => Promise<void>][] = [
    [12, ask],
    [3, report],
    [3, list],
    [1, dropByFile],
    [1.5, endByCourt],
    [1, startDuty],
    [1, meetDuty],
    [1, object],
    [1.5, decideObjection],
    [0.3, loadFile],
    [1, tellOfRemoval],
    [1, endNotice],
  ];
  const weights = acts.reduce((sum, [weight]) => sum + weight, 0);

  async function nextDay(actsADay: number): Promise<void> {
    const times = Array.from({ length: actsADay }, newTime).sort((one, other) => one.getTime() - other.getTime());
    await db.transaction(async (tx) => {
      for (const at of times) {
        let drawn = random.fraction() * weights;
        const chosen = acts.find(([weight]) => (drawn -= weight) < 0) ?? acts[0];
        await chosen?.[1](tx, at);
      }
    });
    day = addDays(day, 1);
  }

  /** A notice for `year` moves the last days of clocks; the same happens to some of the agencies' tasks. */
  async function changeCalendar(year: number): Promise<void> {
    const shipped = shippedNotices.find((notice) => notice.year === year);
    const holidays = [
      { name: "元旦", from: `${year}-01-01`, to: `${year}-01-03`, workdays: [] },
      { name: "调整", from: `${year}-03-09`, to: `${year}-03-13`, workdays: [] },
      { name: "国庆节", from: `${year}-10-01`, to: `${year}-10-07`, workdays: [] },
    ];
    const issuedOn = shipped ? addDays(shipped.issuedOn, 100) : `${year - 1}-11-04`;
    await db.transaction(async (tx) => {
      await importNotice(tx, "operator:test", { year, title: `${year}年安排（调整）`, issuedOn, holidays });
      for (const task of tasks.values()) {
        if (!chance(0.2)) continue;
        task.dueOn = addDays(task.dueOn ?? shanghaiDate(task.at), 1);
        await tx.execute(sql`update feedback_task set due_on = ${task.dueOn} where id = ${task.id}`);
      }
    });
  }

  const facts = { agencies, checks, hits, listings, changes, tasks, objections, loads, owed };
  return { random, facts, addAgency, nextDay, changeCalendar, day: () => day };
}
