// The command line: npm run -s shixin -- COMMAND. Results go to standard output, progress and warnings to standard error.
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { createAgency, issueKey, type NewAgency, revokeKey, rollKey } from "./agencies/index.ts";
import { describeApi } from "./app.ts";
import { ConfigurationError, parseConfig } from "./config.ts";
import { findLoad, importFile, listLoads, type LoadRow } from "./feeds/index.ts";
import { writeSynthetic } from "./feeds/synthetic/index.ts";
import { redactNumbers } from "./identity/index.ts";
import { openDatabase, openRuntime, registerLogCommands, type Runtime } from "./ops/index.ts";
import { AppError } from "./platform/error.ts";
import { exitCodeOf, exitCodes } from "./platform/exit-code.ts";
import { describeFailure } from "./platform/failure.ts";
import { publicId, uuidOf } from "./platform/id.ts";
import { migrate } from "./platform/migrations.ts";
import { createProgress } from "./platform/progress.ts";
import { shanghaiTime } from "./platform/time.ts";

const print = (text: string) => process.stdout.write(`${text}\n`);
const warn = (text: string) => process.stderr.write(`${text}\n`);
const json = new Option("--json", "print one JSON document");
const actor = new Option("--actor <name>", "who acts, for the audit trail").default(accountName());

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
      const { applied } = await migrate(database.url);
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
  .action((options: NewAgency & Common) =>
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

const key = program.command("key").description("API keys");
key
  .command("issue")
  .description("issue a further key to an agency")
  .requiredOption("--agency <id>", "agy_…")
  .option("--note <text>", "what it is for")
  .addOption(actor)
  .addOption(json)
  .action((options: Common & { agency: string; note?: string }) =>
    withRuntime(async ({ db, ring }) => {
      const agencyId = requireId("agy", options.agency);
      const issued = await db.transaction((tx) =>
        issueKey(tx, ring, actorOf(options.actor), { agencyId, note: options.note }),
      );
      printKey(issued.row.id, issued.key, options.json);
    }),
  );
key
  .command("revoke")
  .description("revoke a key: the next request that bears it is refused")
  .argument("<id>", "the key's public part: the 10 characters after sx_live_")
  .requiredOption("--reason <text>", "why, for the audit trail")
  .addOption(actor)
  .addOption(json)
  .action((id: string, options: Common & { reason: string }) =>
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
  .action((id: string, options: Common & { overlapMinutes: number }) =>
    withRuntime(async ({ db, ring }) => {
      const rolled = await db.transaction((tx) =>
        rollKey(tx, ring, actorOf(options.actor), id, options.overlapMinutes),
      );
      printKey(rolled.row.id, rolled.key, options.json);
    }),
  );

const feed = program.command("feed").description("lists that arrive as files");
feed
  .command("import")
  .description("load a list: JSON Lines or CSV with the published field names")
  .argument("<file>")
  .requiredOption("--source <name>", "whose list it is, such as national or xiamen")
  .addOption(
    new Option("--mode <mode>", "a snapshot may end listings").choices(["snapshot", "delta"]).makeOptionMandatory(),
  )
  .option("--expect <rows>", "how many rows the file must have", wholeNumber)
  .option("--as-of <time>", "the moment for which the file speaks (ISO 8601; default: 24 hours ago)", time)
  .option("--rejected <file>", "where rejected rows go (default: loads/ in the data directory)")
  .addOption(actor)
  .addOption(json)
  .action(importList);
feed
  .command("list")
  .description("loads, newest first")
  .option("--limit <n>", "how many", wholeNumber, 20)
  .addOption(json)
  .action((options: { limit: number; json?: boolean }) =>
    withRuntime(async ({ db }) => {
      const loads = (await listLoads(db, options.limit)).map(loadView);
      if (options.json) print(JSON.stringify({ loads }));
      else
        for (const load of loads) print(`${load.id}  ${load.startedAt}  ${load.source}  ${load.mode}  ${load.state}`);
    }),
  );
feed
  .command("show")
  .description("one load")
  .argument("<id>", "lod_…")
  .addOption(json)
  .action((id: string, options: { json?: boolean }) =>
    withRuntime(async ({ db }) => {
      const row = await findLoad(db, requireId("lod", id));
      if (!row) throw new AppError("not-found");
      print(JSON.stringify(loadView(row), null, options.json ? 0 : 2));
    }),
  );

registerLogCommands(program, { withRuntime, settings: () => parseConfig(process.env) });

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

type Common = { actor: string; json?: boolean };
type SynthOptions = Parameters<typeof writeSynthetic>[0] & { json?: boolean };
type ImportOptions = Common & {
  source: string;
  mode: "snapshot" | "delta";
  expect?: number;
  asOf?: Date;
  rejected?: string;
};

async function importList(file: string, options: ImportOptions): Promise<void> {
  const { dataDirectory } = parseConfig(process.env);
  const rejectedTo = options.rejected ?? rejectionsFile(dataDirectory, options.source);
  await withRuntime(async ({ url, ring }) => {
    const progress = createProgress(`feed import ${options.source}`, "rows");
    const load = await importFile({
      url,
      keyRing: ring,
      actor: actorOf(options.actor),
      source: options.source,
      mode: options.mode,
      file,
      ...(options.expect === undefined ? {} : { expected: options.expect }),
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      rejectedTo,
      // The rows of a file are known only at its end; its bytes tell how far the reading has come.
      progress: ({ rows, bytes, bytesTotal }) =>
        progress.update(rows, bytes > 0 ? Math.round((rows * bytesTotal) / bytes) : undefined),
    }).finally(() => {
      progress.finish();
      nameRejections(rejectedTo);
    });
    const { counts } = load;
    print(options.json ? JSON.stringify(load) : `${load.id} ${load.state}: ${countsLine(counts)}`);
    if (counts.rejected > 0) process.exitCode = exitCodes.partial;
  });
}

function rejectionsFile(dataDirectory: string, source: string): string {
  const folder = join(dataDirectory, "loads");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${source}-${Date.now()}.rejected.jsonl`);
}

/** Also after a refusal, which may be about them; a file without any row goes. */
function nameRejections(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return;
  if (found.size > 0) warn(`The rejected rows are in ${path}.`);
  else rmSync(path);
}

function countsLine(counts: NonNullable<LoadRow["counts"]>): string {
  const names = ["read", "accepted", "new", "changed", "unchanged", "ended", "superseded", "rejected"] as const;
  return names.map((name) => `${name} ${counts[name]}`).join(", ");
}

function loadView({ id, fileSha256, startedAt, finishedAt, asOf, ...row }: LoadRow) {
  return {
    id: publicId("lod", id),
    ...row,
    fileSha256: fileSha256?.toString("hex") ?? null,
    asOf: shanghaiTime(asOf),
    startedAt: shanghaiTime(startedAt),
    finishedAt: finishedAt ? shanghaiTime(finishedAt) : null,
  };
}

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

/** The account of the terminal; a container may run under a number without a name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}

function actorOf(name: string): string {
  return `operator:${name}`;
}

function requireId(prefix: "agy" | "lod", id: string): string {
  const uuid = uuidOf(prefix, id);
  if (uuid === null) throw new AppError("not-found");
  return uuid;
}

function commaList(text: string): string[] {
  return text.split(",").map((item) => item.trim());
}

function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("It takes a share from 0 to 1.");
  return value;
}

function time(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime())) throw new InvalidArgumentError("It takes a time of ISO 8601.");
  return value;
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
