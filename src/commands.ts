// The commands: results go to standard output, progress and warnings to standard error.
import { writeFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import {
  addCatalogueCommands,
  addLimitCommand,
  addMeasureCommands,
  createAgency,
  issueKey,
  type NewAgency,
} from "./agencies/index.ts";
import { revokeKey, rollKey, type Scope, scopes } from "./agencies/index.ts";
import { describeApi } from "./app.ts";
import { addCheckCommand, addRecordCommand } from "./checks/index.ts";
import { addCanaryCommand } from "./checks/misuse/index.ts";
import { addClockCommands } from "./courts/index.ts";
import { ConfigurationError, parseConfig } from "./config.ts";
import { addCourtCommands } from "./courts/index.ts";
import { addFeedCommand } from "./feeds/index.ts";
import { writeSynthetic } from "./feeds/synthetic/index.ts";
import { redactNumbers } from "./identity/index.ts";
import {
  addRetentionCommand,
  migrateRegister,
  openDatabase,
  openRuntime,
  registerKeyRingCommands,
  registerLogCommands,
  registerWitnessCommand,
  type Runtime,
} from "./ops/index.ts";
import {
  actor,
  actorOf,
  commaList,
  type CommonOptions,
  json,
  print,
  requireId,
  share,
  warn,
  wholeNumber,
} from "./platform/command-line.ts";
import { addListingCommands } from "./registry/index.ts";
import { addStatisticsCommands } from "./statistics/index.ts";
import { addNoticeCommands } from "./subscriptions/notices/index.ts";
import { addWatchCommand } from "./subscriptions/watches/index.ts";
import { addLiftCommands } from "./sanctions/index.ts";
import { AppError } from "./platform/error.ts";
import { exitCodeOf, exitCodes } from "./platform/exit-code.ts";
import { describeFailure } from "./platform/failure.ts";
import { publicId } from "./platform/id.ts";
import { createProgress } from "./platform/progress.ts";

const program = new Command("shixin")
  .description("失信被执行人名单核查平台 · the register's command line")
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(redactNumbers(text)) })
  .exitOverride();

program
  .command("migrate")
  .description("bring the database to this version's schema")
  .action(async () => {
    const config = parseConfig(process.env);
    const database = await openDatabase({ ...config, report: warn });
    try {
      const { applied } = await migrateRegister(database.url);
      print(applied === 0 ? "The schema is current." : `${applied} migrations applied.`);
    } finally {
      await database.stop();
    }
  });

const agency = program.command("agency").description("agencies (联动单位)");
agency
  .command("create")
  .description("create an agency with its purposes and a first key")
  .requiredOption("--name <name>", "full name")
  .requiredOption("--purposes <codes>", "purpose codes of the catalogue, comma-separated", commaList)
  .option("--liaison <name>", "liaison officer (联络员)")
  .option("--deputy-liaison <name>", "deputy liaison officer")
  .option("--agreement-number <number>", "number of the data-sharing agreement")
  .option("--agreement-from <date>", "its first day, YYYY-MM-DD")
  .option("--agreement-until <date>", "its last day, YYYY-MM-DD")
  .option("--parent-system <name>", "the approval system that asks")
  .addOption(actor)
  .addOption(json)
  .addHelpText(
    "after",
    "\nExample:\n  shixin agency create --name 厦门市财政局 --purposes procurement.supplier_qualification --json",
  )
  .action((options: NewAgency & CommonOptions) =>
    withRuntime(async ({ db, ring }) => {
      const { actor, json: asJson, ...draft } = options;
      const created = await db.transaction(async (tx) => {
        const { id } = await createAgency(tx, actorOf(actor), draft);
        const { key } = await issueKey(tx, ring, actorOf(actor), { agencyId: id });
        return { id, key };
      });
      const view = { id: publicId("agy", created.id), name: draft.name, purposes: draft.purposes };
      if (asJson) print(JSON.stringify({ agency: view, key: created.key }));
      else print(`${view.id}  ${view.name}\n${created.key}\nThe key is shown this once.`);
    }),
  );
addLimitCommand(agency, { withRuntime, limits: () => parseConfig(process.env).limits });

const key = program.command("key").description("API keys");
key
  .command("issue")
  .description("issue a further key to an agency")
  .requiredOption("--agency <id>", "agy_…")
  .option("--scopes <names>", `what it may do, of ${scopes.join(", ")} (default: the checks)`, scopeList)
  .option("--sandbox", "a key of the sandbox (sx_test_…): answered from documented people, and nothing else")
  .option("--note <text>", "what it is for")
  .addOption(actor)
  .addOption(json)
  .action((options: CommonOptions & { agency: string; scopes?: Scope[]; sandbox?: boolean; note?: string }) =>
    withRuntime(async ({ db, ring }) => {
      const { scopes, sandbox, note } = options;
      if (sandbox && scopes) throw new InvalidArgumentError("A key of the sandbox has no scopes.");
      const agencyId = requireId("agy", options.agency);
      const issued = await db.transaction((tx) =>
        issueKey(tx, ring, actorOf(options.actor), { agencyId, scopes, sandbox, note }),
      );
      printKey(issued.row.id, issued.key, options.json);
    }),
  );
