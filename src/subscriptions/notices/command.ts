// The command that lists the removals which agencies were told of and have not acknowledged.
import type { Command } from "commander";
import { json, print as printLine, wholeNumber } from "../../platform/command-line.ts";
import type { Database } from "../../platform/database.ts";
import { type Now, shanghaiDate, systemNow } from "../../platform/time.ts";
import { listUnacknowledged } from "./notice-queries.ts";
import { unacknowledgedView } from "./resource.ts";

export type NoticeCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  now?: Now;
  /** Where results go. */
  print?: (text: string) => void;
};
type RemovalsOptions = { overdue?: boolean; court?: string; limit: number; json?: boolean };

export function addNoticeCommands(program: Command, context: NoticeCommandContext): void {
  const { withRuntime, now = systemNow, print = printLine } = context;
  program
    .command("notice")
    .description("notices to agencies (名单变动通知)")
    .command("unacknowledged")
    .description("removals that an agency was told of and has not acknowledged, newest first")
    .option("--overdue", "only those whose last day has passed")
    .option("--court <code>", "of one court")
    .option("--limit <n>", "how many", wholeNumber, 100)
    .addOption(json)
    .action((options: RemovalsOptions) =>
      withRuntime(async ({ db }) => {
        const today = shanghaiDate(now());
        const courts = options.court === undefined ? null : [options.court];
        const state = options.overdue ? "overdue" : "open";
        const rows = await listUnacknowledged(db, { courts, state, today }, null, options.limit);
        const removals = rows.map((row) => unacknowledgedView(row, today));
        if (options.json) print(JSON.stringify({ removals }));
        else if (removals.length === 0)
          print(options.overdue ? "Nothing is overdue." : "Every removal is acknowledged.");
        else for (const removal of removals) print(describeRemoval(removal));
      }),
    );
}

function describeRemoval({ dueOn, overdue, agency, listing, court }: ReturnType<typeof unacknowledgedView>): string {
  const due = dueOn ?? "due unknown";
  return `${due}  ${overdue ? "overdue" : "open"}  ${agency.name}  ${listing}  ${court.code ?? court.name}`;
}
