// Which row belongs to which party: parties own one to nine neighbouring rows, and a permutation scatters rows over the lines.
import { draw, facets, permutation } from "./draw.ts";

export type RowPlace = { row: number; party: number };

export type Layout = {
  parties: number;
  /** The row that stands in a line; both count from 0. */
  placeOf: (line: number) => RowPlace;
  /** The row numbers of a party, first to before the end. */
  rowsOf: (party: number) => { first: number; end: number };
};

/** One block of rows: most parties have one case, some several; one press report names nine of one debtor in one court. */
const PARTY_SIZES = [...Array<number>(33).fill(1), ...Array<number>(7).fill(2), 3, 5, 9];
const BLOCK_ROWS = PARTY_SIZES.reduce((sum, size) => sum + size, 0);
const partyOfSlot = PARTY_SIZES.flatMap((size, party) => Array<number>(size).fill(party));
const firstSlots = PARTY_SIZES.map((_, party) => partyOfSlot.indexOf(party));

export function layoutOf(rows: number, seed: number): Layout {
  const rowOf = permutation(rows, draw(seed, facets.order, 0));
  const rowsOf = (party: number) => {
    const place = party % PARTY_SIZES.length;
    const first = Math.floor(party / PARTY_SIZES.length) * BLOCK_ROWS + (firstSlots[place] ?? 0);
    return { first, end: Math.min(rows, first + (PARTY_SIZES[place] ?? 0)) };
  };
  const placeOf = (line: number) => {
    const row = rowOf(line);
    return { row, party: partyOf(row) };
  };
  return { parties: rows === 0 ? 0 : partyOf(rows - 1) + 1, placeOf, rowsOf };
}

function partyOf(row: number): number {
  return Math.floor(row / BLOCK_ROWS) * PARTY_SIZES.length + (partyOfSlot[row % BLOCK_ROWS] ?? 0);
}
