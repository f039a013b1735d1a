// What a source found, in three arrays: a thread hands them over without a copy, where a hash each costs more than finding it.
import { HASH_BYTES } from "./log/index.ts";
import type { FoundEntries } from "./stretch.ts";

export type PackedEntries = { lengths: Uint32Array; states: Uint8Array; hashes: Uint8Array };

const MISSING = 0;
const FOUND = 1;
const ERASED = 2;
/** A row that contradicts itself gives no hash. */
const NO_HASH = 3;

export function packEntries(groups: readonly FoundEntries[]): PackedEntries {
  const lengths = Uint32Array.from(groups, ({ length }) => length);
  const count = lengths.reduce((sum, length) => sum + length, 0);
  const states = new Uint8Array(count);
  const hashes = new Uint8Array(count * HASH_BYTES);
  let at = 0;
  for (const found of groups)
    for (let place = 0; place < found.length; place++) {
      const entry = found[place];
      states[at] = stateOf(entry);
      if (states[at] === FOUND && entry) hashes.set(entry, at * HASH_BYTES);
      at++;
    }
  return { lengths, states, hashes };
}

export function unpackEntries({ lengths, states, hashes }: PackedEntries): FoundEntries[] {
  const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  let at = 0;
  return Array.from(lengths, (length) =>
    Array.from({ length }, () => {
      const state = states[at];
      const entry = bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
      at++;
      if (state === FOUND) return entry;
      if (state === NO_HASH) return Buffer.alloc(0);
      return state === ERASED ? null : undefined;
    }),
  );
}

function stateOf(entry: FoundEntries[number]): number {
  if (entry === undefined) return MISSING;
  if (entry === null) return ERASED;
  return entry.length === HASH_BYTES ? FOUND : NO_HASH;
}
