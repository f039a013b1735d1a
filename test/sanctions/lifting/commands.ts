// What can happen to a register and to the sanctions on it, for histories of any order.
import * as fc from "fast-check";
import type { CourtActor } from "../../../src/courts/index.ts";
import { AppError } from "../../../src/platform/error.ts";
import { addDays } from "../../../src/platform/time.ts";
import { enterListing, findListing, rectifyListing } from "../../../src/registry/index.ts";
import { publishedRow, numberOf } from "../../feeds/published-row.ts";
import { testKeys } from "../../registry/keys.ts";
import { endByCourt } from "../../registry/ending.ts";
import { type History, indexes, NAME, PARTIES } from "./history.ts";
import { liftInTest } from "./lifting.ts";

const CASES = 2;
const OTHER_NAME = "测试乙";
const everyGateOpen = {
  shrink: 1e9,
  growth: 1e9,
  churn: 1e9,
  rejects: 1,
  unknownCourts: 1,
  masked: 1,
  endedWithoutCount: 1e9,
};
const judge: CourtActor = {
  kind: "staff",
  id: "judge",
  name: "judge",
  court: "闽0203",
  role: "judge",
  delegation: null,
};

type Act = (history: History) => Promise<void>;
/** Named, so that a failing history can be read. */
export type Command = { run: Act; toString: () => string };
type Row = { key: number; isRenamed: boolean };

/** Party `key % PARTIES` in a case of its own. */
const rowOf = ({ key, isRenamed }: Row) =>
  publishedRow(key, { cardNum: numberOf(key % PARTIES), iname: isRenamed ? OTHER_NAME : NAME });

function load(rows: Row[], mode: "snapshot" | "delta"): Act {
  return (history) =>
    history.change(async () => {
      const given = { mode, expected: rows.length, asOf: new Date(Date.now() + 2), gates: everyGateOpen };
      const outcome = await history.register.load(rows.map(rowOf), given).catch((error: unknown) => error);
      if (outcome instanceof AppError || outcome instanceof Error) return;
      history.loads.push(outcome as (typeof history.loads)[number]);
    });
}

const rollBack: Act = async (history) => {
  const last = history.loads.pop();
  if (last) await history.change(() => history.register.rollback(last, "operator:third"));
};

/** With a term of so many days, or none. */
function list(party: number, place: number, days: number | null): Act {
  return (history) =>
    history.change(async () => {
      const draft = {
        party: { name: NAME, document: { kind: "resident_id", number: numberOf(party) } },
        court: { name: "厦门市思明区人民法院" },
        caseNumber: `(2020)闽0203执${90_000_000 + party * CASES + place}号`,
        ...(days === null ? {} : { grounds: ["G4" as const], term: { endsOn: addDays(history.today(), days) } }),
      } as const;
      const enter = history.register.db.transaction((tx) => enterListing(tx, testKeys, "court:clerk", { ...draft }));
      await enter.catch(refused);
    });
}

function end(party: number, place: number, isRevoked: boolean): Act {
  return async (history) => {
    const id = history.shown(party).at(place)?.id;
    if (id === undefined) return;
    const exit = isRevoked
      ? ({ operation: "revoke" } as const)
      : ({ operation: "delete", ground: { code: "R1" } } as const);
    await history.change(() =>
      history.register.db.transaction((tx) => endByCourt(tx, id, { exit, judge: "court:judge" })).catch(refused),
    );
  };
}

function rename(party: number, name: string): Act {
  return async (history) => {
    const { register } = history;
    const [found] = await register.sql<{ id: string }[]>`
      select l.id from listing l join document d on d.subject_id = l.subject_id
      where l.state = 'published' and l.name <> ${name} and d.blind_index = ${indexes[party] ?? null}
      order by l.id limit 1`;
    if (!found) return;
    await history.change(() =>
      register.db
        .transaction(async (tx) => {
          const version = (await findListing(tx, found.id))?.version ?? 0;
          const target = { id: found.id, version, now: new Date() };
          const reachedCourtOn = "2026-01-05";
          await rectifyListing(tx, judge, target, { corrections: { name }, reachedCourtOn, reason: "姓名有误" });
        })
        .catch(refused),
    );
  };
}

