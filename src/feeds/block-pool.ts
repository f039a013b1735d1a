// Staging blocks on worker threads, in the order of the file and with a bound on what is under way.
import { availableParallelism } from "node:os";
import { idlestOf, startThread } from "../platform/thread.ts";
import type { PartyKeys } from "../registry/index.ts";
import type { Block } from "./block.ts";
import type { KnownRows } from "./known-rows.ts";
import { type StagedBlock, stageBlock } from "./staged-block.ts";

/** PostgreSQL takes in a row in a fifth of the time that a thread needs for it (9 and 46 µs): more would wait for it. */
const THREADS_MAX = 5;
/** A thread takes 60 MB instead of 180; its collector is content with less when it knows of a limit. */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };
/** One in work and one waiting, so that no thread idles while its result is fetched. */
const BLOCKS_A_THREAD = 2;
/** For the database and for checks: on two cores a load is twice as quick without threads as with one or two. */
const SPARE_CORES = 2;
const THREADS = Math.min(Math.max(availableParallelism() - SPARE_CORES, 0), THREADS_MAX);
/** In a process that serves checks: those would wait for each block that is staged without a thread. */
const THREADS_BESIDE_CHECKS = Math.max(THREADS, 1);
/** 25,000 rows are staged in a second without threads; two threads take two seconds, one of them to start. */
const THREADLESS_BYTES_MAX = 16 * 1024 ** 2;

/** For a process that has nothing else to do. */
export const threadsFor = (bytes: number) => (bytes > THREADLESS_BYTES_MAX ? THREADS : 0);

/** Without threads every block is staged here, and so is a file of a single block: it costs less than to start a thread. */
export async function* stageBlocks(
  blocks: AsyncGenerator<Block>,
  keys: PartyKeys,
  known: KnownRows | null = null,
  threads = THREADS_BESIDE_CHECKS,
): AsyncGenerator<StagedBlock> {
  if (threads === 0) {
    for await (const block of blocks) yield stageBlock(block, keys, known);
    return;
  }
  const first = await blocks.next();
  if (first.done) return;
  const second = await blocks.next();
  if (second.done) {
    yield stageBlock(first.value, keys, known);
    return;
  }
  const pool = openPool({ keys, known }, threads);
  try {
    const underWay = [pool.stage(first.value), pool.stage(second.value)];
    for await (const block of blocks) {
      underWay.push(pool.stage(block));
      const oldest = underWay.length > threads * BLOCKS_A_THREAD ? underWay.shift() : undefined;
      if (oldest) yield await oldest;
    }
    for (const staged of underWay) yield await staged;
  } finally {
    await pool.close();
  }
}

/** What a thread is given when it starts. */
export type ThreadData = { keys: PartyKeys; known: KnownRows | null };

function openPool({ keys: { blindIndexKey, dataKey }, known }: ThreadData, count: number) {
  const workerData: ThreadData = { keys: { blindIndexKey, dataKey }, known };
  const threads = Array.from({ length: count }, () =>
    startThread<Block, StagedBlock>(new URL("block-worker.ts", import.meta.url), workerData, HEAP_LIMITS),
  );
  return {
    stage: (block: Block) => idlestOf(threads).ask(block),
    close: () => Promise.all(threads.map((thread) => thread.close())),
  };
}
