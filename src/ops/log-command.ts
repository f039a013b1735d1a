// The commands on the public log: its keys, its verification, a receipt's, and watching another's log.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { abandonLog, findNewest, logIdentity, publishedMark, readTreeSize, verifierKeysOf } from "../audit/index.ts";
import { findPurpose } from "../agencies/index.ts";
import { type GivenParty, isAbout, partySentences, readReceiptFile } from "../checks/index.ts";
import { parseDocument } from "../identity/index.ts";
import { actor, actorOf, type CommonOptions, json, print, wholeNumber } from "../platform/command-line.ts";
import { AppError } from "../platform/error.ts";
import { exitCodes } from "../platform/exit-code.ts";
import { addFsckCommand } from "./fsck-command.ts";
import { collectLogKeys, collectWitnessKeys, type TrustOptions, trustOf } from "./key-option.ts";
import type { LogCommandContext } from "./log-command-context.ts";
import { addMonitorCommand } from "./monitor-command.ts";

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
        const published = mark.read() ?? (await findNewest(sql));
        if (!published) throw new AppError("not-found", { note: "no log was published from here" });
        const keptSize = await readTreeSize(sql);
        const { reason } = options;
        await db.transaction((tx) =>
          abandonLog(tx, actorOf(options.actor), { published, successor, keptSize, reason }),
        );
        mark.putAside();
        const { origin, size } = published;
        if (options.json) print(JSON.stringify({ abandoned: origin, publishedSize: size, keptSize, successor }));
        else print(`The log ${origin} ended with ${size} entries. ${successor} goes on from ${keptSize}.`);
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
      const party = partyOf(options);
      const titleOf = (code: string) => findPurpose(code)?.title;
      const { sentence, details, opening } = readReceiptFile(readBytes(file), trustOf(options), "zh", titleOf);
      print([sentence, ...details.map(([label, value]) => `${label}：${value}`)].join("\n"));
      const isTheirs = party === null || (opening !== null && isAbout(opening, party, parseDocument));
      if (opening && party) print(partySentences[isTheirs ? "agrees" : "differs"].zh);
      if (!opening || !isTheirs) process.exitCode = exitCodes.integrity;
    });
}

function partyOf({ subjectName, subjectNumber, subjectCountry }: VerifyOptions): GivenParty | null {
  if (subjectName === undefined && subjectNumber === undefined) return null;
  if (subjectName === undefined || subjectNumber === undefined)
    throw new AppError("validation", { note: "--subject-name and --subject-number go together" });
  return { name: subjectName, number: subjectNumber, ...(subjectCountry && { country: subjectCountry }) };
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new AppError("not-found", { note: "the receipt file cannot be read" });
  }
}
