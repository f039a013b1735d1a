// Random acts of several people at once on a debtor's listing and limit, against the pure law as the oracle.
import * as fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { type CourtActor, staffOf } from "../../src/courts/index.ts";
import type { Connection } from "../../src/platform/database.ts";
import { publicId } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import type { DishonestDraft, Draft } from "../../src/registry/bars.ts";
import type { Exit } from "../../src/registry/exit.ts";
import { lookAgain, removeListing, tickShielded } from "../../src/registry/removal.ts";
import { rectifyListing } from "../../src/registry/rectification.ts";
import { decidedTerm } from "../../src/registry/term.ts";
import { type Act, type ListingFacts, transition } from "../../src/registry/transition.ts";
import {
  act,
  type ActOnListing,
  clerk,
  draftForm,
  judge,
  officer,
  openChambers,
  outcomeOf,
  president,
} from "./chambers.ts";
import { limitDraft, listDraft } from "./case-facts.ts";

const delegation = { from: "2026-01-01", until: "2026-12-31" };
const people = [
  clerk,
  officer("clerk", "second clerk"),
  judge,
  officer("judge", "delegate", { delegation }),
  president,
  officer("auditor"),
];

type Which = "listing" | "limit";
type Command = { who: number; on: Which; name: keyof typeof acts; days: number };
type Round = { wait: number; commands: Command[] };

/** An act as the law sees it and as the verb takes it; `days` gives its date. */
type Choice = { law: (facts: Model, today: string, days: number) => Act; verb: Verb };
type Verb = (actor: CourtActor, today: string, days: number) => ActOnListing;

const exits = {
  revoke: { operation: "revoke" },
  early: { operation: "early" },
  expire: { operation: "expire" },
  R1: { operation: "delete", ground: { code: "R1" } },
  R3: { operation: "delete", ground: { code: "R3" } },
  R4: { operation: "delete", ground: { code: "R4", searches: 1, hasLead: false } },
  performed: { operation: "lift", ground: "performed" },
  consent: { operation: "lift", ground: "consent" },
  role_ended: { operation: "lift", ground: "role_ended" },
} as const satisfies Record<string, Exit>;

function exiting(exit: Exit): Choice {
  return {
    law: () => ({ name: "exit", exit }),
    verb: (actor, today) => (tx, target) =>
      removeListing(tx, actor, target, { exit, reasonAroseOn: today, reachedCourtOn: today, reason: "测试事由" }),
  };
}

const acts = {
  amend: { law: () => ({ name: "amend" }), verb: (actor) => act.amend(actor) },
  decide: { law: (model) => ({ name: "decide", draft: draftIn(model) }), verb: (actor) => act.decide(actor) },
  reject: { law: () => ({ name: "reject" }), verb: (actor) => act.reject(actor) },
  serve: { law: () => ({ name: "record_service" }), verb: (actor, today) => act.serve(today, actor) },
  state: {
    law: () => ({ name: "state_unperformed" }),
    verb: (actor, today, days) => act.stateUnperformed(addDays(today, -(days % 6)), actor),
  },
  grace: {
    law: (_, today, days) => ({ name: "grant_grace", until: addDays(today, days) }),
    verb: (actor, today, days) => act.grantGrace(addDays(today, days), actor),
  },
  publish: { law: () => ({ name: "publish" }), verb: (actor) => act.publish(actor) },
  lapse: { law: () => ({ name: "lapse" }), verb: (actor, today) => act.lapse(today, actor) },
  rectify: {
    law: () => ({ name: "rectify", addsBurden: false }),
    verb: (actor, _, days) => (tx, target) =>
      rectifyListing(tx, actor, target, {
        corrections: { handler: `测试法官${target.version}${days}` },
        reachedCourtOn: shanghaiDate(target.now),
        reason: "测试事由",
      }),
  },
  look: {
    law: () => ({ name: "second_look" }),
    verb: (actor) => (tx, target) => lookAgain(tx, actor, target, { finding: "confirmed" }),
  },
  shield: {
    law: () => ({ name: "shield" }),
    verb: (actor, today) => (tx, target) => tickShielded(tx, actor, target, { shieldedOn: today }),
  },
  ...Object.fromEntries(Object.entries(exits).map(([name, exit]) => [name, exiting(exit)])),
} as Record<string, Choice>;

/** What each of the two listings is by the law, and when. */
type Model = ListingFacts & {
  which: Which;
  decidedOn: string | null;
  limited: () => boolean;
  version: number;
  look: Look;
};
/** What is left to do once it has ended. */
type Look = { due: boolean; shield: boolean };

const fixedTerm = { kind: "fixed", months: 24, extension: null, runsFrom: "decision" } as const;

