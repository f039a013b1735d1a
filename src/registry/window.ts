// Exception windows (limit rule art. 8): a limited party may for some days do what the window names.
import { findUnknownMeasure } from "../agencies/index.ts";
import { type CourtActor, staffOf } from "../courts/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { type Taken, takeAct, type Target } from "./act.ts";
import { startDeadline, stopDeadlines } from "./deadlines.ts";
import type { ExceptionWindow } from "./exception-window.ts";
import { findWindow, insertWindow, listOpenWindows, updateWindow, type WindowRow } from "./proceeding-queries.ts";

export async function openWindow(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { window, reason }: { window: ExceptionWindow; reason: string },
): Promise<Taken> {
  const unknown = await findUnknownMeasure(tx, window.measures);
  if (unknown >= 0)
    throw new AppError("validation", { faults: [{ pointer: `#/window/measures/${unknown}`, code: "not_allowed" }] });
  const id = newUuid();
  const measures = [...new Set(window.measures)].sort();
  const { from, until } = window;
  return takeAct(tx, actor, target, () => ({
    act: { name: "open_window", window },
    reason,
    detail: { window: publicId("win", id), measures, from, until },
    changesAnswers: true,
    afterwards: async ({ listing }) => {
      const { id: listingId, subjectId } = listing;
      const opened = { openedBy: staffOf(actor).id, openedAt: target.now };
      await insertWindow(tx, { id, listingId, subjectId, measures, startsOn: from, endsOn: until, ...opened });
      await startDeadline(tx, listing, { kind: "exception_window", startedOn: from, statedDay: until });
    },
  }));
}

/** Takes a window back before its last day. */
export async function closeWindow(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { windowId, reason }: { windowId: string; reason: string },
): Promise<Taken> {
  return takeAct(tx, actor, target, async () => {
    const window = await findWindow(tx, target.id, windowId);
    if (!window) throw new AppError("not-found");
    if (window.closedAt) throw new AppError("conflict", { note: "the window is closed" });
    return {
      act: { name: "close_window" },
      reason,
      detail: { window: publicId("win", windowId) },
      changesAnswers: true,
      afterwards: async ({ listing }) => {
        await stopDeadlines(tx, listing, ["exception_window"], target.now);
        await updateWindow(tx, windowId, { closedBy: staffOf(actor).id, closedAt: target.now });
      },
    };
  });
}

/** The measures that answers about each of these parties leave out on the day `on`, on both lists. */
export async function measuresLeftOut(
  reader: Reader,
  subjectIds: string[],
  on: string,
): Promise<Map<string, ReadonlySet<string>>> {
  const windows = await listOpenWindows(reader, subjectIds, on);
  const bySubject = Map.groupBy(windows, ({ subjectId }: WindowRow) => subjectId);
  return new Map([...bySubject].map(([id, rows]) => [id, new Set(rows.flatMap(({ measures }) => measures))]));
}
