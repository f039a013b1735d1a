// The rows that are live as they are, by fingerprint: of a file's row that is among them, nothing more is read or sealed.
import type { RowIdentity } from "../registry/index.ts";

/**
 * Pairs of 32 bits in memory that threads share; a pair of zeros is empty. Two rows in 2^64 share a fingerprint: the
 * comparison with the register looks at the whole identity and finds them out.
 */
export type KnownRows = { pairs: Uint32Array<SharedArrayBuffer> };

const SLOTS_A_ROW = 1.5;
const RANGE = 2 ** 32;

export function createKnownRows(rows: number): KnownRows {
  const slots = Math.ceil(rows * SLOTS_A_ROW) + 1;
  return { pairs: new Uint32Array(new SharedArrayBuffer(slots * 8)) };
}

/** The first eight bytes of the natural key XOR those of the content hash, as two numbers. */
export function addKnownRow({ pairs }: KnownRows, high: number, low: number): void {
  if (high === 0 && low === 0) return;
  let at = slotOf(pairs, high);
  while (pairs[at] !== 0 || pairs[at + 1] !== 0) at = at + 2 < pairs.length ? at + 2 : 0;
  pairs[at] = high;
  pairs[at + 1] = low;
}

export function isKnownRow({ pairs }: KnownRows, { naturalKey, contentHash }: RowIdentity): boolean {
  const high = (leading(naturalKey, 0, 8) ^ leading(contentHash, 0, 8)) >>> 0;
  const low =
    ((leading(naturalKey, 9, 13) ^ leading(contentHash, 9, 13)) * 0x10000 +
      (leading(naturalKey, 14, 18) ^ leading(contentHash, 14, 18))) >>>
    0;
  for (let at = slotOf(pairs, high); pairs[at] !== 0 || pairs[at + 1] !== 0; at = at + 2 < pairs.length ? at + 2 : 0)
    if (pairs[at] === high && pairs[at + 1] === low) return true;
  return false;
}

/** Fingerprints are spread evenly: the place in the range is the place in the table. */
function slotOf(pairs: Uint32Array, high: number): number {
  return Math.floor((high / RANGE) * (pairs.length / 2)) * 2;
}

function leading(uuid: string, start: number, end: number): number {
  return Number.parseInt(uuid.slice(start, end), 16);
}
