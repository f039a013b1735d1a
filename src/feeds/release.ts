// What a person decides about a load that waits: releasing it into the register, or discarding it.
import { appendAudit } from "../audit/index.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { compareStage, countStagedRows, dropStage, type StagedLoad, stageOf } from "../registry/index.ts";
import { activateLoad, refreshStatistics, requireMoved } from "./activate.ts";
import { refuse } from "./gate.ts";
import { findLoad, type LoadRow, moveLoad } from "./queries.ts";
import { failLoad, type FeedSession, takeSource, withFeedSession } from "./session.ts";
import { ensureSource } from "./source.ts";
import { listOutranked } from "./source-queries.ts";
import { type Load, viewLoad } from "./view.ts";

export type Decision = {
  url: string;
  id: string;
  actor: string;
  /** Ends its connections: the load stays as it was. */
  signal?: AbortSignal;
};

/** A held load needs another person than the one who imported it; a ready one passed its gates. */
export async function releaseLoad({ url, id, actor, signal }: Decision): Promise<Load> {
  const work = async (session: FeedSession): Promise<Load> => {
    const row = await takeWaiting(session, id, "released");
    if (row.state === "held" && row.actor === actor) {
      throw new AppError("same-person", {
        note: "who imported a held load cannot release it: a second person decides",
      });
    }
    await requireStage(session, row);
    const released = await release(session, row, actor);
    await refreshStatistics(session.db, released);
    return viewLoad(released);
  };
  return withFeedSession(url, work, signal);
}

/** The register may have moved since the load was held: it is compared again. */
async function release({ db }: FeedSession, row: LoadRow, actor: string): Promise<LoadRow> {
  const { id, mode, asOf, counts } = row;
  if (!counts) throw new Error("a waiting load has no counts");
  return db.transaction(async (tx) => {
    const startedAt = performance.now();
    const source = await ensureSource(tx, row.source);
    const outranked = await listOutranked(tx, source.precedence);
    const staged: StagedLoad = { stage: stageOf(id), source: row.source, loadId: id, mode, asOf, outranked };
    const difference = await compareStage(tx, staged);
    const comparedMs = Math.round(performance.now() - startedAt);
    const timings = { receivedMs: row.timings?.receivedMs ?? 0, comparedMs, appliedMs: 0 };
    const act = { actor, action: "feed.release", decidedBy: actor } as const;
    return activateLoad(tx, { staged, difference, counts, timings }, act);
  });
}

/** An upload may also be given up before its import. */
export async function discardLoad({ url, id, actor, reason, signal }: Decision & { reason: string }): Promise<Load> {
  const work = async (session: FeedSession): Promise<Load> => {
    const row = await takeWaiting(session, id, "discarded");
    return session.db.transaction(async (tx) => {
      await dropStage(tx, stageOf(id));
      const discarded = requireMoved(await moveLoad(tx, id, "discarded", { decidedBy: actor }));
      const detail = { source: row.source, mode: row.mode };
      await appendAudit(tx, { actor, action: "feed.discard", subject: publicId("lod", id), reason, detail });
      return viewLoad(discarded);
    });
  };
  return withFeedSession(url, work, signal);
}

async function takeWaiting(session: FeedSession, id: string, act: "released" | "discarded"): Promise<LoadRow> {
  const known = await findLoad(session.db, id);
  if (!known) throw new AppError("not-found");
  await takeSource(session, known.source);
  const row = await findLoad(session.db, id);
  const isUpload = row?.state === "receiving" && row.uploadBytes !== null && act === "discarded";
  if (!row || (row.state !== "held" && row.state !== "ready" && !isUpload)) {
    throw new AppError("conflict", { note: `a load that is ${row?.state} cannot be ${act}` });
  }
  return row;
}

/** A crash while the stage became durable may have emptied it. */
async function requireStage({ db }: FeedSession, { id, counts }: LoadRow): Promise<void> {
  const rows = await countStagedRows(db, stageOf(id));
  if (rows !== null && rows === counts?.accepted) return;
  const note = "the received rows of the load are gone: load the file again";
  await failLoad(db, id, note);
  refuse(note);
}
