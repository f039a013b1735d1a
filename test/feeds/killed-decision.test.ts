// A release or a roll-back that is killed has done nothing: the load stands where it stood, and can be decided again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Load } from "../../src/feeds/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { rowsOf } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

const script = fileURLToPath(new URL("killed-decision.ts", import.meta.url));

let register: Register;
let held: Load;
beforeEach(async () => {
  register = await openRegister();
  await register.load(rowsOf(50));
  held = await register.load(rowsOf(40), { expected: 40 });
});
afterEach(() => register.close());

/** The last step of both waits for the register's one position row: there the process is killed. */
async function killWhileIt(act: "release" | "rollback"): Promise<void> {
  await register.sql.begin(async (sql) => {
    await sql`select from register_state for update`;
    const child = spawn(process.execPath, [script, act, register.url, uuidOf("lod", held.id) ?? ""]);
    const exit = once(child, "exit");
    let waiting = 0;
    while (waiting === 0) {
      if (child.exitCode !== null) throw new Error("it ended before it was killed");
      const [row] = await sql<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_locks where not granted and locktype in ('transactionid', 'tuple')`;
      waiting = row?.waiting ?? 0;
    }
    child.kill("SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
  });
  await sessionsEnd();
}

/** PostgreSQL notices a dead client when the statement under way ends; until then its session holds the source. */
async function sessionsEnd(): Promise<void> {
  for (;;) {
    const [row] = await register.sql<{ open: number }[]>`
      select count(*)::int as open from pg_stat_activity
      where datname = current_database() and application_name like 'shixin feed %'`;
    if (row?.open === 0) return;
  }
}

test("a release", async () => {
  const before = await register.snapshot();
  await killWhileIt("release");
  expect(await register.snapshot()).toEqual(before);
  expect(await register.release(held)).toMatchObject({ state: "activated", counts: { ended: 10 } });
});

test("a roll-back", async () => {
  await register.release(held);
  const before = await register.snapshot();
  await killWhileIt("rollback");
  expect(await register.snapshot()).toEqual(before);
  expect(await register.rollback(held, "operator:fourth")).toMatchObject({ undone: { relists: 10, leaves: 0 } });
});