function draftIn({ which, limited, grounds }: Model): Draft {
  const isFixed = grounds.includes("G4");
  if (which === "limit") return limitDraft();
  const rest: Partial<DishonestDraft> = isFixed ? { grounds: ["G4"], term: fixedTerm } : {};
  return listDraft({ ...rest, limited: limited() });
}

function newModel(which: Which, grounds: readonly string[], limited: () => boolean): Model {
  return {
    which,
    list: which === "listing" ? "dishonest" : "consumption_limit",
    capacity: "debtor",
    state: "draft",
    grounds: which === "listing" ? grounds : [],
    termKind: which === "listing" && grounds.includes("G4") ? "fixed" : "open",
    answersUntil: null,
    debtorListed: false,
    draftedBy: ["clerk"],
    servedOn: null,
    graceEndsOn: null,
    unperformedOn: null,
    endedBy: null,
    decidedOn: null,
    limited,
    version: 1,
    look: { due: false, shield: false },
  };
}

/** Applies an act that the law allows. */
function apply(model: Model, given: Act, command: Command, staff: string, today: string): void {
  const wasPublished = model.state === "published";
  model.version++;
  switch (given.name) {
    case "amend":
      model.draftedBy = [...new Set([...model.draftedBy, staff])];
      break;
    case "decide":
      model.decidedOn = today;
      if (model.termKind === "fixed") model.answersUntil = decidedTerm(fixedTerm, { decision: today }).answersUntil;
      break;
    case "record_service":
      model.servedOn = today;
      break;
    case "state_unperformed":
      model.unperformedOn = addDays(today, -(command.days % 6));
      break;
    case "grant_grace":
      model.graceEndsOn = given.until;
      break;
    case "exit":
      model.endedBy = staff;
      model.look = { due: given.exit.operation !== "expire", shield: wasPublished };
      break;
    case "lapse":
      model.endedBy = staff;
      model.look = { due: true, shield: false };
      break;
    case "reject":
      model.endedBy = staff;
      break;
    case "second_look":
      model.look.due = false;
      break;
    case "shield":
      model.look.shield = false;
      break;
    default:
      break;
  }
}

/** The outcome by the law, with what a verb asks besides: that there is something to look at, to shield, to state. */
function lawfulOutcome(
  model: Model,
  given: Act,
  actor: CourtActor,
  now: Date,
): { next: Model["state"] } | { refused: string } {
  if (given.name === "second_look" && !model.look.due) return { refused: "conflict" };
  if (given.name === "shield" && !model.look.shield) return { refused: "conflict" };
  const outcome = transition(model, given, staffOf(actor), now);
  return "refused" in outcome ? { refused: outcome.refused.code } : { next: outcome.next };
}

const live = ["decided", "grace", "published"];

const command: fc.Arbitrary<Command> = fc.record({
  who: fc.constantFrom(0, 1, 2, 2, 3, 3, 4, 4, 4, 5),
  on: fc.constantFrom<Which>("listing", "listing", "limit"),
  name: fc.constantFrom(...Object.keys(acts)),
  days: fc.constantFrom(0, 1, 5, 20, 31, 45, 92, 120),
});

const PRESIDENT = 4;
/** The shortest way to publication, so that sequences begin anywhere on it. */
export const path: Command[] = (
  [
    ["limit", "decide"],
    ["listing", "decide"],
    ["listing", "serve"],
    ["listing", "state"],
    ["listing", "publish"],
    ["limit", "serve"],
    ["limit", "state"],
    ["limit", "publish"],
  ] as const
).map(([on, name]) => ({ who: PRESIDENT, on, name, days: 0 }));

export type Sequence = { grounds: readonly ("G1" | "G4")[]; rounds: Round[] };

export const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    grounds: fc.constantFrom(["G1"] as const, ["G4"] as const),
    walked: fc.nat({ max: path.length }),
    rounds: fc.array(
      fc.record({
        wait: fc.constantFrom(0, 0, 0, 0, 1, 4, 40, 800),
        commands: fc.array(command, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 2, maxLength: 10 },
    ),
  })
  .map(({ grounds, walked, rounds }) => ({
    grounds,
    rounds: [...path.slice(0, walked).map((given) => ({ wait: 0, commands: [given] })), ...rounds],
  }));

export type Tally = { taken: Map<string, number>; refused: number };

/**
 * Runs one sequence on a case of its own; whatever the law forbids fails the assertion. `afterwards` is for the control:
 * what it does behind the verbs must be found.
 */
