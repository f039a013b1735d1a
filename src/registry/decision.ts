// The decision on a draft (art. 5): by another than who drew it up, signed by the president or by written authority.
import { type CourtActor } from "../courts/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { shanghaiDate } from "../platform/time.ts";
import { type Plan, type Taken, takeAct, type Target } from "./act.ts";
import {
  type Case,
  findCase,
  findDebtorLimit,
  findSubject,
  listEarlierPeriods,
  type Proceeding,
} from "./act-queries.ts";
import type { Capacity, DishonestDraft, Draft, EarlierPeriod } from "./bars.ts";
import type { Listing } from "./content.ts";
import { stopDeadlines } from "./deadlines.ts";
import type { DeletionGround } from "./exit.ts";
import type { Ground } from "./grounds.ts";
import { decidedTerm } from "./term.ts";

/** Number and SHA-256 of the paper as it was signed. */
export type Paper = { number: string; sha256: string };

/** A limit is in force from its decision on: a debtor who has it may be listed. */
const inForce: Listing["state"][] = ["decided", "published"];

export async function decideListing(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { paper }: { paper: Paper },
): Promise<Taken> {
  const decidedOn = shanghaiDate(target.now);
  const taken = await takeAct(tx, actor, target, async (current): Promise<Plan> => {
    const { listing, proceeding } = current;
    const term = proceeding?.term ?? { kind: "open" };
    const starts = { decision: decidedOn, effect: decidedOn };
    return {
      act: { name: "decide", draft: listing.state === "draft" ? await draftOf(tx, current) : null },
      content: { decidedOn, effectiveOn: decidedOn, ...decidedTerm(term, starts) },
      proceeding: {
        decisionNumber: paper.number,
        decisionPaper: Buffer.from(paper.sha256, "hex"),
        decidedBy: actor.id,
        decidedAs: actor.role === "president" ? "president" : "delegate",
      },
      detail: { decision: paper.number, paper: paper.sha256 },
    };
  });
  await stopDeadlines(tx, taken.listing, ["application_decision"], target.now);
  return taken;
}

export async function rejectDraft(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { reason }: { reason: string },
): Promise<Taken> {
  const taken = await takeAct(tx, actor, target, () => ({ act: { name: "reject" }, reason }));
  await stopDeadlines(tx, taken.listing, ["application_decision"], target.now);
  return taken;
}

/** A draft as the bars of the law see it. */
export async function draftOf(reader: Reader, current: Case): Promise<Draft> {
  const { listing } = current;
  const drawn = requireProceeding(current);
  const subject = await findSubject(reader, listing.subjectId);
  const order = {
    capacity: listing.capacity as Capacity,
    party:
      subject?.kind === "organisation"
        ? ({ kind: "organisation" } as const)
        : ({ kind: "person", latestBirth: drawn.birthOn } as const),
    performed: drawn.performed,
  };
  if (listing.list === "dishonest") return { ...order, ...(await listingDraftOf(reader, listing, drawn)) };
  const unitLimited = await isUnitLimited(reader, listing, drawn.unitLimitId);
  return { ...order, list: "consumption_limit", noticeEndsOn: drawn.noticeEndsOn, unitLimited };
}

type OfListing = Omit<DishonestDraft, "capacity" | "party" | "performed">;

async function listingDraftOf(reader: Reader, listing: Listing, drawn: Proceeding): Promise<OfListing> {
  return {
    list: "dishonest",
    initiatedBy: drawn.initiatedBy,
    receivedOn: drawn.receivedOn,
    grounds: listing.grounds as Ground[],
    groundAroseOn: drawn.groundAroseOn ?? drawn.receivedOn,
    checklist: drawn.checklist ?? unanswered,
    term: drawn.term ?? { kind: "open" },
    warned: drawn.warned,
    limited: (await findDebtorLimit(reader, listing, inForce)) !== null,
    earlier: (await listEarlierPeriods(reader, listing)).map(earlierPeriod),
  };
}

const unanswered = { security_given: null, property_controlled: null, later_in_order: null, not_refusing: null };

function earlierPeriod({ endedAt, exitOperation, exitReason }: Listing): EarlierPeriod {
  const isDeletion = exitOperation === "delete" && /^R[1-7]$/.test(exitReason ?? "");
  return {
    endedOn: endedAt ? shanghaiDate(endedAt) : "",
    deletion: isDeletion ? (exitReason as DeletionGround["code"]) : null,
  };
}

/** Whether an officer's limit rests on the limit of a unit in the same case. */
async function isUnitLimited(reader: Reader, { caseNumber }: Listing, unitLimitId: string | null): Promise<boolean> {
  const unit = unitLimitId === null ? null : await findCase(reader, unitLimitId);
  if (!unit) return false;
  const { list, capacity, state, subjectId, caseNumber: unitCase } = unit.listing;
  if (list !== "consumption_limit" || capacity !== "debtor" || unitCase !== caseNumber) return false;
  return inForce.includes(state) && (await findSubject(reader, subjectId))?.kind === "organisation";
}

/** What a court drafts has a proceeding, from its first statement on; what a file brought or was entered has none. */
function requireProceeding({ proceeding, listing }: Case): Proceeding {
  if (!proceeding) throw new Error(`the ${listing.state} listing ${listing.id} has no proceeding`);
  return proceeding;
}
