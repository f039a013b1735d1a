// Staging blocks on worker threads, in the order of the file and with a bound on what is under way.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
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
const THREADS = Math.min(availableParallelism(), THREADS_MAX);

/** Without threads every block is staged here, and so is a file of a single block: it costs less than to start a thread. */
export async function* stageBlocks(
  blocks: AsyncGenerator<Block>,
  keys: PartyKeys,
  known: KnownRows | null = null,
  threads = THREADS,
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

type Thread = { stage: (block: Block) => Promise<StagedBlock>; waiting: () => number; close: () => Promise<unknown> };

function openPool(given: ThreadData, count: number) {
  const threads = Array.from({ length: count }, () => startThread(given));
  return {
    stage(block: Block): Promise<StagedBlock> {
      const idlest = threads.reduce((found, thread) => (thread.waiting() < found.waiting() ? thread : found));
      return idlest.stage(block);
    },
    close: () => Promise.all(threads.map((thread) => thread.close())),
  };
}

/** However a thread ends, whoever waits for it learns of it, and so does whoever asks it again. */
function startThread({ keys: { blindIndexKey, dataKey }, known }: ThreadData): Thread {
  const workerData: ThreadData = { keys: { blindIndexKey, dataKey }, known };
  const worker = new Worker(new URL("block-worker.ts", import.meta.url), { workerData, resourceLimits: HEAP_LIMITS });
  let waiting: PromiseWithResolvers<StagedBlock>[] = [];
  let ended: Error | null = null;

  function end(error: Error): void {
    ended ??= error;
    for (const { reject } of waiting) reject(ended);
    waiting = [];
  }
  worker.on("message", (staged: StagedBlock) => waiting.shift()?.resolve(staged));
  worker.on("error", (error) => end(error instanceof Error ? error : new Error("a thread of the import failed")));
  worker.on("exit", () => end(new Error("a thread of the import ended early")));

  return {
    stage(block) {
      const staged = Promise.withResolvers<StagedBlock>();
      // It may fail while an older block is waited for.
      staged.promise.catch(() => {});
      waiting.push(staged);
      if (ended) end(ended);
      // Nothing is transferred: the reader still counts the lines of a block that it has given.
      worker.postMessage(block, []);
      return staged.promise;
    },
    waiting: () => waiting.length,
    close: () => worker.terminate(),
  };
}
