// The check path's own connections: one for the group statement, one in flight; a few for portions of limits beside it.
// Each has a deadline of our own, and a fresh link when one went silent.
import { connect, connectSql, type Database, type Sql } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { AppError } from "../platform/error.ts";
import { statementSession } from "./statement.ts";

/** PostgreSQL gives up first; ours is for a link that no longer carries its answer. */
const STATEMENT_TIMEOUT_MS = 2_000;
const DEADLINE_MS = 3_000;
const BESIDE_MAX = 4;

export type HotConnection = {
  /** Runs `work`; `register-unavailable` at the deadline, and the link is replaced. */
  run: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  /** The same for what goes on beside the statements. */
  runBeside: <T>(work: (db: Database) => Promise<T>) => Promise<T>;
  end: () => Promise<void>;
};

export function createHotConnection(url: string): HotConnection {
  const statementTimeoutMs = STATEMENT_TIMEOUT_MS;
  const statements = createLink(() => {
    const sql = connectSql(url, { name: "checks", max: 1, statementTimeoutMs, settings: statementSession });
    return { handle: sql, sql };
  });
  const beside = createLink(() => {
    const { db, sql } = connect(url, { name: "limits", max: BESIDE_MAX, statementTimeoutMs });
    return { handle: db, sql };
  });
  return {
    run: statements.run,
    runBeside: beside.run,
    async end() {
      await Promise.all([statements.end(), beside.end()]);
    },
  };
}

function createLink<Handle>(open: () => { handle: Handle; sql: Sql }) {
  let current = open();
  return {
    run: <T>(work: (handle: Handle) => Promise<T>): Promise<T> => {
      const used = current;
      return withDeadline(work(used.handle), DEADLINE_MS, () => {
        if (current === used) {
          current = open();
          // Whatever is left of the silent link is cut without waiting for it.
          used.sql.end({ timeout: 0 }).catch(() => {});
        }
        return new AppError("register-unavailable", { retryAfterSeconds: 1 });
      });
    },
    end: () => current.sql.end({ timeout: 5 }),
  };
}
