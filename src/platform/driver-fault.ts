// A known fault of the database driver that would end the process: postgres.js 3.4.9 writes to a connection that has
// just closed, from a timer where no caller can catch it (porsager/postgres issues 1154 and 1208).
import type { Logger } from "./log.ts";

/** Keeps the process alive through that fault alone; any other uncaught error still ends it, logged without its message. */
export function surviveDriverFault(log: Logger): void {
  process.on("uncaughtException", (error) => {
    if (isLostSocketWrite(error)) {
      // Its query ends by our deadline or with the connection; both are answered 503.
      log.warn({ err: error }, "the database driver wrote to a closed connection");
      return;
    }
    log.fatal({ err: error }, "uncaught");
    process.exit(1);
  });
}

function isLostSocketWrite(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false;
  const [, thrownAt = ""] = /^\s+at (.+)$/m.exec(error.stack ?? "") ?? [];
  return thrownAt.includes("nextWrite") && thrownAt.includes("/postgres/");
}
