// The priority of work that must not slow down what others wait for.
import { readdirSync } from "node:fs";
import { constants, setPriority } from "node:os";

const LOW = constants.priority.PRIORITY_LOW;

/** On Linux the priority is the calling thread's own, and may be set in a process that serves; elsewhere nothing happens. */
export function lowerThread(): void {
  if (process.platform === "linux") setPriority(LOW);
}

/** Every thread of this process, those that collect its garbage too, and those that it starts from now on. */
export function lowerProcess(): void {
  if (process.platform !== "linux") return setPriority(LOW);
  for (const thread of readdirSync("/proc/self/task")) setPriority(Number(thread), LOW);
}
