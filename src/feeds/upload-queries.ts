// The statements on loads whose file comes over HTTP.
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { LoadRow } from "./queries.ts";
import { load } from "./schema.ts";

export type UploadRow = LoadRow & { uploadBytes: number };

const uploads = isNotNull(load.uploadBytes);

/** A load of this source. */
export async function findSourceLoad(reader: Reader, source: string, id: string): Promise<LoadRow | null> {
  const [found] = await reader
    .select()
    .from(load)
    .where(and(eq(load.id, id), eq(load.source, source)));
  return found ?? null;
}

/** Newest first; those before `before`, a load's id. */
export async function listSourceLoads(
  reader: Reader,
  source: string,
  before: string | null,
  limit: number,
): Promise<LoadRow[]> {
  const earlier = before === null ? undefined : sql`${load.id} < ${before}::uuid`;
  return reader
    .select()
    .from(load)
    .where(and(eq(load.source, source), earlier))
    .orderBy(sql`${load.id} desc`)
    .limit(limit);
}

/** Bytes that begun uploads have still to bring. */
export async function sumExpectedBytes(reader: Reader): Promise<number> {
  const [row] = await reader
    .select({ bytes: sql<number>`coalesce(sum(${load.uploadBytes} - ${load.receivedBytes}), 0)::float8` })
    .from(load)
    .where(and(uploads, eq(load.state, "receiving")));
  return row?.bytes ?? 0;
}

const receiving = (id: string) => and(eq(load.id, id), uploads, eq(load.state, "receiving"));

/** Gives the upload to `turn`, and says where it stands; null where it waits no more. */
export async function takeTurn(tx: Transaction, id: string, turn: string): Promise<number | null> {
  const [taken] = await tx
    .update(load)
    .set({ uploadTurn: turn })
    .where(receiving(id))
    .returning({ received: load.receivedBytes });
  return taken?.received ?? null;
}

/** Whether the upload still is `turn`'s, its row locked to the end of the transaction. */
export async function keepsTurn(tx: Transaction, id: string, turn: string): Promise<boolean> {
  const kept = await tx
    .select({ id: load.id })
    .from(load)
    .where(and(receiving(id), eq(load.uploadTurn, turn)))
    .for("update");
  return kept.length > 0;
}

export type Move = { turn: string; from: number; to: number };

/** Moves the safe offset of an upload that stands at `from`; false where it stands elsewhere, is another's, or waits no more. */
export async function moveOffset(tx: Transaction, id: string, { turn, from, to }: Move): Promise<boolean> {
  const moved = await tx
    .update(load)
    .set({ receivedBytes: to, uploadSeenAt: sql`now()` })
    .where(and(receiving(id), eq(load.uploadTurn, turn), eq(load.receivedBytes, from)))
    .returning({ id: load.id });
  return moved.length > 0;
}

export type OpenUpload = {
  id: string;
  source: string;
  state: LoadRow["state"];
  bytes: number;
  received: number;
  isStale: boolean;
};

/** Uploads whose file is still needed, oldest first. */
export async function listOpenUploads(reader: Reader, staleHours: number): Promise<OpenUpload[]> {
  return reader
    .select({
      id: load.id,
      source: load.source,
      state: load.state,
      bytes: sql<number>`${load.uploadBytes}`,
      received: load.receivedBytes,
      isStale: sql<boolean>`${load.uploadSeenAt} < now() - make_interval(hours => ${staleHours})`,
    })
    .from(load)
    .where(and(uploads, inArray(load.state, ["receiving", "validating", "held", "ready"])))
    .orderBy(load.id);
}
