// Where the entries of the log come from, kind by kind: read here, or on threads that each have a session of their own.
import { availableParallelism } from "node:os";
import {
  type EntryKind,
  type EntrySources,
  factSource,
  type PackedEntries,
  type Placed,
  unpackEntries,
} from "../audit/index.ts";
import { checkSource } from "../checks/index.ts";
import { findStrayLoad } from "../feeds/index.ts";
import type { Connection } from "../platform/database.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { idlestOf, startThread, type Thread } from "../platform/thread.ts";
import { listingSource } from "../registry/index.ts";
import { findStraySanction } from "../sanctions/index.ts";

/** Comparing what they found takes a sixth of their time: more threads would wait for it. */
const THREADS_MAX = 6;

export type SourceKeys = Pick<KeyRing, "blindIndexKey" | "dataKeys">;
/** What a thread is given when it starts, and what it is asked. */
export type SourceThreadData = { url: string; keys: SourceKeys };
export type SourceQuestion = { kind: EntryKind; groups: Placed[] };

export function sourcesOf({ db, sql }: Pick<Connection, "db" | "sql">, keys: SourceKeys) {
  return {
    check: checkSource(sql, keys),
    listing: listingSource(sql),
    fact: factSource(sql, [() => findStrayLoad(db), () => findStraySanction(db)]),
  } satisfies EntrySources;
}

export type SourcePool = { sources: Required<EntrySources>; threads: number; close: () => Promise<void> };

/** The first stretch is read here: a log that is no longer costs less than the start of a thread. */
export function openSourcePool(
  sources: Required<EntrySources>,
  data: SourceThreadData,
  threads = Math.min(availableParallelism(), THREADS_MAX),
): SourcePool {
  const started: Thread<SourceQuestion, PackedEntries>[] = [];
  const asked = new Set<EntryKind>();

  async function read(kind: EntryKind, groups: readonly Placed[]) {
    if (!asked.has(kind)) {
      asked.add(kind);
      return sources[kind].read(groups);
    }
    while (started.length < threads) started.push(startThread(new URL("fsck-thread.ts", import.meta.url), data));
    return unpackEntries(await idlestOf(started).ask({ kind, groups: [...groups] }));
  }

  const onThreads = (kind: EntryKind) => ({
    read: (groups: readonly Placed[]) => read(kind, groups),
    findStray: () => sources[kind].findStray(),
  });
  return {
    sources: { check: onThreads("check"), listing: onThreads("listing"), fact: onThreads("fact") },
    threads,
    async close() {
      await Promise.all(started.map((thread) => thread.close()));
    },
  };
}
