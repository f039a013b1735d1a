// The check verb: makes parties ready to be asked about, puts them into the group under way, and hands out what was recorded.
import { newSalt } from "../audit/index.ts";
import { type Caller, type Callers, requirePurpose } from "../agencies/index.ts";
import { blindIndex, documentKeys, type IdentityDocument, maskedBlindIndex, maskOf } from "../identity/index.ts";
import { nameKeys, redactNumbers } from "../identity/index.ts";
import { databaseCode, isUnavailable } from "../platform/database.ts";
import { seal } from "../platform/envelope.ts";
import { AppError } from "../platform/error.ts";
import { newUuid } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { asAppError } from "../platform/problem.ts";
import type { AnswerSource } from "./answer.ts";
import type { Claim } from "./claim-sql.ts";
import type { HotConnection } from "./connection.ts";
import type { FeedbackDue } from "./feedback-due.ts";
import { createGroup } from "./group.ts";
import { actedOf, outcomeThen } from "./late.ts";
import type { CheckMetrics } from "./metrics.ts";
import type { SequenceWatch } from "./misuse/sequence-watch.ts";
import type { Quota } from "./quota/index.ts";
import { type SealedParty, subjectCommitment } from "./reading/subject.ts";
import type { CheckInput, Party } from "./request.ts";
import { type Asked, type Asking, askRegister, MATCHER_VERSION, type Recorded } from "./statement.ts";

/** Identities of one statement: beyond it latency grows and throughput no longer does. */
const GROUP_ITEMS_MAX = 1000;
/** Identities that may wait for the next group: about half a second of work. */
const QUEUE_ITEMS_MAX = 16_384;

/** A log that is behind by a minute needs seconds to catch up. */
const LOG_BEHIND_RETRY_SECONDS = 5;

const ORGANISATION_KINDS = new Set(["uscc", "organization_code", "registration_number"]);

export type Question = CheckInput & { parties: Party[]; batchId?: string; previousCheckId?: string | null };

/** An Idempotency-Key that nothing is recorded for yet. */
export type NewClaim = Omit<Claim, "answerId">;

export type Checker = {
  /**
   * Checks and records every party, in order. `quota-exceeded` when they are more than may be asked now,
   * `register-unavailable` when it cannot be done now.
   */
  check: (caller: Caller, question: Question) => Promise<AnswerSource[]>;
  /** The same under an Idempotency-Key; null where it was used before, and then nothing was recorded. */
  checkUnder: (caller: Caller, question: Question, claim: NewClaim) => Promise<AnswerSource[] | null>;
  /** `quota-exceeded` where so many identities are not left today. */
  requireRoom: (caller: Caller, identities: number) => Promise<void>;
  /** Resolves once every accepted check is answered. */
  drain: () => Promise<void>;
};

export type CheckerOptions = {
  connection: HotConnection;
  ring: KeyRing;
  callers: Callers;
  metrics: CheckMetrics;
  feedbackDue: FeedbackDue;
  quota: Quota;
  sequences: SequenceWatch;
  /** True where the public log is so far behind that the proof of an answer may never come. */
  isLogBehind: () => boolean;
};

export function createChecker(options: CheckerOptions): Checker {
  const { connection, ring, callers, metrics, feedbackDue, quota, sequences, isLogBehind } = options;
  const group = createGroup<Asked, Recorded | null | undefined>({
    run: async (items) => {
      const startedMs = performance.now();
      const recorded = await connection.run((sql) => askRegister(sql, items));
      metrics.observeGroup(items.length, (performance.now() - startedMs) / 1000);
      countRecorded(metrics, items, recorded);
      return recorded;
    },
    itemsMax: GROUP_ITEMS_MAX,
    queueMax: QUEUE_ITEMS_MAX,
    // A statement that PostgreSQL refused was rolled back; after a lost connection, or at our deadline, nobody knows.
    mayRunAgain: (error) => !(error instanceof AppError) && databaseCode(error) !== null && !isUnavailable(error),
  });

  async function ask(
    caller: Caller,
    asking: Asking,
    parties: Party[],
    claim?: NewClaim,
  ): Promise<AnswerSource[] | null> {
    const asked = claimed(
      parties.map((party) => makeReady(ring, askingAbout(asking, party), party)),
      claim,
    );
    quota.admit(
      caller,
      asked.map(({ keys: [index] }) => index),
    );
    sequences.see(caller, parties);
    const { purpose, lists } = asking;
    const recorded = asked.length > 0 ? await group.submit(asked) : [];
    if (recorded[0] === null) return null;
    // No statement was run, or it found the key or the purpose out of force and recorded nothing.
    if (!recorded[0]) await requirePurpose(callers, await callers.refresh(caller), purpose);
    return asked.map(({ id, documentKind }, index) => {
      const row = recorded[index];
      if (!row) throw new AppError("register-unavailable", { retryAfterSeconds: 1 });
      return { ...row, ...actedOf(asking.late), id, purpose, lists, documentKind, matcherVersion: MATCHER_VERSION };
    });
  }

  async function checkUnder(caller: Caller, question: Question, claim?: NewClaim): Promise<AnswerSource[] | null> {
    if (isLogBehind()) throw new AppError("register-unavailable", { retryAfterSeconds: LOG_BEHIND_RETRY_SECONDS });
    const feedbackDueOn = await feedbackDue.dueOn(question.purpose.feedbackWithinWorkingDays);
    const taken = await quota.take(caller, question.parties.length);
    const giveBack = () => quota.giveBack(caller, taken, question.parties.length);
    try {
      const answers = await ask(caller, askingOf(caller, question, feedbackDueOn), question.parties, claim);
      if (answers === null) giveBack();
      return answers;
    } catch (error) {
      if (!isPerhapsRecorded(error)) giveBack();
      throw error;
    }
  }

  return {
    async check(caller, question) {
      const answers = await checkUnder(caller, question);
      if (answers === null) throw new Error("a check without a key was taken for a repetition");
      return answers;
    },
    checkUnder,
    requireRoom: quota.requireRoom,
    drain: group.drain,
  };
}