key
  .command("revoke")
  .description("revoke a key: the next request that bears it is refused")
  .argument("<id>", "the key's public part: the 10 characters after sx_live_ or sx_test_")
  .requiredOption("--reason <text>", "why, for the audit trail")
  .addOption(actor)
  .addOption(json)
  .action((id: string, options: CommonOptions & { reason: string }) =>
    withRuntime(async ({ db }) => {
      const row = await db.transaction((tx) => revokeKey(tx, actorOf(options.actor), id, options.reason));
      if (options.json) print(JSON.stringify({ id, revokedAt: row.revokedAt }));
      else print(`${id} is revoked.`);
    }),
  );
key
  .command("roll")
  .description("issue a successor and end the old key after an overlap")
  .argument("<id>", "the old key's public part")
  .option("--overlap-minutes <n>", "how long the old key still works", wholeNumber, 0)
  .addOption(actor)
  .addOption(json)
  .action((id: string, options: CommonOptions & { overlapMinutes: number }) =>
    withRuntime(async ({ db, ring }) => {
      const rolled = await db.transaction((tx) =>
        rollKey(tx, ring, actorOf(options.actor), id, options.overlapMinutes),
      );
      printKey(rolled.row.id, rolled.key, options.json);
    }),
  );

addCatalogueCommands(program, { withRuntime });
addMeasureCommands(program, { withRuntime });

addCourtCommands(program, { withRuntime });

addFeedCommand(program, {
  withRuntime,
  settings: () => {
    const { dataDirectory, feedGates } = parseConfig(process.env);
    return { dataDirectory, gates: feedGates };
  },
});

addClockCommands(program, { withRuntime });

addCheckCommand(program);
addRecordCommand(program, withRuntime);
addRetentionCommand(program, { withRuntime, retention: () => parseConfig(process.env).retention });
addCanaryCommand(program, withRuntime);
registerLogCommands(program, { withRuntime, settings: () => parseConfig(process.env) });
registerKeyRingCommands(program, () => parseConfig(process.env));
registerWitnessCommand(program);

addListingCommands(program, { withRuntime });
addNoticeCommands(program, { withRuntime });
addWatchCommand(program, withRuntime);
addLiftCommands(program, { withRuntime });

addStatisticsCommands(program, { withRuntime });

program
  .command("synth")
  .description("write an invented list: nobody in it exists")
  .requiredOption("--rows <n>", "how many rows", wholeNumber)
  .option("--seed <n>", "the same seed writes the same bytes", wholeNumber, 1)
  .addOption(new Option("--kind <kind>").choices(["national", "local"]).default("national"))
  .requiredOption("--out <file>", "the list, .jsonl or .csv")
  .option("--truth <file>", "what a check of each row must answer")
  .option("--flaws <share>", "share of flawed rows, 0 to 1", share, 0)
  .addOption(json)
  .action(async (options: SynthOptions) => {
    const { json: asJson, ...request } = options;
    const progress = createProgress("synth", "rows");
    const counts = await writeSynthetic({ ...request, progress: (rows) => progress.update(rows, options.rows) }).catch(
      (error: unknown) => {
        throw error instanceof RangeError ? new AppError("validation", { note: error.message }) : error;
      },
    );
    progress.finish();
    print(asJson ? JSON.stringify(counts) : `${counts.rows} rows written to ${options.out}`);
  });

program
  .command("openapi")
  .description("write the OpenAPI document")
  .option("--out <file>", "a file instead of standard output")
  .action(({ out }: { out?: string }) => {
    const document = describeApi();
    if (out) writeFileSync(out, document);
    else process.stdout.write(document);
  });

function scopeList(text: string): Scope[] {
  const named = new Set(commaList(text));
  const known = scopes.filter((scope) => named.has(scope));
  if (known.length !== named.size) throw new InvalidArgumentError(`It takes names of ${scopes.join(", ")}.`);
  return known;
}

type SynthOptions = Parameters<typeof writeSynthetic>[0] & { json?: boolean };
function printKey(id: string, value: string, asJson?: boolean): void {
  print(asJson ? JSON.stringify({ id, key: value }) : `${value}\nThe key is shown this once.`);
}

async function withRuntime(work: (runtime: Runtime) => Promise<void>): Promise<void> {
  const runtime = await openRuntime({ ...parseConfig(process.env), name: "command", report: warn });
  try {
    await work(runtime);
  } finally {
    await runtime.end();
  }
}

function reportFailure(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  } else if (error instanceof ConfigurationError) {
    warn(error.message);
    process.exitCode = exitCodes.usage;
  } else {
    warn(describeFailure(error));
    process.exitCode = exitCodeOf(error);
  }
}

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
}
