// The commands on what agencies owe a party that is off the list.
import type { Command } from "commander";
import { json, print as printLine, requireId, wholeNumber } from "../../platform/command-line.ts";
import type { Database } from "../../platform/database.ts";
import { type Now, shanghaiDate, systemNow } from "../../platform/time.ts";
import { countOpenObligations, listObligationCases } from "./obligation-queries.ts";
import { courtObligationView } from "./resource.ts";

export type LiftCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  now?: Now;
  /** Where results go. */
  print?: (text: string) => void;
};
type OverdueOptions = { agency?: string; court?: string; limit: number; json?: boolean };

export function addLiftCommands(program: Command, context: LiftCommandContext): void {
  const { withRuntime, now = systemNow, print = printLine } = context;
  program
    .command("lift")
    .description("sanctions that are to be lifted (惩戒解除)")
    .command("overdue")
    .description("what should have been lifted by now, by which agency")
    .option("--agency <id>", "of one agency, agy_…")
    .option("--court <code>", "after listings of one court")
    .option("--limit <n>", "how many", wholeNumber, 100)
    .addOption(json)
    .action((options: OverdueOptions) =>
      withRuntime(async ({ db }) => {
        const today = shanghaiDate(now());
        const agencyId = options.agency === undefined ? undefined : requireId("agy", options.agency);
        const courts = options.court === undefined ? null : [options.court];
        const rows = await listObligationCases(db, { agencyId, courts, state: "overdue", today }, null, options.limit);
        const obligations = rows.map((row) => courtObligationView(row, today));
        const counts = await countOpenObligations(db, today);
        if (options.json) print(JSON.stringify({ counts, obligations }));
        else if (obligations.length === 0) print("Nothing is overdue.");
        else for (const one of obligations) print(describe(one));
      }),
    );
}

function describe({ id, dueOn, agency, measure, listing, court }: ReturnType<typeof courtObligationView>): string {
  return `${dueOn ?? "due unknown"}  ${id}  ${agency}  ${measure.code} ${measure.title}  ${listing}  ${court ?? "-"}`;
}
