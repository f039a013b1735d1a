// A sequencer that also asks a witness, in a process of its own that kills itself at its n-th step, which is a statement, a
// write outside the database or a word of the witness: DATABASE_URL RING DIRECTORY WITNESS_URL WITNESS_KEY N.
import { requireMarked } from "../../src/audit/continuity.ts";
import { askOnce, COSIGNER_PACE, type Outcome } from "../../src/audit/cosigner.ts";
import { logIdentity } from "../../src/audit/identity.ts";
import { beginEpoch, lockSequencer } from "../../src/audit/log-queries.ts";
import { parseVerifierKey } from "../../src/audit/log/index.ts";
import { type PublishedMark, publishedMark } from "../../src/audit/published-mark.ts";
import { integrate, publish } from "../../src/audit/sequence.ts";
import { sequencerConnection } from "../../src/audit/sequencer.ts";
import type { Sql } from "../../src/platform/database.ts";
import { readKeyRing } from "../../src/platform/key-ring.ts";
import { createLog } from "../../src/platform/log.ts";

const [databaseUrl = "", ringPath = "", directory = "", witnessUrl = "", witnessKey = "", last = ""] =
  process.argv.slice(2);
let steps = 0;

function step(): void {
  if (++steps === Number(last)) process.kill(process.pid, "SIGKILL");
}

/** The connection, and the transactions that it begins, with every statement counted before it is sent. */
function counted(sql: Sql): Sql {
  return new Proxy(sql, {
    apply(target, _, parts: Parameters<Sql>) {
      step();
      return target(...parts);
    },
    get(target, name) {
      if (name !== "begin") return Reflect.get(target, name) as unknown;
      return async (work: (tx: Sql) => Promise<unknown>) => {
        step();
        const done = await target.begin(async (tx) => {
          const result = await work(counted(tx as unknown as Sql));
          // The next thing that would be sent is the commit.
          step();
          return result;
        });
        step();
        return done;
      };
    },
  });
}

const inner = publishedMark(directory);
const mark: PublishedMark = {
  ...inner,
  write(note) {
    step();
    inner.write(note);
    step();
  },
};

const ask = globalThis.fetch;
globalThis.fetch = async (...given) => {
  step();
  const response = await ask(...given);
  step();
  return response;
};

const sql = counted(sequencerConnection(databaseUrl));
while (!(await lockSequencer(sql)));
const identity = logIdentity("localhost/test", readKeyRing(ringPath).logKeys);
const office = { epoch: await beginEpoch(sql, 1), ...identity, mark };
await requireMarked(sql, identity.origin, mark);
await integrate(sql, office);
await publish(sql, office);

const key = parseVerifierKey(witnessKey);
if (!key) throw new Error("the witness has no key");
const log = createLog();
const following = { identity, mark, sql, pace: COSIGNER_PACE, signal: new AbortController().signal, log };
let outcome: Outcome = { seen: 0, fault: null };
// The witness says where it stands, then cosigns.
for (let round = 0; round < 2; round++) outcome = await askOnce({ url: witnessUrl, key }, outcome.seen, following);
if (outcome.fault) throw new Error(outcome.fault);
await sql.end();
