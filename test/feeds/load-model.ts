// A register of a dozen keys in plain lists, and commands that do the same to it and to the real one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect } from "vitest";
import type { Load } from "../../src/feeds/index.ts";
import { enterListing } from "../../src/registry/index.ts";
import { testKeys } from "../registry/keys.ts";
import type { KilledLoad } from "./killed-load.ts";
import { numberOf, type PublishedRow, publishedRow } from "./published-row.ts";
import type { Register } from "./register.ts";

const KEYS = 12;
const ranks: Record<string, number> = { national: 10, xiamen: 30, court: Infinity };
const everyGateOpen = {
  shrink: 1e9,
  growth: 1e9,
  churn: 1e9,
  rejects: 1,
  unknownCourts: 1,
  masked: 1,
  endedWithoutCount: 1e9,
};
const killedLoad = fileURLToPath(new URL("killed-load.ts", import.meta.url));

type Naming = { duty: string | null; load: number };
type Period = {
  key: number;
  source: string;
  duty: string | null;
  /** Sources beside the owner. */
  named: Map<string, Naming>;
  endedBy: string | null;
  wasRolledBack: boolean;
  /** In milliseconds, as the database tells. */
  endedAt: number;
  changes: number[];
};
type Range = { before: number; after: number };
type Effect = {
  period: Period;
  kind: "listed" | "changed" | "ended";
  was: { source: string; duty: string | null } | null;
};
type Row = { key: number; duty: string; removed: boolean };
type File = { source: string; mode: "snapshot" | "delta"; rows: Row[]; asOf: number };
type Active = Range & {
  number: number;
  file: File;
  load: Load;
  effects: Effect[];
  taken: { period: Period; source: string; naming: Naming }[];
};
type Effects = { new: number; changed: number; ended: number; joined: number; adopted: number; parted: number };

export type Model = {
  periods: Period[];
  position: number;
  loads: number;
  active: Map<string, Active[]>;
  waiting: Map<string, { file: File; load: Load }>;
  cancelled: Map<string, (Range & { number: number })[]>;
};
type Act = (model: Model, register: Register) => Promise<void>;
/** Named, so that a failing sequence can be read. */
export type ModelCommand = { run: Act; toString: () => string };

/** The hash of each state that any run has seen: equal states have equal hashes, and others have others. */
const hashes = new Map<string, string>();

export function openModel(): Model {
  return { periods: [], position: 0, loads: 0, active: new Map(), waiting: new Map(), cancelled: new Map() };
}

const caseOf = (key: number) => `(2019)闽0203执${90_000_000 + key}号`;
const liveOf = ({ periods }: Model, key: number) => periods.find((period) => period.key === key && !period.endedBy);

function change(model: Model, period: Period): void {
  model.position++;
  period.changes.push(model.position);
}

function open(model: Model, key: number, source: string, duty: string | null): Period {
  const named = new Map<string, Naming>();
  const period = { key, source, duty, named, endedBy: null, wasRolledBack: false, endedAt: 0, changes: [] };
  model.periods.push(period);
  change(model, period);
  return period;
}

/** Whether an ended period of the key keeps the row from being a new one. */
function isKeptOut(model: Model, { source, asOf }: File, key: number): boolean {
  return model.periods.some(({ key: other, endedBy, endedAt, wasRolledBack }) => {
    if (other !== key || endedBy === null) return false;
    return endedBy === "court:judge" ? endedAt > asOf : endedBy !== `feed:${source}` && !wasRolledBack;
  });
}

/** What an activation does to the lists; every published row is of 2019, so that another feed's end stands. */
function apply(model: Model, file: File, load: Load): { active: Active; effects: Effects } {
  const { source, mode, rows } = file;
  const number = ++model.loads;
  const active: Active = { number, file, load, before: model.position, after: 0, effects: [], taken: [] };
  const counts = { new: 0, changed: 0, ended: 0, joined: 0, adopted: 0, parted: 0 };
  const write = (period: Period, kind: Effect["kind"], was: Effect["was"]) => {
    active.effects.push({ period, kind, was });
  };
  const take = (period: Period, of: string) => {
    const naming = period.named.get(of);
    if (naming) active.taken.push({ period, source: of, naming });
    return period.named.delete(of);
  };
  const end = (period: Period) => {
    counts.ended++;
    period.endedBy = `feed:${source}`;
    period.wasRolledBack = false;
    change(model, period);
    write(period, "ended", null);
  };
  for (const { key, duty, removed } of rows) {
    const period = liveOf(model, key);
    if (!period) {
      if (removed || isKeptOut(model, file, key)) continue;
      counts.new++;
      write(open(model, key, source, duty), "listed", null);
    } else if (period.source === source) {
      if (removed) end(period);
      else if (period.duty !== duty) {
        counts.changed++;
        write(period, "changed", { source, duty: period.duty });
        period.duty = duty;
        change(model, period);
      }
    } else if (removed) {
      if (take(period, source)) counts.parted++;
    } else if ((ranks[source] ?? 0) > (ranks[period.source] ?? 0)) {
      counts.adopted++;
      take(period, source);
      write(period, "changed", { source: period.source, duty: period.duty });
      period.named.set(period.source, { duty: period.duty, load: number });
      Object.assign(period, { source, duty });
      change(model, period);
    } else if (period.named.get(source)?.duty !== duty) {
      if (!take(period, source)) counts.joined++;
      period.named.set(source, { duty, load: number });
    }
  }
  if (mode === "snapshot") {
    const kept = new Set(rows.map(({ key }) => key));
    for (const period of model.periods.filter(({ endedBy, key }) => !endedBy && !kept.has(key))) {
      if (period.source === source) end(period);
      else if (take(period, source)) counts.parted++;
    }
  }
  active.after = model.position;
  model.active.set(source, [...(model.active.get(source) ?? []), active]);
  return { active, effects: counts };
}