function countRecorded(
  metrics: CheckMetrics,
  items: readonly Asked[],
  recorded: readonly (Recorded | null | undefined)[],
): void {
  metrics.countOutcomes(recorded.flatMap((row) => row?.outcome ?? []));
  for (const [index, { asking }] of items.entries())
    if (asking.late && recorded[index]) metrics.countLate(outcomeThen(asking.late, recorded[index].matches));
}

/** The answer is known by the batch, or by its only check. */
function claimed(asked: Asked[], given: NewClaim | undefined): Asked[] {
  const [first] = asked;
  if (!given || !first) return asked;
  const claim = { ...given, answerId: first.asking.batchId ?? first.id };
  return asked.map((one) => ({ ...one, claim }));
}

/** At our deadline, and where the link broke, nobody knows; any other failure left nothing behind. */
function isPerhapsRecorded(error: unknown): boolean {
  return asAppError(error).code === "register-unavailable";
}

export function askingOf(caller: Caller, question: Omit<Question, "parties">, feedbackDueOn: string | null): Asking {
  return {
    keyDigest: caller.digest,
    agencyId: caller.agencyId,
    purpose: question.purpose.code,
    lists: question.purpose.lists,
    caseReference: question.caseReference,
    operator: question.operator,
    batchId: question.batchId ?? null,
    previousCheckId: question.previousCheckId ?? null,
    feedbackDueOn,
    late: question.late ?? null,
  };
}

function askingAbout(asking: Asking, { caseReference }: Party): Asking {
  return caseReference === undefined ? asking : { ...asking, caseReference };
}

/** What leads to a party's listings, and what their names are compared with. */
export function keysOf(ring: KeyRing, party: Party): Pick<Asked, "keys" | "nameKeys"> {
  const { identity } = party;
  const known = [...new Set(namesOf(party).flatMap(nameKeys))];
  const mask = maskOf(identity);
  const keys: Asked["keys"] = [
    findingIndex(ring, identity),
    ...(mask ? known.map((key) => maskedBlindIndex(ring.blindIndexKey, mask, key)) : []),
  ];
  return { keys, nameKeys: known };
}

/** The blind index that finds a document, and by which a check of it stands in the record. */
export function findingIndex(ring: KeyRing, identity: IdentityDocument): string {
  // A subject with a unified code is indexed by its organisation code as well: the last key finds both kinds of row.
  const { kind, number } = documentKeys(identity).at(-1) ?? identity;
  return blindIndex(ring.blindIndexKey, kind, number);
}

function namesOf({ name, formerNames = [] }: Party): string[] {
  return [name, ...formerNames];
}

export function makeReady(ring: KeyRing, asking: Asking, party: Party): Asked {
  const id = newUuid();
  const names = namesOf(party);
  const { kind, number, country } = party.identity;
  const sealed: SealedParty = { names, number, country };
  const salt = newSalt();
  return {
    id,
    asking,
    role: party.role,
    documentKind: kind,
    ...keysOf(ring, party),
    subjectSealed: seal(ring.dataKey, subjectPlace(id), JSON.stringify(sealed)),
    // Somebody may have typed a number into the name; only here would it stand in clear.
    organisationName: ORGANISATION_KINDS.has(kind) ? redactNumbers(party.name) : null,
    reference: party.reference ?? null,
    onBehalfOf: party.onBehalfOf ?? null,
    salt,
    subjectCommitment: subjectCommitment(salt, kind, sealed),
  };
}

/** What an envelope of `check_record.subject_sealed` is bound to. */
export function subjectPlace(checkUuid: string): string {
  return `check_record.subject_sealed ${checkUuid}`;
}
