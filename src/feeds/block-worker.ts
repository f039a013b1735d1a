// The thread that stages blocks: each message is a block, and its answer the staged block, in the same order.
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { Block } from "./block.ts";
import type { ThreadData } from "./block-pool.ts";
import { stageBlock } from "./staged-block.ts";

// On Linux the priority is the thread's own, elsewhere the process's: a load makes way for checks and for the database.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { keys, known } = workerData as ThreadData;

parentPort?.on("message", (block: Block) => {
  const staged = stageBlock(block, keys, known);
  parentPort?.postMessage(staged, [staged.copy.buffer]);
});
