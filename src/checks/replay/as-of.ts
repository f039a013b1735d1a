// What a check would have answered at a moment of the past: for auditors, who ask under their name and for a reason.
import { appendAudit } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiDate } from "../../platform/time.ts";
import { type FindingsSource, outcomeOf } from "../answer.ts";
import { keysOf } from "../check.ts";
import type { Party } from "../request.ts";
import { MATCHER_VERSION } from "../statement.ts";
import { findMatchesAt, findPositionAt } from "./queries.ts";
import type { AsOfInput } from "./request.ts";

/** The question is on the audit trail, by the index of the number and not by the number. */
export async function checkAsOf(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  input: AsOfInput,
): Promise<FindingsSource> {
  const { party, purpose, at, reason } = input;
  const registerPosition = await findPositionAt(tx, at);
  const found = await findingsAt(tx, ring, { party, lists: purpose.lists, at, position: registerPosition });
  await appendAudit(tx, {
    actor,
    action: "check.as_of",
    subject: `party:${keysOf(ring, party).keys[0]}`,
    reason,
    detail: { purpose: purpose.code, at: at.toISOString(), registerPosition, outcome: found.outcome },
  });
  return found;
}

export type Moment = { party: Party; lists: readonly string[]; at: Date; position: number };

/** The documents of a party are those that the register knows today. */
export async function findingsAt(tx: Transaction, ring: KeyRing, moment: Moment): Promise<FindingsSource> {
  const { party, lists, at, position } = moment;
  const asked = { ...keysOf(ring, party), lists, position, day: shanghaiDate(at) };
  const matches = await findMatchesAt(tx, asked);
  return {
    outcome: outcomeOf(matches),
    lists,
    matches,
    registerPosition: position,
    matcherVersion: MATCHER_VERSION,
    documentKind: party.identity.kind,
  };
}