/** What the law does not allow does not happen. */
function refused(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

const party = fc.nat(PARTIES - 1);
const place = fc.nat(CASES - 1);
const rows = fc.uniqueArray(fc.record({ key: fc.nat(PARTIES * CASES - 1), isRenamed: fc.nat(4).map((n) => n === 0) }), {
  minLength: 1,
  maxLength: PARTIES * CASES,
  selector: ({ key }) => key,
});
const duration = fc.constantFrom("once", "until", "while_listed", "while_listed" as const);

function named<Input>(inputs: fc.Arbitrary<Input>, name: string, act: (input: Input) => Act): fc.Arbitrary<Command> {
  return inputs.map((input) => ({ run: act(input), toString: () => `${name} ${JSON.stringify(input)}` }));
}

const days = fc.option(fc.nat(20), { nil: null });

export const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: named(rows, "snapshot", (given) => load(given, "snapshot")) },
  { weight: 2, arbitrary: named(rows, "delta", (given) => load(given, "delta")) },
  { weight: 2, arbitrary: named(fc.constant(0), "roll back", () => rollBack) },
  { weight: 4, arbitrary: named(fc.tuple(party, place, days), "the court lists", (given) => list(...given)) },
  { weight: 4, arbitrary: named(fc.tuple(party, place, fc.boolean()), "the court ends", (given) => end(...given)) },
  {
    weight: 2,
    arbitrary: named(fc.tuple(party, fc.constantFrom(NAME, OTHER_NAME)), "rectify", (given) => rename(...given)),
  },
  {
    weight: 8,
    arbitrary: named(
      fc.tuple(party, duration, fc.nat(15)),
      "impose",
      ([whom, how, until]) =>
        (history) =>
          history.impose(whom, how, until),
    ),
  },
  {
    weight: 4,
    arbitrary: named(
      fc.nat(9),
      "lift",
      (which) => (history) => history.lift(which, (id) => liftInTest(history.register, id, history.now())),
    ),
  },
  {
    weight: 3,
    arbitrary: named(fc.integer({ min: 1, max: 12 }), "days pass", (count) => (history) => history.pass(count)),
  },
  { weight: 5, arbitrary: named(fc.constant(0), "follow", () => (history) => history.follow()) },
  { weight: 2, arbitrary: named(fc.constant(0), "killed", () => (history) => history.crash()) },
  { weight: 2, arbitrary: named(fc.constant(0), "repeat", () => (history) => history.repeat()) },
  { weight: 2, arbitrary: named(fc.constant(0), "two at once", () => (history) => history.race()) },
  { weight: 2, arbitrary: named(fc.constant(0), "day", () => (history) => history.compareDay()) },
);

const all = Array.from({ length: PARTIES * CASES }, (_, key) => ({ key, isRenamed: false }));
const both = (whom: number) => [end(whom, 0, false), end(whom, 0, true)];

/** The way to every standing, so that no run of the property goes without one. */
export const tour: Command[] = [
  load(all, "snapshot"),
  (history: History) => history.impose(0, "while_listed", 0),
  (history: History) => history.impose(0, "once", 0),
  (history: History) => history.impose(1, "until", 3),
  (history: History) => history.impose(1, "while_listed", 0),
  (history: History) => history.impose(2, "while_listed", 0),
  ...both(0),
  (history: History) => history.race(),
  (history: History) => history.lift(0, (id) => liftInTest(history.register, id, history.now())),
  ...both(2),
  (history: History) => history.race(),
  list(2, 0, null),
  (history: History) => history.pass(5),
  ...both(1),
  (history: History) => history.race(),
].map((run, place) => ({ run, toString: () => `tour ${place}` }));
