// Which cells of the open figures are withheld: a number so small points at a person, and so does what is left when it is
// taken from a total that is known otherwise.

/** Below this a cell is withheld; nothing at all points at nobody. */
export const CELL_MIN = 5;

export type Cell = { part: string; value: number };
export type OpenCell = { part: string; value: number | null };

/**
 * The parts of one figure with the small ones withheld. Where any is, the smallest of the others are too, until no single
 * part and no sum below the limit can be found by subtraction.
 */
export function withholdSmall(cells: readonly Cell[]): OpenCell[] {
  const ascending = cells.filter(({ value }) => value > 0).toSorted((one, other) => one.value - other.value);
  const withheld = new Set<string>();
  let sum = 0;
  for (const { part, value } of ascending) {
    const isEnough = value >= CELL_MIN && (withheld.size === 0 || (withheld.size > 1 && sum >= CELL_MIN));
    if (isEnough) break;
    withheld.add(part);
    sum += value;
  }
  return cells.map(({ part, value }) => ({ part, value: withheld.has(part) ? null : value }));
}
