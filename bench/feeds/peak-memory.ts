// Preloaded into a command (`node --import`): at its end it writes the most memory that it ever held, in KiB, to descriptor 3.
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

// Threads inherit what their process preloads.
if (isMainThread) process.once("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
