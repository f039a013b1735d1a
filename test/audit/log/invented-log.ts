// An invented log with a key of its own: its tree at any size, forks of it, and what it would submit to a witness.
import { generateKeyPairSync } from "node:crypto";
import {
  formatCheckpoint,
  formatNote,
  formatSubmission,
  proveConsistency,
  rootOf,
  signerKeyOf,
  signText,
  subtreeReader,
  type Tree,
  verifierKeyOf,
} from "../../../src/audit/log/index.ts";
import { leavesOf } from "./naive-tree.ts";
import { TileStore } from "./tile-store.ts";

export function inventLog(origin: string, leavesMax = 400) {
  const signer = signerKeyOf(origin, "ed25519", generateKeyPairSync("ed25519").privateKey);
  const leaves = leavesOf(leavesMax);

  /** The last `fork` leaves are others than the log's. */
  function logOf(size: number, fork = 0): TileStore {
    const store = new TileStore();
    store.add([...leaves.slice(0, size - fork), ...leaves.slice(0, fork)]);
    return store;
  }

  function noteOf({ edge }: TileStore, by = signer): string {
    const text = formatCheckpoint({ origin, size: edge.size, root: rootOf(edge), extensions: [] });
    return formatNote({ text, signatures: [signText(by, text, new Date(0))] });
  }

  async function submissionOf(store: TileStore, olderSize: number, by = signer): Promise<string> {
    const { size } = store.edge;
    const proof = await proveConsistency(subtreeReader(size, store.read), Math.min(olderSize, size), size);
    return formatSubmission({ olderSize, proof, note: noteOf(store, by) });
  }

  const seen = (size: number): Tree => ({ size, root: rootOf(logOf(size).edge) });
  return { origin, signer, key: verifierKeyOf(signer), logOf, noteOf, submissionOf, seen };
}
