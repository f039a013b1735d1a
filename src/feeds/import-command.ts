// The command that imports a file: progress while it runs, and then what came of it and what to type next.
import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { actorOf, type CommonOptions, print, warn } from "../platform/command-line.ts";
import { exitCodes } from "../platform/exit-code.ts";
import { createProgress } from "../platform/progress.ts";
import type { FeedCommandContext, FeedRuntime } from "./command-context.ts";
import { importFile, type LoadProgress } from "./load.ts";
import { describeLoad } from "./load-text.ts";
import { readManifest } from "./manifest.ts";
import type { ReadingOptions } from "./reader.ts";
import { rejectionsPath } from "./rejections-file.ts";
import type { LoadMode } from "./schema.ts";

export type ImportOptions = CommonOptions &
  ReadingOptions & {
    source: string;
    mode: LoadMode;
    expect?: number;
    manifest?: string;
    asOf?: Date;
    rejected?: string;
  };

export async function importList(
  { url, ring }: FeedRuntime,
  { dataDirectory, gates }: ReturnType<FeedCommandContext["settings"]>,
  file: string,
  { source, mode, expect, asOf, format, encoding, ...options }: ImportOptions,
): Promise<void> {
  const manifest = options.manifest === undefined ? {} : await readManifest(options.manifest);
  let rejectedTo: string | null = options.rejected ?? null;
  const placeRejections = (id: string) => (rejectedTo ??= rejectionsFile(dataDirectory, id));
  const { show, finish } = showProgress(source);
  const load = await importFile({
    url,
    keyRing: ring,
    actor: actorOf(options.actor),
    source,
    mode,
    file,
    manifest,
    gates,
    reading: { ...(format === undefined ? {} : { format }), ...(encoding === undefined ? {} : { encoding }) },
    ...(expect === undefined ? {} : { expected: expect }),
    ...(asOf === undefined ? {} : { asOf }),
    rejectedTo: placeRejections,
    progress: show,
  }).finally(() => {
    finish();
    if (rejectedTo !== null) nameRejections(rejectedTo);
  });
  print(options.json ? JSON.stringify(load) : describeLoad(load));
  if (load.state === "held") process.exitCode = exitCodes.conflict;
  else if (load.counts.rejected > 0) process.exitCode = exitCodes.partial;
}

/** The rows of a file are known only at its end; its bytes tell how far the reading has come. */
function showProgress(source: string) {
  const rows = createProgress(`feed import ${source}`, "rows");
  let reading = true;
  const finish = () => {
    if (reading) rows.finish();
    reading = false;
  };
  const show = ({ phase, rows: read, bytes, bytesTotal }: LoadProgress) => {
    if (phase === "receiving")
      return rows.update(read, bytes > 0 ? Math.round((read * bytesTotal) / bytes) : undefined);
    finish();
    if (process.stderr.isTTY) warn(`feed import ${source}: ${phase}`);
  };
  return { show, finish };
}

/** Where the service looks for them, too. */
function rejectionsFile(dataDirectory: string, loadId: string): string {
  const path = rejectionsPath(dataDirectory, loadId);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}

/** Also after a refusal, which may be about them; a file without any row goes. */
function nameRejections(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return;
  if (found.size > 0) warn(`The rejected rows are in ${path}.`);
  else rmSync(path);
}
