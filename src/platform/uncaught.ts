// An error nobody caught ends the process, as Node would, but its message stays out of the log: it may hold a value.
import type { Logger } from "./log.ts";

export function logUncaught(log: Logger): void {
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "uncaught");
    process.exit(1);
  });
}
