// The commands on the record of checks.
import { type Command, InvalidArgumentError } from "commander";
import { actor, actorOf, type CommonOptions, json, print, requireId, time } from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { createProgress } from "../platform/progress.ts";
import { eraseChecksBefore, eraseChecksById } from "./erasure.ts";

type EraseOptions = CommonOptions & { before?: Date; check?: string[]; reason: string };

export function addRecordCommand(
  program: Command,
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>,
): void {
  program
    .command("record")
    .description("the record of checks (核查记录)")
    .command("erase")
    .description("erase the personal data of checks; that they were made stays on record, and every proof holds")
    .option("--before <time>", "every check made before (ISO 8601)", time)
    .option("--check <id>", "this check, chk_…; may be given more than once", collectIds)
    .requiredOption("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((options: EraseOptions) =>
      withRuntime(async ({ db }) => {
        const rows = await erase(db, options);
        print(options.json ? JSON.stringify({ erased: rows }) : `${rows} checks are erased.`);
      }),
    );
}

async function erase(db: Database, { before, check, reason, actor: name }: EraseOptions): Promise<number> {
  if ((before === undefined) === (check === undefined))
    throw new AppError("validation", { note: "either --before or --check says what is erased" });
  const erasure = { actor: actorOf(name), reason };
  if (check) return db.transaction((tx) => eraseChecksById(tx, erasure, check));
  const progress = createProgress("record erase", "checks");
  const rows = await eraseChecksBefore(db, erasure, before ?? new Date(0), progress.update);
  progress.finish();
  return rows;
}

function collectIds(text: string, ids: string[] = []): string[] {
  if (!text.startsWith("chk_")) throw new InvalidArgumentError("It takes the id of a check: chk_….");
  return [...ids, requireId("chk", text)];
}
