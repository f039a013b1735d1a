// The thread that reads entries for `fsck`: each message names groups, and its answer is what their rows give.
import { parentPort, workerData } from "node:worker_threads";
import { type FoundEntries, packEntries } from "../audit/index.ts";
import { connect } from "../platform/database.ts";
import { type SourceQuestion, sourcesOf, type SourceThreadData } from "./fsck-sources.ts";

const { url, keys } = workerData as SourceThreadData;
const sources = sourcesOf(connect(url, { name: "fsck", max: 2, statementTimeoutMs: 0 }), keys);
let last: Promise<void> = Promise.resolve();

parentPort?.on("message", ({ kind, groups }: SourceQuestion) => {
  last = answer(sources[kind].read(groups), last);
});

/** In the order of the questions. A failure ends the thread, and whoever waits is told. */
async function answer(reading: Promise<FoundEntries[]>, before: Promise<void>): Promise<void> {
  const [found] = await Promise.all([reading, before]);
  const packed = packEntries(found);
  parentPort?.postMessage(packed, [packed.hashes.buffer as ArrayBuffer]);
}
