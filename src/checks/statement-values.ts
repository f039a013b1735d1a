// What goes into the group statement and what comes out of it: arrays as PostgreSQL reads them, and the group's answers.
import type { Action, Outcome, StoredMatch, StoredMeasure } from "./answer.ts";
import type { Late } from "./late.ts";

/** What the parties of one request share. */
export type Asking = {
  keyDigest: Buffer;
  /** As the fact names it. A key never moves to another agency, so what is remembered of it holds. */
  agencyId: string;
  purpose: string;
  lists: readonly string[];
  caseReference: string;
  operator: string;
  batchId: string | null;
  previousCheckId: string | null;
  /** The last day for feedback of a task that is opened now; null where the calendar does not reach that far. */
  feedbackDueOn: string | null;
  /** Of a check that is sent after the act. */
  late: Late | null;
};

/** What the statement recorded for an item; absent when its key or purpose was not in force. */
export type Recorded = Found & { checkedAt: Date; registerPosition: number; feedbackDueOn: string | null };

type Found = { outcome: Outcome; matches: StoredMatch[] | null; action: Action; measures: StoredMeasure[] | null };

export type Row = {
  checkedAt: Date;
  registerPosition: number;
  /** Places of the credentials that were in force. */
  inForce: number[];
  /** Of a group that carries idempotency keys: the answers that claimed theirs. */
  claimed?: Record<string, true>;
  recorded: number;
  /** The checks that are not clear: one row answers the whole group, because nearly all of it is clear. */
  found: (Found & { id: string })[] | null;
  /** The feedback tasks that this group opened or counted. */
  tasks: (Matter & { dueOn: string | null })[] | null;
};

/** What a feedback task is about. */
type Matter = { agencyId: string; subject: string; purpose: string; caseReference: string };
type Identified = {
  id: string;
  asking: Asking;
  keys: readonly [string, ...string[]];
  claim?: { answerId: string };
};

export type Group<Item> = {
  asked: readonly Item[];
  credentials: Asking[];
  /** Of each item the place of its credential, from 1. */
  credentialOf: number[];
};

/** Separates texts inside one array element (U+001F); requests refuse control characters, so no text holds it. */
export const SEPARATOR = "\x1f";

/** The group with its credentials told apart: all requests of one key and purpose are judged once. */
export function arrange<Item extends Identified>(asked: readonly Item[]): Group<Item> {
  const credentials: Asking[] = [];
  const places = new Map<string, number>();
  const credentialOf = asked.map(({ asking }) => {
    const credential = asking.keyDigest.toString("latin1") + asking.purpose;
    let place = places.get(credential);
    if (place === undefined) {
      place = credentials.push(asking);
      places.set(credential, place);
    }
    return place;
  });
  return { asked, credentials, credentialOf };
}

/** Bytea arrays as PostgreSQL reads them: the driver's own encoder of Buffer arrays costs several times as much. */
export function byteaArray(hexadecimals: readonly string[]): string {
  return `{${hexadecimals.map((text) => `"\\\\x${text}"`).join(",")}}`;
}

/** Arrays of values that need no quotes (ids, codes, numbers), without the driver's look at every character. */
export function plainArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

export function textArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

/**
 * What was recorded, in the order of the group; undefined where the credential was not in force, null where the
 * Idempotency-Key was used before.
 */
export function answersOf({ asked, credentialOf }: Group<Identified>, row: Row): (Recorded | null | undefined)[] {
  const { checkedAt, registerPosition } = row;
  const clear: Recorded = { checkedAt, registerPosition, ...CLEAR, feedbackDueOn: null };
  const found = new Map(row.found?.map(({ id, ...what }): [string, Recorded] => [id, { ...clear, ...what }]));
  const due = new Map(row.tasks?.map(({ dueOn, ...matter }) => [textOf(matter), dueOn]));
  const inForce = new Set(row.inForce);
  const answers = asked.map((item, index) => {
    if (!inForce.has(credentialOf[index] ?? 0)) return undefined;
    if (item.claim && !row.claimed?.[item.claim.answerId]) return null;
    const answer = found.get(item.id);
    if (!answer || answer.action === "none") return answer ?? clear;
    return { ...answer, feedbackDueOn: due.get(textOf(matterOf(item))) ?? null };
  });
  // Guards invariant 1 against a fault of our own: what is answered is what was written.
  if (answers.filter(Boolean).length !== row.recorded) throw new Error("the record and the answers differ in number");
  return answers;
}

const CLEAR: Found = { outcome: "clear", matches: null, action: "none", measures: null };

function matterOf({ asking, keys: [subject] }: Identified): Matter {
  const { agencyId, purpose, caseReference } = asking;
  return { agencyId, subject, purpose, caseReference };
}

function textOf({ agencyId, subject, purpose, caseReference }: Matter): string {
  return [agencyId, subject, purpose, caseReference].join(SEPARATOR);
}
