// `shixin log fsck`: the log against the rows. A run that was killed goes on where it was, and a later one with what is new.
import { existsSync, readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import {
  checkLog,
  formatCheckpoint,
  type FsckReport,
  knownKeysOf,
  listFormerOrigins,
  logIdentity,
  parseCheckpoint,
  type Tree,
} from "../audit/index.ts";
import { json, print, wholeNumber } from "../platform/command-line.ts";
import { connect } from "../platform/database.ts";
import { replaceFile } from "../platform/durable-file.ts";
import { AppError } from "../platform/error.ts";
import { exitCodes } from "../platform/exit-code.ts";
import { createProgress } from "../platform/progress.ts";
import { openSourcePool, sourcesOf } from "./fsck-sources.ts";
import type { LogCommandContext } from "./log-command-context.ts";
import type { Runtime } from "./runtime.ts";

type FsckArguments = { from?: number; state?: string; json?: boolean };

/** What a killed run may lose of its work. */
const SAVE_MS = 1_000;

export function addFsckCommand(log: Command, { withRuntime, settings }: LogCommandContext): void {
  log
    .command("fsck")
    .description("derive the whole log again from the rows, and name the first entry that differs")
    .option("--state <file>", "go on from what this file says was verified, and keep it up to date")
    .addOption(new Option("--from <entry>", "entries before this one are taken as verified").argParser(wholeNumber))
    .addOption(json)
    .addHelpText(
      "after",
      "\nWith a state the run goes on where a killed one stopped; once complete, the next run verifies what is new.\n" +
        "Exit codes: 0 the log is whole; 7 something was changed.",
    )
    .action((options: FsckArguments) => withRuntime((runtime) => runFsck(runtime, settings().logOrigin, options)));
}

async function runFsck({ url, ring }: Runtime, origin: string, options: FsckArguments): Promise<void> {
  const { from, state, json: asJson } = options;
  if (from !== undefined && state !== undefined)
    throw new AppError("validation", { note: "--from and --state exclude each other" });
  const known = state === undefined ? { size: from ?? 0 } : readState(state, origin);
  // A verification reads everything: it has sessions of its own, and as much time as it takes.
  const connection = connect(url, { name: "fsck", statementTimeoutMs: 0 });
  const { blindIndexKey, dataKeys } = ring;
  const own = sourcesOf(connection, ring);
  const { sources, threads, close } = openSourcePool(own, { url, keys: { blindIndexKey, dataKeys } });
  const shown = createProgress("log fsck", "entries");
  const startedMs = performance.now();
  let savedMs = startedMs;
  let latest: Tree | null = null;
  const save = () => state !== undefined && latest && writeState(state, origin, latest);
  try {
    const origins = [origin, ...(await listFormerOrigins(connection.sql))];
    const keys = origins.flatMap((name) => knownKeysOf(logIdentity(name, ring.logKeys, ring.retiredLogKeys)));
    const report = await checkLog({
      sql: connection.sql,
      sources,
      underWay: 1 + 2 * threads,
      keys,
      verified: known,
      progress({ size, from: begun, verified }, tree) {
        shown.update(verified, size - begun);
        latest = tree;
        if (performance.now() - savedMs < SAVE_MS) return;
        save();
        savedMs = performance.now();
      },
    });
    save();
    shown.finish();
    const rate = Math.round((report.verified * 1000) / (performance.now() - startedMs));
    print(asJson ? JSON.stringify(report) : describeReport(report, rate));
    if (report.finding) process.exitCode = exitCodes.integrity;
  } finally {
    await close();
    await connection.end();
  }
}

/** The state is the text of a checkpoint that nobody signed: origin, size and root. */
function readState(path: string, origin: string): { size: number; root?: Buffer } {
  if (!existsSync(path)) return { size: 0 };
  const state = parseCheckpoint(readFileSync(path, "utf8"));
  if (state?.origin !== origin) throw new AppError("conflict", { note: `${path} holds no state of this log` });
  return state;
}

function writeState(path: string, origin: string, tree: Tree): void {
  replaceFile(path, formatCheckpoint({ origin, ...tree, extensions: [] }));
}

function describeReport({ size, from, verified, erased, checkpoints, finding }: FsckReport, rate: number): string {
  if (!finding) {
    const gone = erased > 0 ? `, ${erased} erased` : "";
    return `The log is whole: ${verified} of ${size} entries${gone}, ${checkpoints} checkpoints, ${rate} entries a second.`;
  }
  const where = finding.index === null ? "The log" : `Entry ${finding.index}`;
  return `${where}: ${finding.fault}.\nVerified before it: ${verified} entries; go on with --from ${from + verified}.`;
}
