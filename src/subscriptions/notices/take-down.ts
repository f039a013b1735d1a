// Where a court made a listing known beside the register (list rule arts. 7 and 8), and its taking down there when it ends.
import { appendAudit } from "../../audit/index.ts";
import { auditNameOf, type CourtActor, requireJurisdiction, startClocks, stopClocks } from "../../courts/index.ts";
import { appendEvents } from "../../events/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { competentCourt, findListing, type Stretch } from "../../registry/index.ts";
import type { channels } from "./schema.ts";
import {
  cancelTasksOfListed,
  findTakeDown,
  holdListing,
  insertPublication,
  insertTasksOf,
  insertTasksOfEnded,
  listPublications,
  type OpenedTask,
  type PublicationRow,
  setTaskDone,
  type TakeDown,
} from "./take-down-queries.ts";

export type NewPublication = {
  channel: (typeof channels)[number];
  recipient: string;
  agencyId: string | null;
  publishedOn: string;
  document: string | null;
};

/** Records where the listing was made known. One that has ended meanwhile is to be taken down there at once. */
export async function recordPublication(
  tx: Transaction,
  actor: CourtActor,
  listingId: string,
  { channel, recipient, agencyId, publishedOn, document }: NewPublication,
  now: Date,
): Promise<PublicationRow> {
  await requireListing(tx, actor, listingId, "act");
  if (publishedOn > shanghaiDate(now))
    throw new AppError("validation", { faults: [{ pointer: "#/publishedOn", code: "out_of_range" }] });
  const held = await holdListing(tx, listingId);
  const recordedBy = auditNameOf(actor);
  const given = { channel, recipient, agencyId, publishedOn, document };
  const row = await insertPublication(tx, { id: newUuid(), listingId, ...given, recordedBy });
  const tasks = held?.isOver ? await insertTasksOf(tx, listingId) : [];
  await startTakeDowns(tx, tasks, shanghaiDate(now));
  const subject = publicId("lst", listingId);
  const detail = { publication: publicId("pub", row.id), channel, publishedOn, takeDowns: tasks.length };
  await appendAudit(tx, { actor: recordedBy, action: "listing.record_publication", subject, detail });
  await tellOfTakeDowns(tx, tasks);
  return row;
}

export async function readPublications(
  reader: Reader,
  actor: CourtActor,
  listingId: string,
): Promise<PublicationRow[]> {
  await requireListing(reader, actor, listingId, "see");
  return listPublications(reader, listingId);
}

async function requireListing(reader: Reader, actor: CourtActor, id: string, needed: "act" | "see"): Promise<void> {
  const listing = await findListing(reader, id);
  if (!listing) throw new AppError("not-found");
  await requireJurisdiction(reader, actor, competentCourt(listing), needed);
}

/** Taken down: on which day, and by whom it was said. */
export async function finishTakeDown(
  tx: Transaction,
  actor: CourtActor,
  id: string,
  { doneOn }: { doneOn: string },
  now: Date,
): Promise<TakeDown> {
  const found = await findTakeDown(tx, id);
  if (!found) throw new AppError("not-found");
  await requireJurisdiction(tx, actor, found.court, "act");
  if (doneOn > shanghaiDate(now) || doneOn < found.publication.publishedOn)
    throw new AppError("validation", { faults: [{ pointer: "#/doneOn", code: "out_of_range" }] });
  const doneBy = auditNameOf(actor);
  if (!(await setTaskDone(tx, id, { doneOn, doneBy, doneAt: now })))
    throw new AppError("conflict", { note: "the take-down is done or cancelled" });
  const subject = publicId("tdn", id);
  await stopClocks(tx, subject, ["take_down"], now);
  await appendAudit(tx, { actor: doneBy, action: "take_down.finish", subject, detail: { doneOn } });
  const finished = await findTakeDown(tx, id);
  if (!finished) throw new Error("a task that was finished is not there");
  return finished;
}

/** For every publication of what ended in the stretch, with its clock. Events are the caller's last step. */
export async function openTakeDowns(tx: Transaction, stretch: Stretch, today: string): Promise<OpenedTask[]> {
  const tasks = await insertTasksOfEnded(tx, stretch);
  await startTakeDowns(tx, tasks, today);
  return tasks;
}

/** What is listed again stays where it was published. */
export async function cancelTakeDowns(tx: Transaction, stretch: Stretch, now: Date): Promise<void> {
  const cancelled = await cancelTasksOfListed(tx, stretch);
  if (cancelled.length > 0) await stopClocks(tx, cancelled, ["take_down"], now);
}

async function startTakeDowns(tx: Transaction, tasks: readonly OpenedTask[], startedOn: string): Promise<void> {
  await startClocks(
    tx,
    tasks.map(({ id, listingId, court }) => {
      return { kind: "take_down", subject: publicId("tdn", id), matter: publicId("lst", listingId), court, startedOn };
    }),
  );
}

/** Recipients that are agencies of the register. */
export async function tellOfTakeDowns(tx: Transaction, tasks: readonly OpenedTask[]): Promise<void> {
  await appendEvents(
    tx,
    tasks.flatMap(({ id, listingId, agencyId }) => {
      if (agencyId === null) return [];
      const listing = publicId("lst", listingId);
      const data = { listing, takeDown: publicId("tdn", id) };
      return [{ agencyId, type: "take_down.due" as const, orderKey: listing, data }];
    }),
  );
}
