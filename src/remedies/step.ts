// The one way in which an objection moves: by whoever has the office at the right court, against the version they saw,
// with its audit entry in the same transaction.
import { appendAudit } from "../audit/index.ts";
import {
  auditNameOf,
  type CourtActor,
  findCourt,
  jurisdictionOf,
  listClocksOf,
  listCourtsAround,
  requireJurisdiction,
  staffOf,
} from "../courts/index.ts";
import { redactNumbers } from "../identity/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { competentCourt } from "../registry/index.ts";
import {
  type ObjectionAct,
  objectionActNames,
  type ObjectionFacts,
  objectionStep,
  objectionTransitions,
} from "./lifecycle.ts";
import { findObjection, type ObjectionCase, type ObjectionRow, updateObjection } from "./queries.ts";
import { refusalError, refusalOf } from "./refusal.ts";

/** What is acted on: the objection as the actor saw it. */
export type Target = { id: string; version: number; now: Date };

export type Step = {
  /** Before the act. */
  current: ObjectionCase;
  objection: ObjectionRow;
  /** The court whose act it is, and the one that carries out what is decided. */
  court: string;
  enforcing: string;
  today: string;
};

export type StepPlan = {
  act: ObjectionAct;
  change?: Partial<ObjectionRow>;
  reason?: string;
  /** Facts for the audit trail, without personal data. */
  detail?: Record<string, unknown>;
  /** Of a reconsideration: the day on which it was applied for, by post that of posting. */
  filedOn?: string;
};

export async function takeStep(
  tx: Transaction,
  actor: CourtActor,
  { id, version, now }: Target,
  plan: (current: ObjectionCase) => StepPlan,
): Promise<Step> {
  const current = await findObjection(tx, id);
  if (!current) throw new AppError("not-found");
  const enforcing = enforcingCourt(current);
  await requireJurisdiction(tx, actor, enforcing, "see");
  const { act, change, reason, detail, filedOn } = plan(current);
  const court = await courtOfAct(tx, current, act);
  await requireCourtOfAct(tx, actor, court);
  if (current.objection.version !== version) throw new AppError("precondition-failed");
  const today = shanghaiDate(now);
  const facts = await factsOf(tx, current);
  const step = objectionStep(facts, act, staffOf(actor), { on: today, ...(filedOn && { filedOn }) });
  if ("refused" in step) throw refusalError(step.refused);
  const objection = await updateObjection(tx, current.objection, { ...change, state: step.next });
  if (!objection) throw new AppError("precondition-failed");
  if (objection === "running") throw refusalError(refusalOf("already-running"));
  await appendAudit(tx, {
    actor: auditNameOf(actor),
    action: `objection.${act}`,
    subject: publicId("obj", id),
    ...(reason === undefined ? {} : { reason: redactNumbers(reason) }),
    detail: { ...detail, state: objection.state, version: objection.version },
  });
  return { current, objection, court, enforcing, today };
}

/**
 * The acts that are `actor`'s to take today, as court, role and state have it. What is sent along may still be refused, and
 * whoever is asked later decides again.
 */
export async function listOpenActs(
  reader: Reader,
  actor: CourtActor,
  current: ObjectionCase,
  now: Date,
): Promise<ObjectionAct[]> {
  const facts = await factsOf(reader, current);
  const enforcing = enforcingCourt(current);
  const higher = (await findCourt(reader, enforcing))?.higherCode ?? null;
  const handled = [enforcing, higher, current.reconsideration?.courtCode ?? null].filter((code) => code !== null);
  const around = await Promise.all(handled.map((code) => listCourtsAround(reader, code)));
  const on = shanghaiDate(now);
  return objectionActNames.filter((act) => {
    const court = courtAmong(current, act, higher);
    if (court === null || jurisdictionOf(actor, court, around.flat()) !== "act") return false;
    // Posted in time is in time: the day is the applicant's to show.
    return "next" in objectionStep(facts, act, staffOf(actor), { on, filedOn: facts.servedOn ?? on });
  });
}

/** Whoever sees the objection is told that the act is another court's. */
async function requireCourtOfAct(reader: Reader, actor: CourtActor, court: string): Promise<void> {
  try {
    await requireJurisdiction(reader, actor, court, "act");
  } catch (error) {
    throw error instanceof AppError && error.code === "not-found" ? new AppError("jurisdiction") : error;
  }
}

/** The court whose listing it is about, or that the case number names. */
export function enforcingCourt({ listing, objection }: Pick<ObjectionCase, "listing" | "objection">): string {
  return (listing && competentCourt(listing)) ?? objection.courtCode;
}

async function courtOfAct(reader: Reader, current: ObjectionCase, act: ObjectionAct): Promise<string> {
  const higher = (await findCourt(reader, enforcingCourt(current)))?.higherCode ?? null;
  const court = courtAmong(current, act, higher);
  if (court === null) throw refusalError(refusalOf("no-higher-court"));
  return court;
}

/** `higher` is the court above the enforcing one; null where there is none. */
function courtAmong(current: ObjectionCase, act: ObjectionAct, higher: string | null): string | null {
  const isAbove = objectionTransitions[act].court === "next_higher" || act === "withdraw";
  if (isAbove && current.reconsideration) return current.reconsideration.courtCode;
  return objectionTransitions[act].court === "enforcing" ? enforcingCourt(current) : higher;
}

async function factsOf(reader: Reader, current: ObjectionCase): Promise<ObjectionFacts> {
  const { kind, state, servedOn, reviewedBy, id } = current.objection;
  const clocks = state === "rejected" ? await listClocksOf(reader, publicId("obj", id)) : [];
  return {
    kind,
    state,
    deciders: [...(current.draftedBy ?? []), current.decidedBy, reviewedBy].filter((person) => person !== null),
    servedOn,
    filingDueOn: clocks.find((clock) => clock.kind === "reconsideration_filing")?.dueOn ?? null,
  };
}