function isLeft(model: Model, { number, file: { source }, after }: Active, { period, kind, was }: Effect): boolean {
  const cancelled = (model.cancelled.get(source) ?? []).filter((range) => range.number > number);
  const changedSince = period.changes.some(
    (position) => position > after && !cancelled.some((range) => position > range.before && position <= range.after),
  );
  if (changedSince) return true;
  if (kind === "listed") return period.endedBy !== null || period.named.size > 0;
  if (kind === "ended") return period.endedBy !== `feed:${source}` || liveOf(model, period.key) !== undefined;
  const isAdopted = was !== null && was.source !== source;
  return period.endedBy !== null || (isAdopted && period.named.get(was.source)?.load !== number);
}

function undo(model: Model, active: Active): { left: number } {
  const { number, file, effects, taken } = active;
  const left = new Set(effects.filter((effect) => isLeft(model, active, effect)).map(({ period }) => period));
  const before = model.position;
  for (const { period, kind, was } of effects.filter((effect) => !left.has(effect.period))) {
    if (kind === "listed") Object.assign(period, { endedBy: `feed:${file.source}`, wasRolledBack: true });
    else if (kind === "ended") period.endedBy = null;
    else Object.assign(period, was);
    change(model, period);
  }
  for (const period of model.periods.filter((each) => !left.has(each))) {
    for (const [source, naming] of period.named) if (naming.load === number) period.named.delete(source);
  }
  for (const { period, source, naming } of taken) {
    if (!left.has(period) && !period.named.has(source)) period.named.set(source, naming);
  }
  model.active.set(file.source, model.active.get(file.source)?.slice(0, -1) ?? []);
  const ranges = [active, { before, after: model.position }].map((range) => ({ ...range, number }));
  model.cancelled.set(file.source, [...(model.cancelled.get(file.source) ?? []), ...ranges]);
  return { left: left.size };
}

/** The real register against the lists, and the database's times back into them. */
async function compare(model: Model, register: Register): Promise<void> {
  const rows = await register.sql`
    select case_number, source, obligation, ended_by, extract(epoch from ended_at) * 1000 as ended_at,
      array(select m.source from listing_source m where m.listing_id = l.id order by 1) as named
    from listing l order by case_number, created_at`;
  const found = rows.map((row) => [
    row["case_number"],
    row["source"],
    row["obligation"],
    row["ended_by"],
    row["named"],
  ]);
  const ordered = model.periods.toSorted((a, b) => a.key - b.key);
  expect(found).toEqual(
    ordered.map(({ key, source, duty, endedBy, named }) => [
      caseOf(key),
      source,
      duty,
      endedBy,
      [...named.keys()].sort(),
    ]),
  );
  for (const [i, period] of ordered.entries()) period.endedAt = Number(rows[i]?.["ended_at"] ?? 0);
  const { position } = await register.snapshot();
  expect(position).toEqual({ position: model.position, changes: model.position, last: model.position });
}

function compareHash(model: Model, source: string, { stateHash, liveRows }: Load): void {
  const state = model.periods
    .filter(({ endedBy }) => endedBy === null)
    .flatMap(({ key, source: owner, duty, named }) => {
      if (owner === source) return [`${key} ${duty}`];
      const naming = named.get(source);
      return naming ? [`${key} ${naming.duty}`] : [];
    })
    .sort();
  expect(liveRows).toBe(state.length);
  const known = hashes.get(state.join());
  if (known === undefined) {
    expect([...hashes.values()]).not.toContain(stateHash);
    hashes.set(state.join(), String(stateHash));
  } else expect(stateHash).toBe(known);
}

function activate(model: Model, file: File, load: Load): void {
  const { effects } = apply(model, file, load);
  expect(load).toMatchObject({ state: "activated", counts: effects });
  compareHash(model, file.source, load);
}

const rowOf = ({ key, duty, removed }: Row): PublishedRow => publishedRow(key, { duty, ...(removed && { removed }) });

type Arrival = {
  source: string;
  mode: "snapshot" | "delta";
  rows: Row[];
  isRecent: boolean;
  waits: boolean;
  repeats: boolean;
};

