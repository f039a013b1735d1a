// The two steps of the sequencer, each one transaction: entries that wait get their indexes and tiles, and what is then
// stored is signed. Neither trusts its memory: both begin from the tables, so that a crash at any point loses nothing.
import type { Sql } from "../platform/database.ts";
import { requireMarked } from "./continuity.ts";
import {
  advance,
  findCheckpoint,
  insertCheckpoint,
  insertGroups,
  lockSize,
  type Placed,
  replaceSignatures,
  takeWaiting,
  type Waiting,
  writeTiles,
} from "./log-queries.ts";
import {
  EMPTY_ROOT,
  formatBundle,
  formatCheckpoint,
  formatNote,
  grow,
  HASH_BYTES,
  leafHash,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  readEdge,
  type SignerKey,
  signText,
  subtreeReader,
  type Tile,
  tileAt,
  TILE_WIDTH,
  verifyConsistency,
} from "./log/index.ts";
import type { PublishedMark } from "./published-mark.ts";
import { PLACE_BYTES, readTree, tileReader, treeOf } from "./stored-log.ts";

/** What one transaction takes: about 30 ms of work here, and a lock that is held no longer. */
const ENTRIES_MAX = 8_192;
const GROUPS_MAX = 512;

export type Office = {
  epoch: number;
  origin: string;
  signers: readonly SignerKey[];
  /** Where the checkpoint is kept outside the database, before anybody can see it. */
  mark?: PublishedMark | undefined;
};

/** Gives waiting entries their indexes; says whether there may be more of them than one transaction takes. */
export async function integrate(sql: Sql, { epoch }: Pick<Office, "epoch">): Promise<boolean> {
  return sql.begin(async (begun) => {
    const tx = begun as unknown as Sql;
    const size = await requireSize(tx, epoch);
    const waiting = await takeWaiting(tx, GROUPS_MAX, ENTRIES_MAX);
    if (waiting.length === 0) return false;
    const entries = waiting.flatMap(entriesOf);
    const { tiles } = grow(await readEdge(size, tileReader(tx)), entries.map(leafHash));
    await insertGroups(tx, placeGroups(waiting, size));
    await writeTiles(tx, [...tiles, ...(await bundlesOf(tx, size, entries))]);
    const awaited = waiting.filter(({ bulk }) => !bulk).map(({ createdAtMs }) => createdAtMs);
    await advance(tx, size + entries.length, awaited.length > 0 ? Math.min(...awaited) : null);
    return waiting.length === GROUPS_MAX || entries.length >= ENTRIES_MAX;
  });
}

/** Signs the tree as it is stored, unless it is signed; says whether there is a new checkpoint. */
export async function publish(sql: Sql, { epoch, origin, signers, mark }: Office): Promise<boolean> {
  return sql.begin(async (begun) => {
    const tx = begun as unknown as Sql;
    const size = await requireSize(tx, epoch);
    const last = await findCheckpoint(tx);
    const isResigned = last?.size === size && lacksSigner(last.note, origin, signers);
    if (last ? last.size === size && !isResigned : size === 0) return false;
    if (mark) await requireMarked(tx, origin, mark);
    const tree = await readTree(tx, size);
    const older = last ? treeOf(last.note) : { size: 0, root: EMPTY_ROOT };
    const proof = await proveConsistency(subtreeReader(size, tileReader(tx)), older.size, size);
    // The last guard of the log's promise: nobody is ever shown two trees.
    if (!verifyConsistency(older, tree, proof))
      throw new LogFault(`the stored tree of ${size} entries does not continue the checkpoint of ${older.size}`);
    const text = formatCheckpoint({ origin, ...tree, extensions: [] });
    const signatures = signers.map((signer) => signText(signer, text, new Date()));
    const note = formatNote({ text, signatures });
    await (isResigned ? replaceSignatures : insertCheckpoint)(tx, { size, note });
    // The tree of this size is durable already: a mark whose checkpoint is not committed any more is signed once again.
    mark?.write(note);
    return true;
  });
}

/** The log is not what it was: nothing may be signed any more until somebody has looked. */
export class LogFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LogFault";
  }
}

/** Another sequencer has begun its term: whatever this one still wants to write is not written. */
export class OutOfOffice extends Error {
  constructor() {
    super("another sequencer is in office");
    this.name = "OutOfOffice";
  }
}

async function requireSize(tx: Sql, epoch: number): Promise<number> {
  const size = await lockSize(tx, epoch);
  if (size === undefined) throw new OutOfOffice();
  return size;
}

/** Whether a key came into use after this checkpoint of the same log was signed. */
function lacksSigner(note: string, origin: string, signers: readonly SignerKey[]): boolean {
  const { text = "", signatures = [] } = parseNote(note) ?? {};
  const isSigned = ({ keyId }: SignerKey) => signatures.some((one) => one.name === origin && one.keyId === keyId);
  return parseCheckpoint(text)?.origin === origin && !signers.every(isSigned);
}

function entriesOf({ commitments }: Waiting): Buffer[] {
  return Array.from({ length: commitments.length / HASH_BYTES }, (_, place) =>
    commitments.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  );
}

function placeGroups(waiting: readonly Waiting[], from: number): Placed[] {
  let next = from;
  return waiting.map(({ commitments, ...group }) => {
    const size = commitments.length / HASH_BYTES;
    const firstIndex = next;
    next += size;
    return { ...group, firstIndex, size };
  });
}

/** The bundles that the new entries touch; the first one begins with what it held. */
async function bundlesOf(tx: Sql, size: number, entries: readonly Buffer[]): Promise<Tile[]> {
  const first = tileAt("entries", Math.floor(size / TILE_WIDTH), size);
  const [begun = Buffer.alloc(0)] = first.width > 0 ? await tileReader(tx)([first]) : [];
  const bytes = Buffer.concat([begun, ...cut(entries, TILE_WIDTH).map(formatBundle)]);
  const full = TILE_WIDTH * PLACE_BYTES.bundle;
  return Array.from({ length: Math.ceil(bytes.length / full) }, (_, at) => {
    const hashes = bytes.subarray(at * full, (at + 1) * full);
    return { level: "entries", index: first.index + at, width: hashes.length / PLACE_BYTES.bundle, hashes };
  });
}

function cut<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
    items.slice(at * length, (at + 1) * length),
  );
}
