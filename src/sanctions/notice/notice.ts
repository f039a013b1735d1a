// 惩戒告知书: printed before it is served, from the answer and what is about to be decided, and again from the sanction.
import { findAgency, findPurpose } from "../../agencies/index.ts";
import { appendAudit } from "../../audit/index.ts";
import { partyView } from "../../checks/index.ts";
import type { DocumentKind } from "../../identity/index.ts";
import { documentWords } from "../../identity/words.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { partyKindOf } from "../../registry/index.ts";
import type { Paper } from "../../ui/index.ts";
import { requireCheck } from "../feedback.ts";
import { requireGround } from "../ground.ts";
import type { Imposed, Reporter } from "../report.ts";
import { listSanctionListings, type SanctionCase } from "../sanction-queries.ts";
import { actorOf, requireDates } from "../sanction.ts";
import { type CheckRow, findTask } from "../task-queries.ts";
import { type NamedListing, type NoticeFacts, noticeText } from "./template.ts";

export type NoticeOrder = Pick<
  Imposed,
  "measure" | "decision" | "officer" | "duration" | "endsOn" | "confirmedConditions" | "identityProof"
> & { check: string; number: string; hearing?: string | undefined; operator: string };

type Given = Pick<NoticeFacts, "number" | "measure" | "decision" | "duration" | "endsOn" | "hearing" | "officer">;

/** The paper to be served; it is refused wherever the sanction would be. */
export async function draftNotice(
  tx: Transaction,
  ring: KeyRing,
  reporter: Reporter,
  taskId: string,
  order: NoticeOrder,
  now: Date,
): Promise<Paper> {
  const task = await findTask(tx, reporter.agencyId, taskId);
  if (!task) throw new AppError("not-found");
  const check = await requireCheck(tx, task, order.check);
  const { measure, listings } = await requireGround(tx, ring, check, order, now);
  requireDates(check, order, now);
  const { number, decision, duration, endsOn = null, hearing = null, officer = order.operator } = order;
  const given = { number, measure, decision, duration, endsOn, hearing, officer };
  const paper = await composeNotice(tx, ring, check, new Set(listings.map(({ listingId }) => listingId)), given);
  const detail = { check: publicId("chk", check.id), measure: measure.code, number, operator: order.operator };
  const subject = publicId("tsk", task.id);
  await appendAudit(tx, { actor: actorOf(reporter), action: "notice.print", subject, detail });
  return paper;
}

/** The same paper again; `conflict` where a statute let it go without one. */
export async function readNotice(reader: Reader, ring: KeyRing, { sanction, check }: SanctionCase): Promise<Paper> {
  const { noticeNumber: number, duration, endsOn, noticeHearing: hearing, officer } = sanction;
  if (number === null) throw new AppError("conflict", { note: "no notice was served" });
  const decision = { number: sanction.decisionNumber, datedOn: sanction.decisionDatedOn };
  const given = { number, measure: sanction, decision, duration, endsOn, hearing, officer };
  const rested = await listSanctionListings(reader, [sanction.id]);
  return composeNotice(reader, ring, check, new Set(rested.map(({ listingId }) => listingId)), given);
}

/** `rested`: the matches of the answer that the sanction rests on. */
async function composeNotice(
  reader: Reader,
  ring: KeyRing,
  check: CheckRow,
  rested: ReadonlySet<string>,
  given: Given,
): Promise<Paper> {
  const agency = await findAgency(reader, check.agencyId);
  const purpose = findPurpose(check.purpose);
  const party = partyView(ring, check);
  if (!agency || !purpose) throw new Error("a check names an agency and a purpose that are not there");
  if (!party) throw new AppError("erased");
  const kind = check.documentKind as DocumentKind;
  return noticeText({
    ...given,
    agency: agency.name,
    party: {
      name: party.name,
      documentTitle: documentWords[kind],
      maskedNumber: party.document.masked,
      isPerson: partyKindOf(kind) === "person",
    },
    listings: (check.matches ?? []).filter(({ listingId }) => rested.has(listingId)) satisfies NamedListing[],
    purpose: purpose.title,
    caseReference: check.caseReference,
    liftWithinWorkingDays: purpose.liftWithinWorkingDays,
  });
}
