// The commands on listings: what is left for a court to do, the housekeeping after a term's end, and listings without a
// court.
import { type Command, Option } from "commander";
import { systemActor } from "../courts/index.ts";
import {
  actor,
  actorOf,
  type CommonOptions,
  json,
  print as printLine,
  requireId,
  wholeNumber,
} from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Now, systemNow } from "../platform/time.ts";
import { expireListings } from "./expiry.ts";
import { type CourtTask, courtTasks } from "./listing-queries.ts";
import { findListing } from "./queries.ts";
import { readCases } from "./reading.ts";
import { summaryView } from "./resource.ts";
import { assignNamed, transferListing } from "./transfer.ts";

export type ListingCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  now?: Now;
  /** Where results go. */
  print?: (text: string) => void;
};
type AssignOptions = CommonOptions & { court: string; reason: string };
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
        const left: { listing: string; code: string }[] = [];
        const onLeft = (listing: string, code: string) => void left.push({ listing, code });
        const expired = await expireListings(db, now(), { onLeft });
        if (options.json) print(JSON.stringify({ expired, left }));
        else
          print([`${expired} listings expired.`, ...left.map(({ listing, code }) => `${listing}  ${code}`)].join("\n"));
      }),
    );
  addTaskCommand(listing, context);
  addAssignCommands(listing, context);
}

function addTaskCommand(listing: Command, { withRuntime, now = systemNow, print = printLine }: ListingCommandContext) {
  listing
    .command("tasks")
    .description("what is left for a court to do, newest first")
    .requiredOption("--court <code>", "such as 闽0203")
    .addOption(
      new Option(
        "--task <task>",
        "to publish, to look at again, to shield nationally, to lift, to expire, to assign (of 最高法: all)",
      )
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

/** Listings whose legacy case number names no court stand in no court's list until one has them. */
function addAssignCommands(
  listing: Command,
  { withRuntime, now = systemNow, print = printLine }: ListingCommandContext,
) {
  const reason = () => new Option("--reason <text>", "why, for the audit trail").makeOptionMandatory();
  listing
    .command("assign")
    .description("give a listing that stands in no court's list to a court")
    .argument("<listing>", "lst_…")
    .requiredOption("--court <code>", "such as 闽0203")
    .addOption(reason())
    .addOption(actor)
    .addOption(json)
    .action((id: string, { court, reason, ...options }: AssignOptions) =>
      withRuntime(async ({ db }) => {
        const found = await findListing(db, requireId("lst", id));
        if (!found) throw new AppError("not-found", { note: "no such listing" });
        const target = { id: found.id, version: found.version, now: now() };
        const operator = systemActor(actorOf(options.actor));
        await db.transaction((tx) => transferListing(tx, operator, target, { court, reason }));
        print(options.json ? JSON.stringify({ listing: id, court }) : `${id} is assigned to ${court}.`);
      }),
    );
  listing
    .command("assign-named")
    .description("give every such listing to the court whose name it bears, where one court alone bears or bore it")
    .addOption(reason())
    .addOption(actor)
    .addOption(json)
    .action(({ reason, ...options }: Omit<AssignOptions, "court">) =>
      withRuntime(async ({ db }) => {
        const assigned = await assignNamed(db, actorOf(options.actor), { reason, now: now() });
        print(options.json ? JSON.stringify({ assigned }) : `${assigned} listings are assigned.`);
      }),
    );
}
