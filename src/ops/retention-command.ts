// The command that gives up the months of the record whose time has come, with what every module needs checks for.
import type { Command } from "commander";
import {
  keptFrom,
  previewRetention,
  type Retention,
  retainRecords,
  type RetentionSettings,
} from "../checks/keeping/index.ts";
import { actor, actorOf, type CommonOptions, json, print } from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { systemNow } from "../platform/time.ts";
import { heldByObjections } from "../remedies/index.ts";
import { heldByFeedback, heldByIdentityRequests, heldBySanctions } from "../sanctions/index.ts";

const holdings = [heldByFeedback, heldBySanctions, heldByIdentityRequests, heldByObjections];

export type RetentionCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  retention: () => RetentionSettings;
};

export function addRetentionCommand(program: Command, { withRuntime, retention }: RetentionCommandContext): void {
  program
    .command("records")
    .description("records whose time has come (保存期限)")
    .command("retain")
    .description(
      "give up the checks that RETENTION keeps no longer; what open matters need stays, and every proof holds",
    )
    .option("--dry-run", "only say what would be given up and what is held back")
    .option("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .addHelpText("after", "\nExample:\n  shixin records retain --dry-run")
    .action((options: CommonOptions & { dryRun?: boolean; reason?: string }) =>
      withRuntime(async ({ db }) => {
        const { dryRun = false, reason } = options;
        if (dryRun === (reason !== undefined))
          throw new AppError("validation", { note: "either --dry-run, or --reason says why" });
        const years = retention().check_record ?? null;
        const plan = years === null ? null : { keptFrom: keptFrom(years, systemNow()), holdings };
        const act = { actor: actorOf(options.actor), reason: reason ?? "" };
        const done = plan && (await (dryRun ? previewRetention(db, plan) : retainRecords(db, act, plan)));
        if (options.json) print(JSON.stringify({ check_record: done && { years, dryRun, ...done } }));
        else print(done ? describe(done, dryRun) : "check_record: kept for good (RETENTION).");
      }),
    );
}

function describe({ until, rows, dropped, erased, held, heldFor }: Retention, isPreview: boolean): string {
  if (until === null) return "check_record: no month's time has come.";
  const reasons = heldFor.map(({ reason, checks }) => `${reason} ${checks}`).join(", ");
  return [
    `check_record: ${rows} checks from before ${until}.`,
    `${isPreview ? "Would be given up" : "Given up"}: ${dropped}.`,
    `Kept without personal data, because a closed matter names them: ${erased}.`,
    `Held back as they are: ${held}${reasons ? ` (${reasons})` : ""}.`,
  ].join("\n");
}
