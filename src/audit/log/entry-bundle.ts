// Entry bundles of c2sp.org/tlog-tiles: up to 256 entries, each after its length in two bytes.
import { TILE_WIDTH } from "./tile.ts";

export const ENTRY_BYTES_MAX = 0xffff;

export function formatBundle(entries: readonly Buffer[]): Buffer {
  if (entries.length > TILE_WIDTH) throw new RangeError(`a bundle of ${entries.length} entries`);
  const bytes = Buffer.allocUnsafe(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_BYTES_MAX) throw new RangeError(`an entry of ${entry.length} bytes`);
    at = bytes.writeUInt16BE(entry.length, at);
    at += entry.copy(bytes, at);
  }
  return bytes;
}

/** Exactly `width` entries, or null. */
export function parseBundle(bytes: Buffer, width: number): Buffer[] | null {
  const entries: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && entries.length < width) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) return null;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return at === bytes.length && entries.length === width ? entries : null;
}
