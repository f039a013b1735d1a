// Whether resident numbers are gone through one after the other: the last ones of an agency, in memory, and in memory only.
// Whoever is asked about in the course of work has hardly ever a neighbour in it; in a cohort of one county born in two
// years it is one in a hundred.

const SIZE = 1_024;
/** People born in one place on one day are numbered one after the other; sexes take turns, so that steps are of one or two. */
const ORDER_STEP = 2;
/** A sweep over birthdays keeps area and order, and goes on by days; as they are written, a month ends within a hundred. */
const SWEEP_BEFORE = 8;
const SWEEP_STEP = 100;

/** Area and birthday, as one number of fourteen digits. */
const birthOf = (number: string) => Number(number.slice(0, 14));
const orderOf = (number: string) => Number(number.slice(14, 17));
const areaOf = (birth: number) => Math.floor(birth / 1e8);

export type NumberWindow = {
  /** Whether this number, new in the window, lies beside one that is there. One that is there already is no news. */
  see: (number: string) => boolean;
  counts: () => { numbers: number; neighbours: number };
};

export function createNumberWindow(): NumberWindow {
  const births = new Float64Array(SIZE);
  const orders = new Uint16Array(SIZE);
  const isNeighbour = new Uint8Array(SIZE);
  const bornThere = new Map<number, number>();
  let seen = 0;
  let neighbours = 0;

  function findBeside(birth: number, order: number): "same" | "beside" | null {
    let found: "beside" | null = null;
    for (let at = births.indexOf(birth); at >= 0; at = births.indexOf(birth, at + 1)) {
      const step = Math.abs((orders[at] ?? 0) - order);
      if (step === 0) return "same";
      if (step <= ORDER_STEP) found = "beside";
    }
    return found;
  }

  function isSwept(birth: number, order: number): boolean {
    for (let back = 1; back <= Math.min(SWEEP_BEFORE, seen); back++) {
      const at = (seen - back) % SIZE;
      const known = births[at] ?? 0;
      if (orders[at] === order && areaOf(known) === areaOf(birth) && Math.abs(known - birth) <= SWEEP_STEP) return true;
    }
    return false;
  }

  function forgetAt(at: number): void {
    const birth = births[at] ?? 0;
    const left = (bornThere.get(birth) ?? 1) - 1;
    if (left === 0) bornThere.delete(birth);
    else bornThere.set(birth, left);
    neighbours -= isNeighbour[at] ?? 0;
  }

  return {
    see(number) {
      const [birth, order] = [birthOf(number), orderOf(number)];
      const beside = bornThere.has(birth) ? findBeside(birth, order) : null;
      if (beside === "same") return false;
      const isBeside = beside !== null || isSwept(birth, order);
      const at = seen % SIZE;
      if (seen >= SIZE) forgetAt(at);
      births[at] = birth;
      orders[at] = order;
      isNeighbour[at] = isBeside ? 1 : 0;
      neighbours += isBeside ? 1 : 0;
      bornThere.set(birth, (bornThere.get(birth) ?? 0) + 1);
      seen++;
      return isBeside;
    },
    counts: () => ({ numbers: Math.min(seen, SIZE), neighbours }),
  };
}
