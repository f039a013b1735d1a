// The commands on courts: the table, a file that adds to it, and the keys of their case-management systems.
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { actor, actorOf, commaList, type CommonOptions, json, print, time } from "../platform/command-line.ts";
import type { Connection } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { type CourtScope, courtScopes } from "./access.ts";
import { addStaffCommand } from "./accounts/index.ts";
import { importCourts, parseCourtFile } from "./court.ts";
import { findCourt, listCourtNames, listCourts } from "./court-queries.ts";
import { issueCourtKey, revokeCourtKey } from "./key.ts";
import { courtView, namedCourtView } from "./operations.ts";

export type CourtCommandContext = {
  withRuntime: (work: (runtime: Pick<Connection, "db"> & { ring: KeyRing }) => Promise<void>) => Promise<void>;
};

export function addCourtCommands(program: Command, context: CourtCommandContext): void {
  const court = program.command("court").description("courts (法院)");
  addTableCommands(court, context);
  addKeyCommands(court, context);
  addStaffCommand(program, context);
}

function addTableCommands(court: Command, { withRuntime }: CourtCommandContext): void {
  court
    .command("list")
    .description("every court, by code")
    .addOption(json)
    .action((options: CommonOptions) =>
      withRuntime(async ({ db }) => {
        const rows = (await listCourts(db)).map(courtView);
        if (options.json) print(JSON.stringify({ courts: rows }));
        else for (const { code, level, name } of rows) print(`${code}\t${level}\t${name}`);
      }),
    );
  court
    .command("show")
    .description("one court, with its names through time")
    .argument("<code>", "as in case numbers, such as 闽0203")
    .addOption(json)
    .action((code: string, options: CommonOptions) =>
      withRuntime(async ({ db }) => {
        const found = await findCourt(db, code);
        if (!found) throw new AppError("not-found", { note: "no such court" });
        const view = namedCourtView(found, await listCourtNames(db, code));
        if (options.json) print(JSON.stringify({ court: view }));
        else for (const [name, value] of Object.entries(view)) if (value !== null) print(`${name}: ${textOf(value)}`);
      }),
    );
  court
    .command("import")
    .description("add courts, or replace what is known under their codes")
    .argument("<file>", 'JSON: { "courts": [{ "code", "level", "region", "higher", "names": [{ "name" }] }] }')
    .addOption(actor)
    .addOption(json)
    .action((file: string, options: CommonOptions) =>
      withRuntime(async ({ db }) => {
        const courts = parseCourtFile(readJsonFile(file));
        const count = await db.transaction((tx) => importCourts(tx, actorOf(options.actor), courts));
        print(options.json ? JSON.stringify({ courts: count }) : `${count} courts written.`);
      }),
    );
}

function addKeyCommands(court: Command, { withRuntime }: CourtCommandContext): void {
  const key = court.command("key").description("keys of courts' case-management systems");
  key
    .command("issue")
    .description("issue a key: its system does what a clerk may, for a person that each request names")
    .requiredOption("--court <code>", "such as 闽0203")
    .requiredOption("--scopes <names>", `of ${courtScopes.join(", ")}`, scopeList)
    .option("--note <text>", "what it is for")
    .option("--expires <time>", "when it ends by itself (ISO 8601)", time)
    .addOption(actor)
    .addOption(json)
    .action((options: CommonOptions & { court: string; scopes: CourtScope[]; note?: string; expires?: Date }) =>
      withRuntime(async ({ db, ring }) => {
        const { court, scopes, note, expires: expiresAt } = options;
        const draft = { court, scopes, note, expiresAt };
        const issued = await db.transaction((tx) => issueCourtKey(tx, ring, actorOf(options.actor), draft));
        if (options.json) print(JSON.stringify({ id: issued.row.id, key: issued.key }));
        else print(`${issued.key}\nThe key is shown this once.`);
      }),
    );
  key
    .command("revoke")
    .description("revoke a key: the next request that bears it is refused")
    .argument("<id>", "the key's public part: the 10 characters after sx_live_")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((id: string, options: CommonOptions & { reason: string }) =>
      withRuntime(async ({ db }) => {
        const row = await db.transaction((tx) => revokeCourtKey(tx, actorOf(options.actor), id, options.reason));
        print(options.json ? JSON.stringify({ id, revokedAt: row.revokedAt }) : `${id} is revoked.`);
      }),
    );
}

function scopeList(text: string): CourtScope[] {
  const named = new Set(commaList(text));
  const known = courtScopes.filter((scope) => named.has(scope));
  if (known.length !== named.size) throw new InvalidArgumentError(`It takes names of ${courtScopes.join(", ")}.`);
  return known;
}

function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const note = error instanceof SyntaxError ? "the file is not JSON" : "the file cannot be read";
    throw new AppError("validation", { note });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
