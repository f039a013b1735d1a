// A random year of a register, written row by row as time goes by: what agencies asked and reported, what courts did, and
// the working calendar changing in the middle of it. Times crowd around midnight, and ids are made by clocks that differ.
import { sql } from "drizzle-orm";
import { type ClockName, importNotice, startClock, stopClocks } from "../../src/courts/index.ts";
import type { Connection, Transaction } from "../../src/platform/database.ts";
import { publicId, uuidAt } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { acknowledgeByLift, otherHolidays, randomOf } from "./history-facts.ts";
import type { Agency, Change, Check, Hit, ListedCase, Load, Objection, Owed, Task } from "./history-facts.ts";

const COURTS = ["闽0203", "闽02", null];
const DAY_MS = 86_400_000;

export type History = Awaited<ReturnType<typeof beginHistory>>;

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
  const sanctions: { id: string; task: Task; at: Date; listing: string }[] = [];
  const lifted: string[] = [];
  const inError = new Set<string>();
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
    const isOnce = chance(0.5);
    // In one matter a measure is in force once.
    const code = isOnce ? pick(["OP2016-01-07", "OP2016-02-01", "OP2016-05-03"]) : `LOCAL-${ids}`;
    const effect = pick(["strict_review", "prudential_reference"]);
    const id = newId(at);
    await tx.execute(sql`
      insert into sanction (id, agency_id, task_id, feedback_id, check_id, subject_index, purpose, lists, measure, title, effect,
        legal_basis, conditions, decision_number, decision_dated_on, officer, duration, imposed_on, state, recorded_at, register_position)
      values (${id}, ${task.agency}, ${task.id}, ${feedbackId}, ${task.id}, '\\x01', 'p', '{dishonest}', ${code}, 't', ${effect},
        'b', '{}', 'n', ${day}, 'o', ${isOnce ? "once" : "while_listed"}, ${addDays(day, -below(40))},
        ${isOnce ? "completed" : "active"}, ${at.toISOString()}, 0)`);
    await tx.execute(sql`
      insert into sanction_listing (sanction_id, listing_id, grade, since, name_keys)
      values (${id}, ${listing}, 'exact', ${at.toISOString()}, '{}')`);
    if (!isOnce) sanctions.push({ id, task, at, listing });
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
    const told = {
      id: newId(at),
      agency: pick(agencies).id,
      listing: pick(listings).id,
      at,
      on: day,
      dueOn: newDueOn(),
    };
    await tx.execute(sql`
      insert into notice (id, agency_id, listing_id, position, kind, told_at, due_on)
      values (${told.id}, ${told.agency}, ${told.listing}, ${ids}, 'ended', ${at.toISOString()}, ${told.dueOn}::date)`);
    owed.push({ kind: "removals", ...told });
  }

  async function oweLift(tx: Transaction, at: Date): Promise<void> {
    const free = sanctions.filter(({ id }) => !owed.some((each) => each.listing === id));
    if (free.length === 0) return;
    const { id: sanction, task } = pick(free);
    const kind = pick(["lifts", "reviews"]);
    const due = { id: newId(at), agency: task.agency, listing: sanction, on: day, dueOn: newDueOn() };
    const values = sql`${due.id}, ${sanction}, ${task.agency}, 'p', ${sanction}, ${day}, ${due.dueOn}::date`;
    if (kind === "lifts")
      await tx.execute(sql`
        insert into lift_obligation (id, sanction_id, agency_id, purpose, listing_id, noted_on, due_on, arose_at, state)
        values (${values}, ${at.toISOString()}, 'open')`);
    else
      await tx.execute(sql`
        insert into past_refusal_review (id, sanction_id, agency_id, purpose, listing_id, noted_on, due_on, cause)
        values (${values}, 'revoked')`);
    owed.push({ kind, ...due });
  }

  async function endLift(tx: Transaction, at: Date): Promise<void> {
    const open = owed.filter((each) => each.kind !== "removals" && !each.ended);
    if (open.length === 0) return;
    const due = pick(open);
    const { id, listing: sanctionId } = due;
    const time = at.toISOString();
    const end = (as: string) => void (due.ended = { as, on: day });
    if (due.kind === "reviews") {
      await tx.execute(sql`
        update past_refusal_review set outcome = 'upheld', reviewed_on = ${day}, reviewed_at = ${time} where id = ${id}`);
      return end("reviewsDone");
    }
    const how = pick(["liftsDone", "liftsCancelled", "liftsClosed", "liftsVoid"]);
    if (how === "liftsDone") {
      await tx.execute(sql`
        update sanction set state = 'lifted', lifted_on = ${day}, lifted_at = ${time} where id = ${sanctionId}`);
      await tx.execute(sql`update lift_obligation set state = 'lifted' where id = ${id}`);
      lifted.push(`${due.agency} ${day}`);
      const of = sanctions.find(({ id }) => id === sanctionId);
      if (of) acknowledgeByLift(owed, { agency: of.task.agency, listing: of.listing, on: day, at });
    } else if (how === "liftsCancelled") {
      // By a listing of the day before, which whoever follows the register came to only now.
      const earlier = new Date(at.getTime() - (due.on === day ? DAY_MS : 0)).toISOString();
      await tx.execute(sql`
        update lift_obligation set state = 'cancelled', cancelled_by = id, cancelled_at = ${earlier} where id = ${id}`);
    } else if (how === "liftsClosed") {
      await tx.execute(sql`
        update lift_obligation set state = 'closed', close_reason = 'r', closed_at = ${time} where id = ${id}`);
    } else {
      const task = sanctions.find((each) => each.id === sanctionId)?.task;
      const former = task?.reports.at(-1);
      if (!task || !former || inError.has(task.id) || former.at > at) return;
      inError.add(task.id);
      const report = { id: newId(at), kind: "not_the_person", at, measures: [] };
      await tx.execute(sql`update feedback set superseded_by = ${report.id} where id = ${former.id}`);
      await tx.execute(sql`
        insert into feedback (id, task_id, agency_id, kind, check_id, operator, key_id, reported_at, content_hash, former_sanctions)
        values (${report.id}, ${task.id}, ${task.agency}, ${report.kind}, ${task.id}, 'o', 'key', ${time}, '\\x01',
          'recorded_in_error')`);
      task.reports.push(report);
      await tx.execute(sql`update sanction set state = 'cancelled' where id = ${sanctionId}`);
      await tx.execute(sql`update lift_obligation set state = 'void' where id = ${id}`);
    }
    end(how);
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
    if (ended) ended.ended = { as: isAcknowledged ? "removalsAcknowledged" : "removalsSuperseded", on: day, at };
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
    [1.5, oweLift],
    [1.5, endLift],
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
    await db.transaction(async (tx) => {
      await importNotice(tx, "operator:test", otherHolidays(year));
      for (const task of tasks.values()) {
        if (!chance(0.2)) continue;
        task.dueOn = addDays(task.dueOn ?? shanghaiDate(task.at), 1);
        await tx.execute(sql`update feedback_task set due_on = ${task.dueOn} where id = ${task.id}`);
      }
    });
  }

  const facts = { agencies, checks, hits, listings, changes, tasks, objections, loads, owed, lifted };
  return { random, facts, addAgency, nextDay, changeCalendar, day: () => day };
}
