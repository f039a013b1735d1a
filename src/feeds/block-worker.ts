// The thread that stages blocks: each message is a block, and its answer the staged block, in the same order.
import { parentPort, workerData } from "node:worker_threads";
import { lowerThread } from "../platform/priority.ts";
import type { Block } from "./block.ts";
import type { ThreadData } from "./block-pool.ts";
import { stageBlock } from "./staged-block.ts";

// A load makes way for checks and for the database.
lowerThread();

const { keys, known } = workerData as ThreadData;

parentPort?.on("message", (block: Block) => {
  const staged = stageBlock(block, keys, known);
  parentPort?.postMessage(staged, [staged.copy.buffer]);
});
