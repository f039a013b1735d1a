// The last back-up: this service makes none, and believes the file that whoever makes them touches at the end.
import { stat } from "node:fs/promises";

export const backupStates = ["not_configured", "missing", "made"] as const;
export type Backup = { state: (typeof backupStates)[number]; at: Date | null };

/** `mark` is the path of that file; null where none is configured. */
export async function readBackup(mark: string | null): Promise<Backup> {
  if (mark === null) return { state: "not_configured", at: null };
  const found = await stat(mark).catch(() => null);
  return found ? { state: "made", at: found.mtime } : { state: "missing", at: null };
}
