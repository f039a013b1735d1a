// The commands on lists that arrive as files: importing one, looking at it, and deciding about it.
import { type Command, Option } from "commander";
import {
  actor,
  actorOf,
  type CommonOptions,
  json,
  print,
  requireId,
  time,
  wholeNumber,
} from "../platform/command-line.ts";
import { AppError } from "../platform/error.ts";
import type { FeedCommandContext } from "./command-context.ts";
import { readDifference } from "./difference.ts";
import { type ImportOptions, importList } from "./import-command.ts";
import { countsLine, describeDifference, describeLoad } from "./load-text.ts";
import { findLoad, listLoads } from "./queries.ts";
import { discardLoad, releaseLoad } from "./release.ts";
import { rollbackLoad } from "./rollback.ts";
import { addSourceCommand } from "./source-command.ts";
import { viewLoad } from "./view.ts";

export function addFeedCommand(program: Command, context: FeedCommandContext): void {
  const feed = program.command("feed").description("lists that arrive as files");
  addImportCommand(feed, context);
  addReadingCommands(feed, context);
  addDecisionCommands(feed, context);
  addSourceCommand(feed, context);
}

function addImportCommand(feed: Command, context: FeedCommandContext): void {
  feed
    .command("import")
    .description("load a list with the published field names")
    .argument("<file>")
    .requiredOption("--source <name>", "whose list it is, such as national or xiamen")
    .addOption(
      new Option("--mode <mode>", "a snapshot may end listings").choices(["snapshot", "delta"]).makeOptionMandatory(),
    )
    .option("--expect <rows>", "how many rows the file must have", wholeNumber)
    .option("--manifest <file>", "what came with the file: name, sha256, rows, asOf, sequence, baseState")
    .option("--as-of <time>", "the moment for which the file speaks (ISO 8601; default: 24 hours ago)", time)
    .addOption(
      new Option("--format <format>", "of the file, where its beginning does not tell").choices([
        "json-lines",
        "json-array",
        "csv",
        "tsv",
      ]),
    )
    .addOption(new Option("--encoding <encoding>", "of the file").choices(["utf-8", "gb18030"]))
    .option("--rejected <file>", "where rejected rows go (default: loads/ in the data directory)")
    .addOption(actor)
    .addOption(json)
    .addHelpText(
      "after",
      "\nExit codes: 0 active, or ready as its source asks; 3 active, but rows were rejected; 5 held or refused.",
    )
    .action((file: string, options: ImportOptions) =>
      context.withRuntime((runtime) => importList(runtime, context.settings(), file, options)),
    );
}

function addReadingCommands(feed: Command, { withRuntime }: FeedCommandContext): void {
  feed
    .command("list")
    .description("loads, newest first")
    .option("--limit <n>", "how many", wholeNumber, 20)
    .addOption(json)
    .action((options: { limit: number; json?: boolean }) =>
      withRuntime(async ({ db }) => {
        const loads = (await listLoads(db, options.limit)).map(viewLoad);
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
        print(JSON.stringify(viewLoad(row), null, options.json ? 0 : 2));
      }),
    );
  feed
    .command("diff")
    .description("what a load changes or would change, by court, and what it leaves against its file")
    .argument("<id>", "lod_…")
    .addOption(json)
    .action((id: string, options: { json?: boolean }) =>
      withRuntime(async ({ db }) => {
        const difference = await readDifference(db, requireId("lod", id));
        print(options.json ? JSON.stringify(difference) : describeDifference(difference));
      }),
    );
}

function addDecisionCommands(feed: Command, { withRuntime }: FeedCommandContext): void {
  const command = (name: string, description: string) =>
    feed.command(name).description(description).argument("<id>", "lod_…").addOption(actor).addOption(json);

  command("release", "let a held or ready load into the register; a held one needs a second person").action(
    (id: string, options: CommonOptions) =>
      withRuntime(async ({ url }) => {
        const load = await releaseLoad({ url, id: requireId("lod", id), actor: actorOf(options.actor) });
        print(options.json ? JSON.stringify(load) : describeLoad(load));
      }),
  );
  command("discard", "throw a held or ready load away")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .action((id: string, { reason, ...options }: CommonOptions & { reason: string }) =>
      withRuntime(async ({ url }) => {
        const load = await discardLoad({ url, id: requireId("lod", id), actor: actorOf(options.actor), reason });
        print(options.json ? JSON.stringify(load) : describeLoad(load));
      }),
    );
  command("rollback", "undo the last active load of a source; one that lists again needs a second person")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .action((id: string, { reason, ...options }: CommonOptions & { reason: string }) =>
      withRuntime(async ({ url }) => {
        const decision = { url, id: requireId("lod", id), actor: actorOf(options.actor), reason };
        const { load, undone } = await rollbackLoad(decision);
        print(options.json ? JSON.stringify({ ...load, undone }) : `${load.id} ${load.state}: ${countsLine(undone)}`);
        if (undone.leaves > 0 && !options.json) print(`What it leaves is named by: feed diff ${load.id}`);
      }),
    );
}
