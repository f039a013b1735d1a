// A log served by whoever holds its key and means no good: what it signs and what it shows can be anything.
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  EMPTY_EDGE,
  formatBundle,
  formatCheckpoint,
  formatNote,
  grow,
  leafHash,
  parseTilePath,
  rootOf,
  type SignerKey,
  signText,
  TILE_WIDTH,
} from "../../src/audit/log/index.ts";

export type ServedLog = {
  url: string;
  /** What it shows: its entries, what it hashed, and its checkpoint; null where it answers nothing. */
  entries: Buffer[];
  hashed: Buffer[];
  note: string | null;
  isMissing: (path: string) => boolean;
  stop: () => void;
};

/** The entries "0", "1", … of a log. */
export function entriesOf(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from(String(index)));
}

/** The checkpoint of these entries, with the signatures of the log and of its witnesses. */
export function signTree(entries: readonly Buffer[], signers: readonly SignerKey[], at = new Date()): string {
  const root = rootOf(grow(EMPTY_EDGE, entries.map(leafHash)).edge);
  const text = formatCheckpoint({ origin: signers[0]?.name ?? "", size: entries.length, root, extensions: [] });
  return formatNote({ text, signatures: signers.map((signer) => signText(signer, text, at)) });
}

export async function serveLog(): Promise<ServedLog> {
  const log: ServedLog = { url: "", entries: [], hashed: [], note: null, isMissing: () => false, stop };
  const server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    if (log.note === null) return response.destroy();
    if (path === "checkpoint") return response.end(log.note);
    const address = log.isMissing(path) ? null : parseTilePath(path);
    if (!address) return response.writeHead(404).end();
    const start = address.index * TILE_WIDTH;
    const end = start + address.width;
    if (end > log.entries.length) return response.writeHead(404).end();
    if (address.level === "entries") return response.end(formatBundle(log.entries.slice(start, end)));
    return response.end(Buffer.concat(log.hashed.slice(start, end).map(leafHash)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  log.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return log;

  function stop(): void {
    server.close();
    server.closeAllConnections();
  }
}
