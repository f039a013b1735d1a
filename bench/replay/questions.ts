// Who is asked about, with the truth: the listed parties, those close to a listing, and the many that are on no list.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import {
  clearParties,
  type NearMiss,
  nearMisses,
  type SyntheticCheck,
  type SyntheticOptions,
  type Truth,
} from "../../src/feeds/synthetic/index.ts";
import { apportion, type Sequence } from "./evenly.ts";
import type { LoadedList } from "./lists.ts";

export type Outcome = Truth["outcome"];
export type Question = { check: SyntheticCheck; outcome: Outcome };

/** Checks of a whole year that come close to a listing; a smaller replay asks its share of each, and at least one. */
const RARE = {
  /** On the list with a masked number only: `review`. */
  review: 240,
  /** On the list with terms that have run out: `clear`. */
  clear: 120,
  /** On rejected rows only: `clear`. */
  rejected: 60,
  /** A listed number under another name: `review`, or `clear` where only masked rows are left. */
  other_name: 180,
  /** A listed name with another number: `clear`. */
  other_number: 300,
  /** The name and mask of a listed party, with another birthday: `review` where a masked row answers. */
  same_mask: 120,
};

type Kind = keyof typeof RARE | "listed";
const rowKinds = ["listed", "review", "clear", "rejected"] as const;
type RowKind = (typeof rowKinds)[number];
type MissKind = NearMiss["kind"];
const missKinds = ["other_name", "other_number", "same_mask"] as const;

/**
 * The questions that are about the lists, each party of a file once: exactly `hits` of them are of listed parties. Files
 * are streamed, and what is kept does not grow with them.
 */
export async function notableQuestions(
  lists: LoadedList[],
  hits: number,
  share: number,
): Promise<Sequence<Question>[]> {
  const parts = (kind: Kind) => {
    const wanted = kind === "listed" ? hits : Math.max(1, Math.round(RARE[kind] * share));
    return apportion(
      wanted,
      lists.map(({ options }) => options.rows),
    );
  };
  const sequences: Question[][] = [];
  for (const [index, list] of lists.entries()) {
    const wanted = (kind: Kind) => parts(kind)[index] ?? 0;
    const picked = await pickRows(list, wanted);
    if (picked.listed.length < wanted("listed"))
      throw new RangeError("The lists hold too few listed parties for the hits.");
    sequences.push(...Object.values(picked), ...Object.values(pickMisses(list.options, wanted)));
  }
  return sequences.filter(({ length }) => length > 0).map((items) => ({ count: items.length, items }));
}

/** Parties that are on no list: a city asks about its own people first. */
export function strangers(lists: LoadedList[], count: number): Sequence<Question>[] {
  const parts = apportion(
    count,
    lists.map(({ options }) => (options.kind === "local" ? 3 : 1)),
  );
  return lists.map(({ options }, index) => ({ count: parts[index] ?? 0, items: clearQuestions(options) }));
}

function* clearQuestions(options: SyntheticOptions): Generator<Question> {
  for (const check of clearParties(options)) yield { check, outcome: "clear" };
}

/** Rows from all over the file: of every kind so many of those seen as are wanted of all. */
async function pickRows({ truthFile, truth }: LoadedList, wanted: (kind: RowKind) => number) {
  const picked: Record<RowKind, Question[]> = { listed: [], review: [], clear: [], rejected: [] };
  const seen = { listed: 0, review: 0, clear: 0, rejected: 0 };
  const askedNumbers = new Set<string>();
  for await (const { accepted, check, outcome } of truthsIn(truthFile)) {
    const kind = accepted ? outcome : "rejected";
    seen[kind]++;
    if (picked[kind].length >= (wanted(kind) * seen[kind]) / truth[kind]) continue;
    // A rejected duplicate is of a party that another row lists; a party has up to nine rows.
    if (check === null || (!accepted && outcome !== "clear") || askedNumbers.has(check.document.number)) continue;
    askedNumbers.add(check.document.number);
    picked[kind].push({ check, outcome });
  }
  return picked;
}

async function* truthsIn(file: string): AsyncGenerator<Truth> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line) as Truth;
}

function pickMisses(options: SyntheticOptions, wanted: (kind: MissKind) => number) {
  const picked: Record<MissKind, Question[]> = { other_name: [], other_number: [], same_mask: [] };
  for (const { kind, check, outcome } of nearMisses(options)) {
    if (picked[kind].length < wanted(kind)) picked[kind].push({ check, outcome });
    if (missKinds.every((kind) => picked[kind].length >= wanted(kind))) break;
  }
  return picked;
}
