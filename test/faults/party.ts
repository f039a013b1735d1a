// Invented parties and chances for fault tests: repeatable from a seed, born in 1900.
import { residentIdOf } from "../../src/identity/index.ts";
import { PURPOSE } from "../service.ts";

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = ["测试甲", "测试乙", "测试丙", "测试丁"];
const DAYS = 28;
const SEQUENCES = 900;

/** The party with this index: another number for each, up to nine million. */
export function partyAt(index: number): { name: string; number: string } {
  const sequence = 100 + (index % SEQUENCES);
  const day = 1 + (Math.floor(index / SEQUENCES) % DAYS);
  const month = 1 + (Math.floor(index / SEQUENCES / DAYS) % 12);
  const area = 350_201 + Math.floor(index / SEQUENCES / DAYS / 12);
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  const number = residentIdOf(`${area}1900${twoDigits(month)}${twoDigits(day)}${sequence}`);
  return { name: NAMES[index % NAMES.length] ?? "", number };
}

export function subjectOf({ name, number }: { name: string; number: string }) {
  return { name, document: { type: "resident_id", number } };
}

/** A single check as it is sent. */
export function singleOf(party: { name: string; number: string }, caseReference: string, purpose = PURPOSE): string {
  return JSON.stringify({ purpose, caseReference, operator: "officer 0417", subject: subjectOf(party) });
}
