// From the decision to publication or its lapse (art. 6; the opinion's art. 15): served, granted time, still unperformed.
import type { CourtActor } from "../courts/index.ts";
import type { Transaction } from "../platform/database.ts";
import { shanghaiDate } from "../platform/time.ts";
import { type Plan, type Taken, takeAct, type Target } from "./act.ts";
import type { Proceeding } from "./act-queries.ts";
import type { ListingContent } from "./content.ts";
import { ageOn, refuseFuture } from "./dates.ts";
import { startDeadline, startTerm, stopDeadlines } from "./deadlines.ts";
import { insertExitOf } from "./removal.ts";
import { decidedTerm } from "./term.ts";

export type Service = { servedOn: string; how: NonNullable<Proceeding["servedHow"]> };

export async function recordService(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { servedOn, how }: Service,
): Promise<Taken> {
  refuseFuture("#/servedOn", servedOn, target.now);
  return takeAct(tx, actor, target, () => ({
    act: { name: "record_service" },
    proceeding: { servedOn, servedHow: how },
    detail: { servedOn, how },
  }));
}

export async function stateUnperformed(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { statedOn }: { statedOn: string },
): Promise<Taken> {
  refuseFuture("#/statedOn", statedOn, target.now);
  return takeAct(tx, actor, target, () => ({
    act: { name: "state_unperformed" },
    proceeding: { unperformedOn: statedOn },
    detail: { statedOn },
  }));
}

export async function grantGrace(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { until, reason }: { until: string; reason: string },
): Promise<Taken> {
  const startedOn = shanghaiDate(target.now);
  return takeAct(tx, actor, target, () => ({
    act: { name: "grant_grace", until },
    proceeding: { graceEndsOn: until },
    reason,
    detail: { until },
    afterwards: ({ listing }) => startDeadline(tx, listing, { kind: "grace", startedOn, statedDay: until }),
  }));
}

/** From the commit on every check answers with it. */
export async function publishDecided(tx: Transaction, actor: CourtActor, target: Target): Promise<Taken> {
  const publishedOn = shanghaiDate(target.now);
  return takeAct(tx, actor, target, (current): Plan => {
    const { decidedOn, effectiveOn } = current.listing;
    // What a file brought has no proceeding, and is published already.
    const { term = null, birthOn = null } = current.proceeding ?? {};
    const starts = { decision: decidedOn, effect: effectiveOn, publication: publishedOn };
    const content: Partial<ListingContent> = {
      publishedOn,
      ageAtPublication: birthOn === null ? null : ageOn(birthOn, publishedOn),
      ...(term && decidedTerm(term, starts)),
    };
    const afterwards = async ({ listing }: Taken) => {
      await stopDeadlines(tx, listing, ["grace"], target.now);
      await startTerm(tx, listing);
    };
    return { act: { name: "publish" }, content, afterwards };
  });
}

/** Performed in grace: it never becomes public. */
export async function lapseListing(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { performedOn, reason }: { performedOn: string; reason: string },
): Promise<Taken> {
  refuseFuture("#/performedOn", performedOn, target.now);
  const exit = { operation: "lapse", reasonAroseOn: performedOn, reachedCourtOn: performedOn } as const;
  return takeAct(tx, actor, target, () => ({
    act: { name: "lapse" },
    reason,
    detail: { performedOn },
    afterwards: (taken) => insertExitOf(tx, taken, target.now, exit),
  }));
}
