// The state hash of a source: two states of its live rows are told apart by 32 characters, whatever the order of the rows.

/** Over the live rows that a source names, its own and those it shares: their number and two sums. */
export type SourceState = { rows: number; keys: bigint; contents: bigint };

/**
 * Anybody with the natural key and the content hash of each row can recompute it. Of both, the first eight bytes are a
 * number, big-endian. The first sixteen digits are the sum of the keys, the last sixteen the sum of key XOR content, both
 * modulo 2^64, in hexadecimal. It finds drift; it does not withstand somebody who chooses the rows.
 */
export function stateHashOf({ keys, contents }: SourceState): string {
  return hexOf(keys) + hexOf(contents);
}

function hexOf(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
