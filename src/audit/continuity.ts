// Whether the log in the database still is the one that was published: a back-up that was restored too early is not, and
// what went on from it would be a second history.
import type { Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { knownKeysOf, type LogIdentity } from "./identity.ts";
import { findCheckpoint, listFormerOrigins, readTreeSize } from "./log-queries.ts";
import { type Checkpoint, parseCheckpoint, parseNote, type Tree } from "./log/index.ts";
import type { PublishedMark } from "./published-mark.ts";
import { MissingTile, readTree } from "./stored-log.ts";
import { readCosigned, type WitnessAddress } from "./witness-client.ts";

export type Continuity = { sql: Sql; identity: LogIdentity; mark: PublishedMark; witnesses: readonly WitnessAddress[] };

/** Refuses (`log-set-back`) a database that lacks what was published, by the mark or by any witness that answers. */
export async function requirePublishedLog({ sql, identity, mark, witnesses }: Continuity): Promise<void> {
  await requireMarked(sql, identity.origin, mark);
  await requireName(sql, identity.origin);
  const logKeys = knownKeysOf(identity);
  const notes = await Promise.all(witnesses.map((witness) => readCosigned(witness, identity.origin, logKeys)));
  for (const [at, note] of notes.entries()) {
    const seen = parseCheckpoint(parseNote(note ?? "")?.text ?? "");
    const name = witnesses[at]?.key.name ?? "";
    if (seen && !(await holdsTree(sql, seen))) throw setBack(`the witness ${name} has cosigned`, seen);
  }
}

/** The same by the mark alone, for every term of the sequencer. */
export async function requireMarked(sql: Sql, origin: string, mark: PublishedMark): Promise<void> {
  const published = mark.read();
  if (!published) return;
  if (published.origin !== origin) throw renamed(mark.path, published.origin);
  if (!(await holdsTree(sql, published))) throw setBack(`${mark.path} holds`, published);
}

/** Without the mark the database still knows under which name it was published. */
async function requireName(sql: Sql, origin: string): Promise<void> {
  const newest = await findNewest(sql);
  if (!newest || newest.origin === origin) return;
  if (!(await listFormerOrigins(sql)).includes(newest.origin)) throw renamed("the database", newest.origin);
}

/** The newest checkpoint that the database holds. */
export async function findNewest(sql: Sql): Promise<Checkpoint | null> {
  const newest = await findCheckpoint(sql);
  return newest ? parseCheckpoint(parseNote(newest.note)?.text ?? "") : null;
}

/** Whether the stored tree begins with this one. */
export async function holdsTree(sql: Sql, { size, root }: Tree): Promise<boolean> {
  if (size > (await readTreeSize(sql))) return false;
  try {
    return (await readTree(sql, size)).root.equals(root);
  } catch (error) {
    if (error instanceof MissingTile) return false;
    throw error;
  }
}

function renamed(what: string, origin: string): AppError {
  const note = `${what} is of the log ${origin}, and LOG_ORIGIN names another: a log keeps its name, unless it is given up with shixin log abandon`;
  return new AppError("log-set-back", { note });
}

function setBack(where: string, { size }: Checkpoint): AppError {
  const note = `${where} a checkpoint of ${size} entries, which the database does not continue: restore a later state, or give the log up with shixin log abandon`;
  return new AppError("log-set-back", { note });
}
