// The Merkle log in the formats of C2SP: trees, tiles, notes, checkpoints, receipts, the decision of a witness. Pure.
export { canonicalJson, type Json } from "./canonical-json.ts";
export { formatCheckpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.ts";
export type { Checkpoint, CheckpointFault, CheckpointOutcome, KnownKeys } from "./checkpoint.ts";
export { commitmentOf, commitmentOfText, SALT_BYTES } from "./commitment.ts";
export { type Edge, EMPTY_EDGE, grow, readEdge, rootOf } from "./edge.ts";
export { decodeBase64, decodeCount, decodeText } from "./encoding.ts";
export { ENTRY_BYTES_MAX, formatBundle, parseBundle } from "./entry-bundle.ts";
export {
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseVerifierKey,
  signerKeyOf,
  verifierKeyOf,
} from "./key.ts";
export type { KeyType, SignerKey, VerifierKey } from "./key.ts";
export { formatNote, formatSignatures, parseNote, parseSignatures, signText, verifyNote } from "./note.ts";
export type { Note, NoteSignature, Verified } from "./note.ts";
export { entryOf, formatOpening, type Opening, parseOpening } from "./opening.ts";
export { proveConsistency, proveInclusion, readRoot, verifyConsistency, verifyInclusion } from "./proof.ts";
export type { HashReader } from "./proof.ts";
export { formatReceipt, parseReceipt, verifyReceipt } from "./receipt.ts";
export type { Receipt, ReceiptFault, ReceiptOutcome } from "./receipt.ts";
export { parseTilePath, partialTiles, subtreeReader, TILE_WIDTH, tileAt, tilePath, touchedTiles } from "./tile.ts";
export type { Tile, TileAddress, TileReader } from "./tile.ts";
export { EMPTY_ROOT, type Hash, HASH_BYTES, leafHash, nodeHash, sha256, type Subtree, type Tree } from "./tree.ts";
export { formatSubmission, parseSubmission, REFUSAL_STATUS, refuseSubmission } from "./witness.ts";
export type { Submission, WitnessRefusal } from "./witness.ts";
