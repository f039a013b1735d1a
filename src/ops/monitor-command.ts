// The command that watches a log from outside.
import type { Command } from "commander";
import { type MonitorFinding, monitorLog } from "../audit/index.ts";
import { print, warn, wholeNumber } from "../platform/command-line.ts";
import { exitCodes } from "../platform/exit-code.ts";
import { collectLogKeys, collectWitnessKeys, type TrustOptions, trustOf } from "./key-option.ts";

const EVERY_SECONDS = 60;
const exitCodeOf: Record<MonitorFinding["kind"], number> = {
  forked: exitCodes.integrity,
  set_back: exitCodes.setBack,
  stalled: exitCodes.stalled,
};

type MonitorOptions = TrustOptions & { state: string; once?: boolean; every: number; stalledAfter?: number };

export function addMonitorCommand(log: Command): void {
  log
    .command("monitor")
    .description("follow a log from outside: whether it only ever grows, and shows what it signed")
    .argument("<url>", "where it is served: https://…/log")
    .requiredOption("--key <vkey>", "the log's verifier key; may be given more than once", collectLogKeys)
    .requiredOption("--state <directory>", "what was seen of it, 32 bytes an entry; evidence is written there")
    .option("--once", "look once")
    .option("--every <seconds>", "otherwise look so often", wholeNumber, EVERY_SECONDS)
    .option("--witness <vkey>", "the key of a witness of the log; may be given more than once", collectWitnessKeys)
    .option("--quorum <n>", "how many of them must have cosigned what counts as news (default: all)", wholeNumber)
    .option("--stalled-after <seconds>", "alarm when there has been no news for so long", wholeNumber)
    .addHelpText(
      "after",
      "\nExit codes: 0 all is well; 7 the log shows another past, or not what it signed; 8 it was set back;\n9 it stands still; 75 it does not answer (--once).",
    )
    .action(async (url: string, options: MonitorOptions) => {
      const { quorum, ...keys } = trustOf(options);
      const finding = await monitorLog({
        url: url.replace(/\/$/, ""),
        keys,
        quorum,
        directory: options.state,
        everySeconds: options.once ? null : options.every,
        stalledSeconds: options.stalledAfter ?? null,
        report: print,
      });
      if (!finding) return;
      warn(finding.sentence);
      process.exitCode = exitCodeOf[finding.kind];
    });
}
