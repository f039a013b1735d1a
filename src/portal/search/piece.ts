// Three characters in a row of an organisation's name, as the index holds them (`src/registry/searched`).
import { BRACKETS, PIECE_LENGTH } from "../../registry/searched/schema.ts";

/** Of so many the index finds the intersection; further ones narrow little and cost a look each. */
const PIECES_MAX = 4;

/** A match key without its brackets. */
export function textOfPieces(key: string): string {
  return Array.from(key)
    .filter((character) => !BRACKETS.includes(character))
    .join("");
}

/**
 * Those pieces of `text` that narrow a search most; none where it is too short. The index is cut at bars, so a piece with
 * one is in no index.
 */
export function piecesOf(text: string, common: ReadonlySet<string>): { pieces: string[]; isCommon: boolean } {
  const characters = Array.from(text);
  const all = new Set<string>();
  for (let at = 0; at + PIECE_LENGTH <= characters.length; at++) {
    const piece = characters.slice(at, at + PIECE_LENGTH).join("");
    if (!piece.includes("|")) all.add(piece);
  }
  const rare = [...all].filter((piece) => !common.has(piece));
  if (rare.length > 0) return { pieces: rare.slice(0, PIECES_MAX), isCommon: false };
  return { pieces: [...all].slice(0, PIECES_MAX), isCommon: true };
}
