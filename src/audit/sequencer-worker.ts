// The thread of the sequencer: it serves until its first message, which asks it to end.
import { parentPort, workerData } from "node:worker_threads";
import { createLog } from "../platform/log.ts";
import { logUncaught } from "../platform/uncaught.ts";
import { publishedMark } from "./published-mark.ts";
import { sequencerConnection, startSequencer } from "./sequencer.ts";
import type { SequencerThreadData } from "./sequencer-thread.ts";

const { url, dataDirectory, ...office } = workerData as SequencerThreadData;
const log = createLog();
logUncaught(log);
const sequencer = startSequencer({
  open: () => sequencerConnection(url),
  ...office,
  ...(dataDirectory !== null && { mark: publishedMark(dataDirectory) }),
  log,
});
parentPort?.once("message", () => void sequencer.stop());
