// The highest checkpoint that was shown to anybody, kept outside the database: a database that was set back is known by it.
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../platform/durable-file.ts";
import { AppError } from "../platform/error.ts";
import { type Checkpoint, parseCheckpoint, parseNote } from "./log/index.ts";

export type PublishedMark = {
  path: string;
  read: () => Checkpoint | null;
  /** Durable when it returns. */
  write: (note: string) => void;
  /** Keeps the mark under another name; nothing is measured by it any more. */
  putAside: () => void;
};

export function publishedMark(dataDirectory: string): PublishedMark {
  const path = join(dataDirectory, "log-checkpoint");

  function read(): Checkpoint | null {
    if (!existsSync(path)) return null;
    const checkpoint = parseCheckpoint(parseNote(readFileSync(path, "utf8"))?.text ?? "");
    if (!checkpoint) throw new AppError("log-set-back", { note: `${path} holds no checkpoint` });
    return checkpoint;
  }

  return {
    path,
    read,
    write: (note) => replaceFile(path, note),
    putAside() {
      const checkpoint = read();
      if (checkpoint) renameSync(path, `${path}.${checkpoint.size}.abandoned`);
    },
  };
}
