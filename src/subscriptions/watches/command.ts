// The command that ends a watch on order and erases whom it watched.
import type { Command } from "commander";
import { actor, actorOf, type CommonOptions, json, print, requireId } from "../../platform/command-line.ts";
import type { Database } from "../../platform/database.ts";
import { eraseWatch } from "./watch.ts";

export function addWatchCommand(
  program: Command,
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>,
): void {
  program
    .command("watch")
    .description("watches of agencies (关注)")
    .command("erase")
    .description("end a watch and erase whom it watched; that it was put up stays on record")
    .argument("<id>", "wat_…")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((id: string, options: CommonOptions & { reason: string }) =>
      withRuntime(async ({ db }) => {
        const erasure = { actor: actorOf(options.actor), reason: options.reason };
        await db.transaction((tx) => eraseWatch(tx, erasure, requireId("wat", id)));
        print(options.json ? JSON.stringify({ erased: id }) : `${id} is ended and erased.`);
      }),
    );
}
