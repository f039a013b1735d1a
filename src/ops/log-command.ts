// The commands on the public log: its keys, its verification, a receipt's, and watching another's log.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import {
  abandonLog,
  checkLog,
  factSource,
  type FsckReport,
  knownKeysOf,
  listFormerOrigins,
  logIdentity,
  publishedMark,
  readTreeSize,
  verifierKeysOf,
} from "../audit/index.ts";
import { checkSource, type GivenParty, readReceiptFile } from "../checks/index.ts";
import { actor, actorOf, type CommonOptions, json, print, wholeNumber } from "../platform/command-line.ts";
import { AppError } from "../platform/error.ts";
import { exitCodes } from "../platform/exit-code.ts";
import { createProgress } from "../platform/progress.ts";
import { collectLogKeys, collectWitnessKeys, type TrustOptions, trustOf } from "./key-option.ts";
import { addMonitorCommand } from "./monitor-command.ts";
import type { Runtime } from "./runtime.ts";

export type LogCommandContext = {
  withRuntime: (work: (runtime: Runtime) => Promise<void>) => Promise<void>;
  settings: () => { logOrigin: string; dataDirectory: string; keyRingPath: string | undefined };
};

export function registerLogCommands(program: Command, context: LogCommandContext): void {
  const log = program.command("log").description("the public log that anyone can verify");
  addKeyCommand(log, context);
  addFsckCommand(log, context);
  addMonitorCommand(log);
  addAbandonCommand(log, context);
  addReceiptCommand(program);
}

function addKeyCommand(log: Command, { withRuntime, settings }: LogCommandContext): void {
  log
    .command("key")
    .description("print the keys with which anybody verifies this log, the newest first")
    .option("--retired", "those that sign no more, for what they signed")
    .addOption(json)
    .action((options: { retired?: boolean; json?: boolean }) =>
      withRuntime(({ ring }) => {
        const chosen = options.retired ? ring.retiredLogKeys : ring.logKeys;
        const keys = verifierKeysOf(logIdentity(settings().logOrigin, chosen));
        print(options.json ? JSON.stringify({ keys }) : keys.join("\n"));
        return Promise.resolve();
      }),
    );
}

function addFsckCommand(log: Command, { withRuntime, settings }: LogCommandContext): void {
  log
    .command("fsck")
    .description("derive the whole log again from the rows, and name the first entry that differs")
    .option("--from <entry>", "entries before this one were verified by an earlier run", wholeNumber, 0)
    .addOption(json)
    .addHelpText("after", "\nExit codes: 0 the log is whole; 7 something was changed.")
    .action(({ from, json: asJson }: { from: number; json?: boolean }) =>
      withRuntime(async ({ sql, ring }) => {
        const origins = [settings().logOrigin, ...(await listFormerOrigins(sql))];
        const keys = origins.flatMap((origin) => knownKeysOf(logIdentity(origin, ring.logKeys, ring.retiredLogKeys)));
        const progress = createProgress("log fsck", "entries");
        const sources = { check: checkSource(sql, ring), fact: factSource(sql) };
        const started = performance.now();
        const report = await checkLog({ sql, sources, keys, from, progress: progress.update });
        progress.finish();
        const rate = Math.round((report.verified * 1000) / (performance.now() - started));
        print(asJson ? JSON.stringify(report) : describeReport(report, from, rate));
        if (report.finding) process.exitCode = exitCodes.integrity;
      }),
    );
}

function describeReport(
  { size, verified, erased, checkpoints, finding }: FsckReport,
  from: number,
  rate: number,
): string {
  if (!finding) {
    const gone = erased > 0 ? `, ${erased} erased` : "";
    return `The log is whole: ${verified} of ${size} entries${gone}, ${checkpoints} checkpoints, ${rate} entries a second.`;
  }
  const where = finding.index === null ? "The log" : `Entry ${finding.index}`;
  return `${where}: ${finding.fault}.\nVerified before it: ${verified} entries; go on with --from ${from + verified}.`;
}

function addAbandonCommand(log: Command, { withRuntime, settings }: LogCommandContext): void {
  log
    .command("abandon")
    .description(
      "give up a log that lost what it published: a log of another name (LOG_ORIGIN) goes on from what is left",
    )
    .requiredOption("--reason <text>", "why, for the audit trail and for the log itself")
    .addOption(actor)
    .addOption(json)
    .addHelpText(
      "after",
      "\nWitnesses, monitors and the holders of receipts must be told: what was published stays provable.",
    )
    .action((options: CommonOptions & { reason: string }) =>
      withRuntime(async ({ db, sql }) => {
        const { dataDirectory, logOrigin: successor } = settings();
        const mark = publishedMark(dataDirectory);
        const published = mark.read();
        if (!published) throw new AppError("not-found", { note: `${mark.path} does not exist: no log was published` });
        const keptSize = await readTreeSize(sql);
        const { reason } = options;
        await db.transaction((tx) =>
          abandonLog(tx, actorOf(options.actor), { published, successor, keptSize, reason }),
        );
        const aside = mark.putAside();
        const { origin, size } = published;
        if (options.json) print(JSON.stringify({ abandoned: origin, publishedSize: size, keptSize, successor, aside }));
        else
          print(
            `${origin} ended with ${size} entries. ${successor} goes on from ${keptSize}; the checkpoint is kept in ${aside}.`,
          );
      }),
    );
}

type VerifyOptions = TrustOptions & {
  subjectName?: string;
  subjectNumber?: string;
  subjectCountry?: string;
};

function addReceiptCommand(program: Command): void {
  program
    .command("receipt")
    .description("receipts of checks (核查回执)")
    .command("verify")
    .description("verify a receipt without any service or database")
    .argument("<file>", "the .tlog-proof file")
    .requiredOption("--key <vkey>", "the log's verifier key; may be given more than once", collectLogKeys)
    .option("--witness <vkey>", "the key of a witness of the log; may be given more than once", collectWitnessKeys)
    .option("--quorum <n>", "how many of them must have cosigned (default: all)", wholeNumber)
    .option("--subject-name <name>", "the party's name, to see that the receipt is about them")
    .option("--subject-number <number>", "and the number of their document")
    .option("--subject-country <code>", "and the issuing country of a passport")
    .addHelpText("after", "\nExit codes: 0 the receipt holds; 7 it does not, or is about somebody else.")
    .action((file: string, options: VerifyOptions) => {
      const { holds, lines } = readReceiptFile(readText(file), trustOf(options), partyOf(options));
      print(lines.join("\n"));
      if (!holds) process.exitCode = exitCodes.integrity;
    });
}

function partyOf({ subjectName, subjectNumber, subjectCountry }: VerifyOptions): GivenParty | null {
  if (subjectName === undefined && subjectNumber === undefined) return null;
  if (subjectName === undefined || subjectNumber === undefined)
    throw new AppError("validation", { note: "--subject-name and --subject-number go together" });
  return { name: subjectName, number: subjectNumber, ...(subjectCountry && { country: subjectCountry }) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new AppError("not-found", { note: "the receipt file cannot be read" });
  }
}