export async function runSequence(
  connection: Pick<Connection, "db">,
  { grounds, rounds }: Sequence,
  tally: Tally,
  afterwards: (ids: Record<Which, string>) => Promise<unknown> = async () => {},
): Promise<void> {
  const chambers = openChambers(connection);
  const isFixed = grounds.includes("G4");
  const form = draftForm({ listing: { grounds: [...grounds], ...(isFixed && { term: fixedTerm }) } });
  const start = "2026-11-23";
  const [listing, limit] = await chambers.draft(form, clerk, new Date(`${start}T09:00:00+08:00`));
  if (!listing || !limit) throw new Error("no drafts");
  const ids = { listing: listing.id, limit: limit.id };
  const models: Record<Which, Model> = {
    limit: newModel("limit", [], () => true),
    listing: newModel("listing", grounds, () => models.limit.state === "decided" || models.limit.state === "published"),
  };
  let today = start;
  for (const { wait, commands } of rounds) {
    today = addDays(today, wait);
    const now = new Date(`${today}T09:00:00+08:00`);
    const taken = commands.map(async (given) => {
      const actor = people[given.who] ?? clerk;
      const verb = acts[given.name]?.verb(actor, today, given.days);
      const version = models[given.on].version;
      const id = ids[given.on];
      const outcome = await outcomeOf(
        connection.db.transaction(async (tx) => {
          await verb?.(tx, { id, version, now });
          order.push(given);
        }),
      );
      return { given, actor, outcome };
    });
    const order: Command[] = [];
    const results = await Promise.all(taken);
    follow(models, { results, order, now, today, isAlone: commands.length === 1 }, tally);
    await compare(connection, ids, models);
  }
  await afterwards(ids);
  await compare(connection, ids, models);
}

type Followed = {
  results: { given: Command; actor: CourtActor; outcome: string }[];
  /** The commands as their verbs ended, which is under the lock of the case. */
  order: Command[];
  now: Date;
  today: string;
  isAlone: boolean;
};

/** Takes the acts that succeeded, in their order, through the law; of an act alone the refusal must agree, too. */
function follow(models: Record<Which, Model>, { results, order, now, today, isAlone }: Followed, tally: Tally): void {
  const succeeded = results.filter(({ outcome }) => outcome === "ok");
  succeeded.sort((one, other) => order.indexOf(one.given) - order.indexOf(other.given));
  for (const { given, actor } of succeeded) {
    const model = models[given.on];
    model.debtorListed = given.on === "limit" && live.includes(models.listing.state);
    const lawful = acts[given.name]?.law(model, today, given.days);
    if (!lawful) throw new Error(`no act ${given.name}`);
    const outcome = lawfulOutcome(model, lawful, actor, now);
    expect({ given, ...outcome }).not.toHaveProperty("refused");
    if ("next" in outcome) {
      apply(model, lawful, given, staffOf(actor).id, today);
      model.state = outcome.next;
    }
    tally.taken.set(given.name, (tally.taken.get(given.name) ?? 0) + 1);
  }
  for (const { given, actor, outcome } of results.filter((each) => each.outcome !== "ok")) {
    tally.refused++;
    if (!isAlone) continue;
    const model = models[given.on];
    model.debtorListed = given.on === "limit" && live.includes(models.listing.state);
    const lawful = acts[given.name]?.law(model, today, given.days);
    expect({ given, ...(lawful && lawfulOutcome(model, lawful, actor, now)) }).toEqual({ given, refused: outcome });
  }
}

/** The register says what the model says, and nothing that the law forbids. */
async function compare({ db }: Pick<Connection, "db">, ids: Record<Which, string>, models: Record<Which, Model>) {
  for (const which of ["listing", "limit"] as const) {
    const model = models[which];
    const subject = publicId("lst", ids[which]);
    const [row] = await db.execute(sql`
      select l.state, l.version, l.ended_by as "endedBy", l.answers_until::text as "answersUntil",
        (l.ended_at is null) = (l.state not in ('ended', 'lapsed')) as "isEndedOnce",
        (select count(*)::int from audit_entry where subject = ${subject}) as entries,
        l.state <> 'published' or p.served_on is not null and p.decided_by <> all (p.drafted_by)
          and p.unperformed_on between l.published_on - 3 and l.published_on
          and (p.grace_ends_on is null or p.grace_ends_on < l.published_on) as "isLawful",
        coalesce(l.exit_operation, '') <> 'delete' or l.term_kind = 'open' as "isOpen",
        coalesce(x.second_look_by <> l.ended_by, true) as "isLookedAtByAnother",
        (select count(*)::int from listing_change where listing_id = l.id and kind = 'listed') <= 1 as "isListedOnce"
      from listing l join proceeding p on p.listing_id = l.id left join listing_exit x on x.listing_id = l.id
      where l.id = ${ids[which]}`);
    expect({ which, ...row }).toEqual({
      which,
      state: model.state,
      version: model.version,
      endedBy: model.endedBy,
      answersUntil: model.answersUntil,
      entries: model.version,
      isEndedOnce: true,
      isLawful: true,
      isOpen: true,
      isLookedAtByAnother: true,
      isListedOnce: true,
    });
  }
}