function loading({ source, mode, rows, isRecent, waits, repeats }: Arrival): Act {
  return async (model, register) => {
    const asOf = isRecent ? Date.now() + 2 : Date.now() - 24 * 3_600_000;
    const file = { source, mode, rows, asOf };
    const lines = [...rows, ...(repeats ? rows.slice(0, 1).map((row) => ({ ...row, duty: "重复" })) : [])].map(rowOf);
    await register.setSource(source, { activation: waits ? "manual" : "automatic" });
    const outcome = await register
      .load(lines, { source, mode, asOf: new Date(asOf), expected: lines.length, gates: everyGateOpen })
      .catch((error: unknown) => error as { code?: string });
    const newest = model.active.get(source)?.findLast((active) => active.file.mode === "snapshot");
    if (model.waiting.has(source)) expect(outcome).toMatchObject({ code: "conflict" });
    else if (mode === "snapshot" && newest && newest.file.asOf > asOf) {
      expect(outcome).toMatchObject({ code: "load-refused" });
    } else if (waits) {
      expect(outcome).toMatchObject({ state: "ready" });
      model.waiting.set(source, { file, load: outcome as Load });
    } else activate(model, file, outcome as Load);
    await compare(model, register);
  };
}

function killing(rows: Row[], at: string): Act {
  return async (model, register) => {
    const file = register.write(rows.map(rowOf), "killed.jsonl");
    const path = join(register.folder, "request.json");
    const { url } = register;
    const request: KilledLoad = { url, file, gates: everyGateOpen, rejectedTo: `${file}.rejected`, at, by: "kill" };
    writeFileSync(path, JSON.stringify(request));
    await once(spawn(process.execPath, [killedLoad, path], { stdio: "ignore" }), "exit");
    await compare(model, register);
  };
}

function removing(key: number): Act {
  return async (model, register) => {
    const period = model.periods.findLast((each) => each.key === key);
    if (!period || period.endedBy === "court:judge") return;
    await register.endByCourt(caseOf(key));
    Object.assign(period, { endedBy: "court:judge", wasRolledBack: false });
    change(model, period);
    await compare(model, register);
  };
}

function listing(key: number): Act {
  return async (model, register) => {
    if (liveOf(model, key)) return;
    const draft = {
      party: { name: "测试甲", document: { kind: "resident_id", number: numberOf(key) } },
      court: { name: "厦门市思明区人民法院" },
      caseNumber: caseOf(key),
    } as const;
    await register.db.transaction((tx) => enterListing(tx, testKeys, "court:clerk", draft));
    open(model, key, "court", null);
    await compare(model, register);
  };
}

function deciding(source: string, isReleased: boolean): Act {
  return async (model, register) => {
    const waiting = model.waiting.get(source);
    if (!waiting) return;
    model.waiting.delete(source);
    if (isReleased) activate(model, waiting.file, await register.release(waiting.load));
    else await register.discard(waiting.load);
    await compare(model, register);
  };
}

function rollingBack(source: string): Act {
  return async (model, register) => {
    const last = model.active.get(source)?.at(-1);
    if (!last) return;
    const { undone, load } = await register.rollback(last.load, "operator:third");
    expect(undone.leaves).toBe(undo(model, last).left);
    compareHash(model, source, load);
    await compare(model, register);
  };
}

const source = fc.constantFrom("national", "xiamen");
const key = fc.nat(KEYS - 1);
const duty = fc.constantFrom("一", "二", "三");
/** In any order, each key once. */
const rows = (canRemove: boolean) =>
  fc.uniqueArray(fc.record({ key, duty, removed: canRemove ? fc.boolean() : fc.constant(false) }), {
    minLength: 1,
    maxLength: KEYS,
    selector: (row) => row.key,
  });
const arrival = (mode: Arrival["mode"]) =>
  fc.record({
    source,
    mode: fc.constant(mode),
    rows: rows(mode === "delta"),
    isRecent: fc.boolean(),
    waits: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    repeats: fc.boolean(),
  });

function named<Input>(
  inputs: fc.Arbitrary<Input>,
  name: string,
  act: (input: Input) => Act,
): fc.Arbitrary<ModelCommand> {
  return inputs.map((input) => ({ run: act(input), toString: () => `${name} ${JSON.stringify(input)}` }));
}

export const modelCommands: fc.Arbitrary<ModelCommand> = fc.oneof(
  { weight: 6, arbitrary: named(arrival("snapshot"), "load", loading) },
  { weight: 5, arbitrary: named(arrival("delta"), "load", loading) },
  { weight: 3, arbitrary: named(key, "the court ends", removing) },
  { weight: 2, arbitrary: named(key, "the court lists", listing) },
  { weight: 3, arbitrary: named(source, "roll back", rollingBack) },
  { weight: 2, arbitrary: named(fc.tuple(source, fc.boolean()), "release or discard", (act) => deciding(...act)) },
  {
    weight: 1,
    arbitrary: named(fc.tuple(rows(false), fc.constantFrom("comparing", "applying")), "kill", (act) => killing(...act)),
  },
);
