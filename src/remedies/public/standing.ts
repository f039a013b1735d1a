// Where an application stands, for whoever has its receipt and knows the party's number.
import { type ClockRow, listClocksOf } from "../../courts/index.ts";
import { blindIndex, documentKeys, type IdentityDocument, parseDocument } from "../../identity/index.ts";
import type { Reader } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { z } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { lists } from "../../registry/schema.ts";
import { openApplication } from "../application.ts";
import { objectionKinds, objectionStates } from "../lifecycle.ts";
import { indexesOf } from "../party-code.ts";
import { listSubjectIndexes } from "../party-queries.ts";
import { findObjection, type ObjectionCase } from "../queries.ts";
import { enforcingCourt } from "../step.ts";

const day = z.iso.date().nullable();

export const Standing = z
  .object({
    receipt: z.string(),
    kind: z.enum(objectionKinds),
    list: z.enum(lists),
    caseNumber: z.string(),
    court: z.string().openapi({ description: "The code of the court whose matter it is", example: "闽0203" }),
    state: z.enum(objectionStates),
    takenInOn: z.iso.date(),
    receivedOn: day.openapi({ description: "From when the court's time runs; null while identity was not shown" }),
    dueOn: day.openapi({ description: "The last day of what runs now: review, carrying out, reconsideration" }),
    decidedOn: day,
    servedOn: day.openapi({ description: "When the rejection was served: reconsideration within ten days" }),
  })
  .openapi("ObjectionStanding");

/** `party-not-verified` whatever does not agree: a receipt that nobody has, and one of somebody else. */
export async function readStanding(
  reader: Reader,
  ring: KeyRing,
  { receipt, document }: { receipt: string; document: IdentityDocument },
): Promise<z.infer<typeof Standing>> {
  const id = uuidOf("obj", receipt);
  const found = id === null ? null : await findObjection(reader, id);
  if (!found || !(await isAbout(reader, ring, found, document))) throw new AppError("party-not-verified");
  const { objection, reconsideration, listing } = found;
  const matter = objection.kind === "performance_notice" && listing ? publicId("lst", listing.id) : receipt;
  const decidedAt = reconsideration?.decidedAt ?? objection.reviewedAt;
  return {
    receipt,
    kind: objection.kind,
    list: objection.list,
    caseNumber: objection.caseNumber,
    court: enforcingCourt(found),
    state: objection.state,
    takenInOn: objection.takenInOn,
    receivedOn: objection.receivedOn,
    dueOn: dueOf(await listClocksOf(reader, matter)),
    decidedOn: decidedAt && shanghaiDate(decidedAt),
    servedOn: objection.servedOn,
  };
}

/** By the number that the applicant gave, or one that the register knows the listed party by. */
async function isAbout(
  reader: Reader,
  ring: KeyRing,
  { objection, listing }: ObjectionCase,
  document: IdentityDocument,
): Promise<boolean> {
  const { party } = openApplication(ring, objection.id, objection.applicationSealed);
  const given = party && parseDocument(party.document.kind, party.document.number, party.document.country ?? undefined);
  if (given?.ok && keysOf(ring, given.document).some((key) => keysOf(ring, document).includes(key))) return true;
  if (!listing) return false;
  const known = await listSubjectIndexes(reader, listing.subjectId);
  return indexesOf(ring, { name: listing.name, document }).some((index) => known.some((other) => other.equals(index)));
}

function keysOf({ blindIndexKey }: KeyRing, document: IdentityDocument): string[] {
  return documentKeys(document).map(({ kind, number }) => blindIndex(blindIndexKey, kind, number));
}

const running = ["correction_review", "correction_execution", "reconsideration_decision", "deletion"];

function dueOf(clocks: readonly ClockRow[]): string | null {
  return clocks.find(({ kind, stoppedAt }) => stoppedAt === null && running.includes(kind))?.dueOn ?? null;
}
