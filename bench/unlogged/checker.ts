// The checker without the public log: the product's, but for what each party costs the log.
import { askingOf, type Checker, type CheckerOptions, keysOf, subjectPlace } from "../../src/checks/check.ts";
import { createGroup } from "../../src/checks/group.ts";
import { actedOf } from "../../src/checks/late.ts";
import type { Party } from "../../src/checks/request.ts";
import { type Asked, type Asking, askWith, MATCHER_VERSION, type Recorded } from "../../src/checks/statement.ts";
import { seal } from "../../src/platform/envelope.ts";
import { newUuid } from "../../src/platform/id.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";
import { UNLOGGED_STATEMENT } from "./statement.ts";

export function createUnloggedChecker({
  connection,
  ring,
  metrics,
  feedbackDue,
  quota,
}: Pick<CheckerOptions, "connection" | "ring" | "metrics" | "feedbackDue" | "quota">): Checker {
  const group = createGroup<Asked, Recorded | null | undefined>({
    run: async (items) => {
      const startedMs = performance.now();
      const recorded = await connection.run((sql) => askWith(UNLOGGED_STATEMENT, sql, items));
      metrics.observeGroup(items.length, (performance.now() - startedMs) / 1000);
      metrics.countOutcomes(recorded.flatMap((row) => row?.outcome ?? []));
      return recorded;
    },
    itemsMax: 1000,
    queueMax: 16_384,
    mayRunAgain: () => false,
  });
  return {
    async check(caller, question) {
      const feedbackDueOn = await feedbackDue.dueOn(question.purpose.feedbackWithinWorkingDays);
      const asking = askingOf(caller, question, feedbackDueOn);
      await quota.take(caller, question.parties.length);
      const asked = question.parties.map((party) => makeReady(ring, asking, party));
      quota.admit(
        caller,
        asked.map(({ keys: [index] }) => index),
      );
      const recorded = await group.submit(asked);
      return asked.map(({ id, documentKind }, index) => {
        const row = recorded[index];
        if (!row) throw new Error("the key is not in force");
        return { ...row, ...actedOf(asking.late), id, ...asking, documentKind, matcherVersion: MATCHER_VERSION };
      });
    },
    checkUnder: () => Promise.reject(new Error("the benches send no Idempotency-Key")),
    requireRoom: quota.requireRoom,
    drain: group.drain,
  };
}

const NO_SALT = Buffer.alloc(0);

function makeReady(ring: KeyRing, asking: Asking, party: Party): Asked {
  const id = newUuid();
  const names = [party.name, ...(party.formerNames ?? [])];
  const { identity } = party;
  const sealed = JSON.stringify({ names, number: identity.number, country: identity.country });
  return {
    id,
    asking,
    role: party.role,
    documentKind: identity.kind,
    ...keysOf(ring, party),
    subjectSealed: seal(ring.dataKey, subjectPlace(id), sealed),
    organisationName: null,
    reference: party.reference ?? null,
    onBehalfOf: party.onBehalfOf ?? null,
    salt: NO_SALT,
    subjectCommitment: "",
  };
}
