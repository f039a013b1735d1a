// A sequencer in a process of its own that kills itself before its n-th statement: DATABASE_URL RING N.
import { logIdentity } from "../../src/audit/index.ts";
import { beginEpoch, lockSequencer } from "../../src/audit/log-queries.ts";
import { integrate, publish } from "../../src/audit/sequence.ts";
import { sequencerConnection } from "../../src/audit/sequencer.ts";
import type { Sql } from "../../src/platform/database.ts";
import { readKeyRing } from "../../src/platform/key-ring.ts";

const [databaseUrl = "", ringPath = "", last = ""] = process.argv.slice(2);
let statements = 0;

function countStatement(): void {
  if (++statements === Number(last)) process.kill(process.pid, "SIGKILL");
}

/** The connection, and the transactions that it begins, with every statement counted before it is sent. */
function counted(sql: Sql): Sql {
  return new Proxy(sql, {
    apply(target, _, parts: Parameters<Sql>) {
      countStatement();
      return target(...parts);
    },
    get(target, name) {
      if (name !== "begin") return Reflect.get(target, name) as unknown;
      return async (work: (tx: Sql) => Promise<unknown>) => {
        countStatement();
        const done = await target.begin(async (tx) => {
          const result = await work(counted(tx as unknown as Sql));
          // The next thing that would be sent is the commit.
          countStatement();
          return result;
        });
        countStatement();
        return done;
      };
    },
  });
}

const sql = counted(sequencerConnection(databaseUrl));
while (!(await lockSequencer(sql)));
const identity = logIdentity("localhost/test", readKeyRing(ringPath).logKeys);
const office = { epoch: await beginEpoch(sql), ...identity };
await integrate(sql, office);
await publish(sql, office);
await sql.end();
