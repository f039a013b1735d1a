// Answers for keys of the sandbox: of the same shape as any, about documented people only. It holds nothing but a clock and
// the callers, so it can reach neither the register nor the record.
import { type Caller, type Callers, requirePurpose } from "../../agencies/index.ts";
import { documentKeys, nameKeys } from "../../identity/index.ts";
import { newUuid } from "../../platform/id.ts";
import { createRateLimit, rateLimitFields } from "../../platform/rate-limit.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { type AnswerSource, outcomeOf, type StoredMatch, type StoredMeasure } from "../answer.ts";
import { type Acted, actedOf } from "../late.ts";
import type { CheckInput, Party } from "../request.ts";
import { MATCHER_VERSION } from "../statement.ts";
import { type SamplePerson, samplePeople } from "./people.ts";

/** Of each key, in the memory of a process: a sandbox is for trying, not for load. */
const MINUTE = { name: "sandbox", units: 2_000, windowSeconds: 60 };

/** A measure that is switched on nowhere. */
const MEASURE: StoredMeasure = {
  measureId: "00000000-0000-7000-8000-000000000000",
  code: "LOCAL-SANDBOX-01",
  title: "从严审核（沙箱示例）",
  effect: "strict_review",
  decision: "officer",
  legalBasis: "沙箱示例，不是法律依据",
  conditions: ["由经办人核对身份（沙箱示例）"],
  humanDesk: null,
};

export type Sandbox = {
  /** Answers in the order of the parties, and the fields of the response. */
  check: (
    caller: Caller,
    question: CheckInput & { parties: Party[] },
  ) => Promise<{ answers: AnswerSource[]; fields: Record<string, string> }>;
};

export function createSandbox({ callers, now }: { callers: Callers; now: Now }): Sandbox {
  const limit = createRateLimit([MINUTE]);
  return {
    async check(remembered, { purpose, parties, late }) {
      // No statement of a check joins the key again here.
      const caller = await callers.refresh(remembered);
      await requirePurpose(callers, caller, purpose.code);
      const standings = limit.take(caller.keyId, Math.max(1, parties.length));
      const at = now();
      const people = samplePeople(shanghaiDate(at));
      const answers = parties.map((party) => ({ ...answerAbout(people, party, purpose, at), ...actedOf(late) }));
      return { answers, fields: rateLimitFields(standings) };
    },
  };
}

function answerAbout(
  people: readonly SamplePerson[],
  party: Party,
  purpose: CheckInput["purpose"],
  checkedAt: Date,
): Omit<AnswerSource, keyof Acted> {
  const person = people.find(({ document }) => keyOf({ ...document, country: null }) === keyOf(party.identity));
  const found = person ? matchesWith(person, party) : [];
  const matches = found.filter(({ list }) => purpose.lists.includes(list));
  const outcome = outcomeOf(matches);
  const isExcepted = person?.isExcepted ?? false;
  const action = outcome === "clear" || isExcepted ? "none" : outcome === "listed" ? "decide" : "verify_identity";
  return {
    id: newUuid(),
    checkedAt,
    purpose: purpose.code,
    lists: purpose.lists,
    outcome,
    matches: matches.length > 0 ? matches : null,
    action,
    measures: action === "decide" ? [MEASURE] : null,
    feedbackDueOn: null,
    registerPosition: 0,
    matcherVersion: MATCHER_VERSION,
    documentKind: party.identity.kind,
    logGroup: null,
  };
}

function keyOf(identity: Parameters<typeof documentKeys>[0]): string {
  const { kind, number } = documentKeys(identity).at(-1) ?? identity;
  return `${kind} ${number}`;
}

/** As the register compares: a number decides, a name never. */
function matchesWith({ name, listings, isMasked }: SamplePerson, party: Party): StoredMatch[] {
  const asked = new Set([party.name, ...(party.formerNames ?? [])].flatMap(nameKeys));
  const agrees = nameKeys(name).some((key) => asked.has(key));
  if (isMasked) return agrees ? listings.map((listing) => ({ ...listing, grade: "probable" })) : [];
  return listings.map((listing) => ({ ...listing, grade: agrees ? "exact" : "conflict" }));
}
