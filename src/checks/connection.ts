// The check path's own connection: one statement in flight, a deadline of our own, and a fresh link when one went silent.
import { connectSql, type Sql } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { AppError } from "../platform/error.ts";
import { statementSession } from "./statement.ts";

/** PostgreSQL gives up first; ours is for a link that no longer carries its answer. */
const STATEMENT_TIMEOUT_MS = 2_000;
const DEADLINE_MS = 3_000;

export type HotConnection = {
  /** Runs `work`; `register-unavailable` at the deadline, and the link is replaced. */
  run: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  end: () => Promise<void>;
};

export function createHotConnection(url: string): HotConnection {
  const open = (): Sql =>
    connectSql(url, {
      name: "checks",
      max: 1,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      settings: statementSession,
    });
  let current = open();

  return {
    run(work) {
      const used = current;
      return withDeadline(work(used), DEADLINE_MS, () => {
        if (current === used) {
          current = open();
          // Whatever is left of the silent link is cut without waiting for it.
          used.end({ timeout: 0 }).catch(() => {});
        }
        return new AppError("register-unavailable", { retryAfterSeconds: 1 });
      });
    },
    end: () => current.end({ timeout: 5 }),
  };
}
