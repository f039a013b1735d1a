// A court's acts as verbs on a database, for tests of what the law allows and of what happens at the same time.
import type { CourtActor, StaffRole } from "../../src/courts/index.ts";
import { residentIdOf } from "../../src/identity/index.ts";
import type { Connection, Transaction } from "../../src/platform/database.ts";
import { AppError } from "../../src/platform/error.ts";
import { findCase } from "../../src/registry/act-queries.ts";
import type { Taken, Target } from "../../src/registry/act.ts";
import { decideListing, rejectDraft } from "../../src/registry/decision.ts";
import type { DraftForm, DraftLimit, DraftListing } from "../../src/registry/draft-form.ts";
import { amendDraft, draftListings } from "../../src/registry/draft.ts";
import {
  grantGrace,
  lapseListing,
  publishDecided,
  recordService,
  stateUnperformed,
} from "../../src/registry/publication.ts";
import { testKeys } from "./keys.ts";

export const NOON = new Date("2026-11-23T12:00:00+08:00");

export function officer(role: StaffRole, id: string = role, over: Partial<CourtActor> = {}): CourtActor {
  return { kind: "staff", id, name: id, court: "闽0203", role, delegation: null, ...over } as CourtActor;
}

export const clerk = officer("clerk");
export const judge = officer("judge");
export const president = officer("president");

export const paper = { number: "(2026)闽0203执90000001号决定书", sha256: "ab".repeat(32) };

export type ActOnListing = (tx: Transaction, target: Target) => Promise<Taken>;

export const act = {
  amend:
    (actor = clerk): ActOnListing =>
    (tx, target) =>
      amendDraft(tx, actor, target, { performance: "部分未履行" }),
  decide:
    (actor = president): ActOnListing =>
    (tx, target) =>
      decideListing(tx, actor, target, { paper }),
  reject:
    (actor = judge): ActOnListing =>
    (tx, target) =>
      rejectDraft(tx, actor, target, { reason: "证据不足" }),
  serve:
    (servedOn = "2026-11-23", actor = clerk): ActOnListing =>
    (tx, target) =>
      recordService(tx, actor, target, { servedOn, how: "in_person" }),
  stateUnperformed:
    (statedOn = "2026-11-23", actor = clerk): ActOnListing =>
    (tx, target) =>
      stateUnperformed(tx, actor, target, { statedOn }),
  grantGrace:
    (until = "2027-01-15", actor = judge): ActOnListing =>
    (tx, target) =>
      grantGrace(tx, actor, target, { until, reason: "测试事由" }),
  publish:
    (actor = judge): ActOnListing =>
    (tx, target) =>
      publishDecided(tx, actor, target),
  lapse:
    (performedOn = "2026-11-23", actor = judge): ActOnListing =>
    (tx, target) =>
      lapseListing(tx, actor, target, { performedOn, reason: "全部履行" }),
};

let cases = 0;

/** A new person of 1900 with a listing for G1 and the limit of the same debtor; name only what matters. */
export function draftForm({
  listing = {},
  limit = {},
}: { listing?: Partial<DraftListing> | null; limit?: Partial<DraftLimit> | null } = {}): DraftForm {
  cases++;
  const number = residentIdOf(`110101190001${String(1000 + cases).padStart(5, "0")}`);
  return {
    caseNumber: `(2026)闽0203执${90_000_000 + cases}号`,
    initiatedBy: "creditor",
    receivedOn: "2026-11-16",
    notice: { endsOn: "2026-11-01", warned: true },
    parties: [
      {
        name: "测试甲",
        document: { kind: "resident_id", number },
        listing: listing === null ? undefined : { ...lawfulListing, ...listing },
        limit: limit === null ? undefined : { capacity: "debtor", ...limit },
      },
    ],
  };
}

const lawfulListing: DraftListing = {
  grounds: ["G1"],
  groundAroseOn: "2026-11-01",
  checklist: { security_given: false, property_controlled: false, later_in_order: false, not_refusing: false },
  term: { kind: "open" },
};

/** Acts on one database. Each is a transaction of its own, on the listing as it is at that moment. */
export function openChambers({ db }: Pick<Connection, "db">) {
  const draft = (form: DraftForm, actor = clerk, now = NOON) =>
    db.transaction((tx) => draftListings(tx, testKeys, actor, form, now));

  async function find(id: string) {
    const found = await findCase(db, id);
    if (!found) throw new Error(`no listing ${id}`);
    return found;
  }

  async function take(id: string, given: ActOnListing, now = NOON): Promise<Taken> {
    const { version } = (await find(id)).listing;
    return db.transaction((tx) => given(tx, { id, version, now }));
  }

  async function takeAll(id: string, given: readonly ActOnListing[], now = NOON): Promise<void> {
    for (const each of given) await take(id, each, now);
  }

  return { draft, find, take, takeAll };
}

/** `ok`, or the code of the refusal: the law's own where it is the law. */
export async function outcomeOf(taken: Promise<unknown>): Promise<string> {
  try {
    await taken;
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.detail.refusal?.code ?? error.code;
    throw error;
  }
}

export const toPublication = [act.decide(), act.serve(), act.stateUnperformed(), act.publish()];
