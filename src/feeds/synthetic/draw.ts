// Repeatable draws: every property of the invented data is a pure function of seed, facet and index, so nothing is kept in memory.

/** What is drawn; a facet's number is its own stream of the seed. */
export const facets = {
  kind: 1,
  era: 2,
  identity: 3,
  code: 4,
  birthday: 5,
  home: 6,
  nameForm: 7,
  surname: 8,
  given: 9,
  brand: 10,
  trade: 11,
  flawed: 12,
  flaw: 13,
  order: 14,
  grounds: 15,
  age: 16,
  recency: 17,
  masked: 18,
  filed: 19,
  court: 20,
  variant: 21,
  caseForm: 22,
  written: 23,
  wording: 24,
  title: 25,
  duty: 26,
  amount: 27,
  performance: 28,
  officer: 29,
  numberForm: 30,
  spoil: 31,
  asked: 32,
} as const;

export type Facet = (typeof facets)[keyof typeof facets];

const RANGE = 2 ** 32;

/** The avalanche of MurmurHash3 (fmix32). */
function avalanche(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** An even number from 0 to 2³² − 1. */
export function draw(seed: number, facet: Facet, index: number): number {
  return avalanche(avalanche(seed + Math.imul(facet, 0x9e3779b1)) ^ index) >>> 0;
}

/** Whether the drawn value falls into the first `share` of its range. */
export function chance(drawn: number, share: number): boolean {
  return drawn < share * RANGE;
}

/** The drawn value as a fraction from 0 to below 1. */
export function fraction(drawn: number): number {
  return drawn / RANGE;
}

export function pick<T>(list: readonly T[], drawn: number): T {
  const item = list[drawn % list.length];
  if (item === undefined) throw new RangeError("Nothing to pick from.");
  return item;
}

/** Each item as often as its weight says, for `pick`. */
export function weighted<T>(weights: readonly (readonly [T, number])[]): readonly T[] {
  return weights.flatMap(([item, weight]) => Array<T>(weight).fill(item));
}

/** A bijection of 0 … size − 1 that throws neighbours far apart; exact while size² < 2⁵³. */
export function permutation(size: number, drawn: number): (index: number) => number {
  let step = Math.max(1, Math.floor(size * 0.6180339887));
  while (greatestCommonDivisor(step, size) !== 1) step++;
  const offset = size === 0 ? 0 : drawn % size;
  return (index) => (offset + index * step) % size;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
