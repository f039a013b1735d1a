// The thread that stages blocks: each message is a block, and its answer the staged block, in the same order.
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { PartyKeys } from "../registry/index.ts";
import type { Block } from "./block.ts";
import { stageBlock } from "./staged-block.ts";

// On Linux the priority is the thread's own, elsewhere the process's: a load makes way for checks and for the database.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const keys = workerData as PartyKeys;

parentPort?.on("message", (block: Block) => {
  const staged = stageBlock(block, keys);
  parentPort?.postMessage(staged, [staged.copy.buffer]);
});
