// The commands on editions of the catalogue.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { actor, actorOf, type CommonOptions, json, print } from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { shanghaiTime } from "../platform/time.ts";
import { activateEdition, importEdition, readActiveEdition, readEdition, readEditions } from "./catalogue.ts";

export type AgencyCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
};

export function addCatalogueCommands(program: Command, { withRuntime }: AgencyCommandContext): void {
  const catalogue = program.command("catalogue").description("editions of the catalogue of measures (惩戒措施目录)");
  catalogue
    .command("import")
    .description("take an edition in and make it the active one; what is switched on keeps its words")
    .argument("<file>", "JSON, as `catalogue show --json` prints it, under a name of its own")
    .addOption(actor)
    .addOption(json)
    .action((file: string, options: CommonOptions) =>
      withRuntime(async ({ db }) => {
        const content = readJsonFile(file);
        const { edition, measures } = await db.transaction((tx) => importEdition(tx, actorOf(options.actor), content));
        if (options.json) print(JSON.stringify({ edition, measures: measures.length }));
        else print(`Edition ${edition} with ${measures.length} measures is active.`);
      }),
    );
  catalogue
    .command("list")
    .description("every edition, and which is active")
    .addOption(json)
    .action((options: Pick<CommonOptions, "json">) =>
      withRuntime(async ({ db }) => {
        const editions = await readEditions(db);
        if (options.json) print(JSON.stringify({ editions }));
        else
          for (const { name, active, measures, importedAt } of editions)
            print(`${active ? "*" : " "} ${name}\t${measures}\t${importedAt ? shanghaiTime(importedAt) : "shipped"}`);
      }),
    );
  catalogue
    .command("show")
    .description("the measures of an edition, by default of the active one")
    .argument("[name]")
    .addOption(json)
    .action((name: string | undefined, options: Pick<CommonOptions, "json">) =>
      withRuntime(async ({ db }) => {
        const edition = await (name === undefined ? readActiveEdition(db) : readEdition(db, name));
        if (options.json) print(JSON.stringify(edition));
        else for (const { code, effect, title } of edition.measures) print(`${code}\t${effect}\t${title}`);
      }),
    );
  catalogue
    .command("activate")
    .description("make a known edition the active one: what is proposed from now on is taken from it")
    .argument("<name>")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .action((name: string, options: CommonOptions & { reason: string }) =>
      withRuntime(async ({ db }) => {
        await db.transaction((tx) => activateEdition(tx, actorOf(options.actor), name, options.reason));
        print(`Edition ${name} is active.`);
      }),
    );
}

export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new AppError("validation", { note: "the file is not there, or is not JSON" });
  }
}
