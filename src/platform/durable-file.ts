// Small files that outlive a crash: replaced in one step, with the old text or the new one in place whatever happens.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes beside the file and through to the disk, then moves the new text into place; returns once that is durable. */
export function replaceFile(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode, flush: true });
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

/** A rename is on disk once its directory is. Windows has no such call, and writes its own journal. */
function syncDirectory(path: string): void {
  if (process.platform === "win32") return;
  const directory = openSync(path, "r");
  fsyncSync(directory);
  closeSync(directory);
}
