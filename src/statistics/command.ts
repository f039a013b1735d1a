// The commands on statistics: closing days, comparing them with the rows, figures as a table, and the rules of assessment.
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { systemActor } from "../courts/index.ts";
import { actor, actorOf, type CommonOptions, json, print as printLine } from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { exitCodes } from "../platform/exit-code.ts";
import { publicId } from "../platform/id.ts";
import { type Now, systemNow } from "../platform/time.ts";
import { readAgencyStatistics } from "./agency-statistics.ts";
import { closeDays } from "./closing.ts";
import { readCourtStatistics } from "./court-statistics.ts";
import { recountMonth, repairMonth } from "./recount.ts";
import { agencyStatisticsView, courtStatisticsView } from "./resource.ts";
import { editionFor, importRules, readEditions } from "./rule-edition.ts";
import type { Difference } from "./stored-queries.ts";
import { agencyTable, courtTable } from "./table.ts";

export type StatisticsCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  now?: Now;
  /** Where results go. */
  print?: (text: string) => void;
};
type MonthOptions = CommonOptions & { month: string };
type Context = Required<StatisticsCommandContext>;

export function addStatisticsCommands(program: Command, given: StatisticsCommandContext): void {
  const context = { now: systemNow, print: printLine, ...given };
  const statistics = program.command("statistics").description("figures and assessment (统计与考核)");
  addClosingCommands(statistics, context);
  addTableCommands(statistics, context);
  addRuleCommands(statistics.command("rules").description("the rules of assessment (考核规则)"), context);
}

function addClosingCommands(statistics: Command, { withRuntime, now, print }: Context): void {
  statistics
    .command("close-days")
    .description("count every day that is over; the service does it by itself")
    .addOption(json)
    .action((options: Pick<CommonOptions, "json">) =>
      withRuntime(async ({ db }) => {
        const closing = await closeDays(db, now());
        const { closed, judgedAgain, through } = closing;
        if (options.json) print(JSON.stringify(closing));
        else print(`${closed} days closed, ${judgedAgain} judged again; closed through ${through ?? "no day"}.`);
      }),
    );
  statistics
    .command("recount")
    .description("compare the stored figures of a month with the rows; exits with 7 where they differ")
    .requiredOption("--month <month>", "YYYY-MM", monthOption)
    .option("--repair", "store what the rows say")
    .option("--reason <text>", "why it is repaired, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((options: MonthOptions & { repair?: boolean; reason?: string }) =>
      withRuntime(async ({ db }) => {
        const { month, repair = false, reason } = options;
        if (repair !== (reason !== undefined))
          throw new AppError("validation", { note: "--repair and --reason go together" });
        const comparison = reason
          ? await repairMonth(db, { actor: actorOf(options.actor), reason }, month)
          : await recountMonth(db, month);
        const { days, figures, differences, uncountable } = comparison;
        if (options.json) print(JSON.stringify({ month, ...comparison, repaired: repair }));
        else {
          for (const difference of differences) print(describe(difference));
          print(
            `${days} days, ${figures} figures, ${differences.length} differ, ${uncountable} can be counted no more.`,
          );
        }
        if (differences.length > 0 && !repair) process.exitCode = exitCodes.integrity;
      }),
    );
}

function addTableCommands(statistics: Command, { withRuntime, now, print }: Context): void {
  statistics
    .command("agencies")
    .description("every agency's figures and points of a month, as CSV or JSON")
    .requiredOption("--month <month>", "YYYY-MM", monthOption)
    .addOption(json)
    .action(({ month, json: asJson }: MonthOptions) =>
      withRuntime(async ({ db }) => {
        const read = await readAgencyStatistics(db, month, now());
        print(asJson ? JSON.stringify(agencyStatisticsView(read)) : agencyTable(read.rows).trimEnd());
      }),
    );
  statistics
    .command("courts")
    .description("every court's figures of a month, as CSV or JSON")
    .requiredOption("--month <month>", "YYYY-MM", monthOption)
    .addOption(json)
    .action(({ month, json: asJson }: MonthOptions) =>
      withRuntime(async ({ db }) => {
        const read = await readCourtStatistics(db, systemActor("command line"), month, now());
        print(asJson ? JSON.stringify(courtStatisticsView(read)) : courtTable(read).trimEnd());
      }),
    );
}

function addRuleCommands(rules: Command, { withRuntime, print }: Context): void {
  rules
    .command("import")
    .description("take an edition of the rules; it holds from the month that it names")
    .argument("<file>", "JSON: edition, appliesFrom, basePoints, pointsMin, pointsMax, rules")
    .addOption(actor)
    .addOption(json)
    .action((file: string, options: CommonOptions) =>
      withRuntime(async ({ db }) => {
        const given = readRulesFile(file);
        const imported = await db.transaction((tx) => importRules(tx, actorOf(options.actor), given));
        const { outcome, edition, appliesFrom } = imported;
        print(options.json ? JSON.stringify(imported) : `${edition}: ${outcome}, applies from ${appliesFrom}.`);
      }),
    );
  rules
    .command("show")
    .description("the edition that holds for a month, as a file that can be imported again")
    .requiredOption("--month <month>", "YYYY-MM", monthOption)
    .action(({ month }: MonthOptions) =>
      withRuntime(async ({ db }) => {
        const edition = editionFor(await readEditions(db), month);
        if (!edition) throw new AppError("not-found", { note: "no edition applies to this month" });
        print(JSON.stringify(edition, null, 2));
      }),
    );
}

function monthOption(text: string): string {
  if (!/^20\d{2}-(?:0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError("It takes a month, YYYY-MM.");
  return text;
}

function describe({ day, scope, body, figure, part, stored, counted }: Difference): string {
  const whose = scope === "agency" ? publicId("agy", body) : body;
  const name = part === "" ? figure : `${figure}.${part}`;
  return `${day}  ${scope} ${whose}  ${name}: stored ${stored ?? "nothing"}, counted ${counted ?? "nothing"}`;
}

function readRulesFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new AppError("not-found", { note: "the rules cannot be read" });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("malformed-json");
  }
}
