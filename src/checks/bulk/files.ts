// The files of bulk checks: questions until they are asked, results for some days.
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Reader } from "../../platform/database.ts";
import { publicId } from "../../platform/id.ts";
import { listKept } from "./queries.ts";

/** How long results are kept. */
export const KEPT_DAYS = 7;
/** A file that is being received belongs to nothing yet. */
const UNCLAIMED_MS = 24 * 3_600_000;

export function questionsPath(directory: string, id: string): string {
  return join(directory, `${publicId("blk", id)}.questions`);
}

export function resultsPath(directory: string, id: string): string {
  return join(directory, `${publicId("blk", id)}.results`);
}

/** Another host of the same database may have the file. */
export async function isHere(directory: string, id: string): Promise<boolean> {
  return (await stat(questionsPath(directory, id)).catch(() => null)) !== null;
}

/** Removes what nobody needs any more, and what was never received to its end. */
export async function removeOld(reader: Reader, directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.length === 0) return;
  const kept = new Map((await listKept(reader, KEPT_DAYS)).map(({ id, isOpen }) => [publicId("blk", id), isOpen]));
  for (const name of names) {
    const [id = "", part] = name.split(".");
    const isNeeded = part === "questions" ? kept.get(id) === true : kept.has(id);
    const path = join(directory, name);
    if (!isNeeded && (await ageMs(path)) > UNCLAIMED_MS) await rm(path, { force: true });
  }
}

async function ageMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found ? Date.now() - found.mtimeMs : 0;
}
