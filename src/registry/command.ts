// The commands on listings: what is left for a court to do, and the housekeeping after a term's end.
import { type Command, Option } from "commander";
import { systemActor } from "../courts/index.ts";
import { type CommonOptions, json, print as printLine, wholeNumber } from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { type Now, systemNow } from "../platform/time.ts";
import { expireListings } from "./expiry.ts";
import { type CourtTask, courtTasks } from "./listing-queries.ts";
import { readCases } from "./reading.ts";
import { summaryView } from "./resource.ts";

export type ListingCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  now?: Now;
  /** Where results go. */
  print?: (text: string) => void;
};
type TaskOptions = Pick<CommonOptions, "json"> & { court: string; task: CourtTask; limit: number };

export function addListingCommands(program: Command, context: ListingCommandContext): void {
  const { withRuntime, now = systemNow, print = printLine } = context;
  const listing = program.command("listing").description("listings of courts (名单信息)");
  listing
    .command("expire")
    .description("end what courts listed for a term that is over; checks stopped answering with it at its midnight")
    .addOption(json)
    .action((options: Pick<CommonOptions, "json">) =>
      withRuntime(async ({ db }) => {
        const expired = await expireListings(db, now());
        print(options.json ? JSON.stringify({ expired }) : `${expired} listings expired.`);
      }),
    );
  listing
    .command("tasks")
    .description("what is left for a court to do, newest first")
    .requiredOption("--court <code>", "such as 闽0203")
    .addOption(
      new Option("--task <task>", "to publish, to look at again, to shield nationally, to lift, to expire")
        .choices(courtTasks)
        .makeOptionMandatory(),
    )
    .option("--limit <n>", "how many", wholeNumber, 100)
    .addOption(json)
    .action(({ court, task, limit, json: asJson }: TaskOptions) =>
      withRuntime(async ({ db }) => {
        const page = { now: now(), before: null, limit };
        const found = await readCases(db, systemActor("command line"), { court, task }, page);
        const views = found.map((each) => summaryView(each, each.documents));
        if (asJson) print(JSON.stringify({ listings: views }));
        else if (views.length === 0) print("Nothing is left to do.");
        else for (const { id, state, list, caseNumber } of views) print(`${id}  ${state}  ${list}  ${caseNumber}`);
      }),
    );
}
