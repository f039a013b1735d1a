// The commands on the measures of agencies, for operators: approvals that were given on paper are recorded with the
// names of those who gave them.
import { type Command, InvalidArgumentError, Option } from "commander";
import { actor, actorOf, type CommonOptions, json, print, requireId } from "../platform/command-line.ts";
import { publicId } from "../platform/id.ts";
import { isCalendarDate } from "../platform/time.ts";
import { approveMeasure, isSwitchedOn, type MeasureActor, proposeMeasure, withdrawMeasure } from "./agency-measure.ts";
import { type AgencyCommandContext, readJsonFile } from "./catalogue-command.ts";
import { listMeasures, type MeasureRow } from "./measure-queries.ts";
import { parseProposal } from "./proposal.ts";
import { measureView } from "./resource.ts";

const LISTED_MAX = 1_000;

type ApproveOptions = CommonOptions & { authority: "credit" | "court"; by: string; document: string; dated: string };

export function addMeasureCommands(program: Command, context: AgencyCommandContext): void {
  const measure = program.command("measure").description("measures switched on for agencies (单位启用的惩戒措施)");
  addProposalCommands(measure, context);
  addDecisionCommands(measure, context);
}

function addProposalCommands(measure: Command, { withRuntime }: AgencyCommandContext): void {
  measure
    .command("propose")
    .description("propose a measure for an agency; the credit authority and the court approve it")
    .argument(
      "<file>",
      "JSON: code, purposes, legalBasis, article, basicList, validFrom; a LOCAL-… one with its regulation",
    )
    .requiredOption("--agency <id>", "agy_…")
    .addOption(actor)
    .addOption(json)
    .action((file: string, options: CommonOptions & { agency: string }) =>
      withRuntime(async ({ db }) => {
        const given = { agencyId: requireId("agy", options.agency), proposal: parseProposal(readJsonFile(file)) };
        const row = await db.transaction((tx) => proposeMeasure(tx, operator(options), { ...given, now: new Date() }));
        show(row, options);
      }),
    );
  measure
    .command("list")
    .description("the measures of an agency, the latest proposal first")
    .requiredOption("--agency <id>", "agy_…")
    .addOption(json)
    .action((options: CommonOptions & { agency: string }) =>
      withRuntime(async ({ db }) => {
        const rows = await listMeasures(db, requireId("agy", options.agency), null, LISTED_MAX);
        if (options.json) print(JSON.stringify({ measures: rows.map(measureView) }));
        else if (rows.length === 0) print("Nothing is proposed or switched on.");
        else for (const row of rows) show(row, {});
      }),
    );
}

function addDecisionCommands(measure: Command, { withRuntime }: AgencyCommandContext): void {
  measure
    .command("approve")
    .description("record an approval that was given on paper; with both the measure is switched on")
    .argument("<id>", "ams_…")
    .addOption(
      new Option("--authority <authority>", "the credit authority (信用牵头部门) or the court")
        .choices(["credit", "court"])
        .makeOptionMandatory(),
    )
    .requiredOption("--by <name>", "who signed the paper")
    .requiredOption("--document <number>", "the number of the paper")
    .requiredOption("--dated <date>", "its date, YYYY-MM-DD", day)
    .addOption(actor)
    .addOption(json)
    .action((id: string, options: ApproveOptions) =>
      withRuntime(async ({ db }) => {
        const { authority, by: name, document: number, dated: datedOn } = options;
        const approval = { authority, person: personOf(name), name, document: { number, datedOn } };
        const target = { id: requireId("ams", id), now: new Date() };
        show(await db.transaction((tx) => approveMeasure(tx, operator(options), { ...approval, ...target })), options);
      }),
    );
  measure
    .command("withdraw")
    .description("withdraw a measure: the next answer does not offer it")
    .argument("<id>", "ams_…")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .addOption(actor)
    .addOption(json)
    .action((id: string, options: CommonOptions & { reason: string }) =>
      withRuntime(async ({ db }) => {
        const target = { id: requireId("ams", id), reason: options.reason, now: new Date() };
        show(await db.transaction((tx) => withdrawMeasure(tx, operator(options), target)), options);
      }),
    );
}

function operator({ actor: name }: Pick<CommonOptions, "actor">): MeasureActor {
  return { auditName: actorOf(name), person: personOf(name) };
}

/** On paper people are known by their names only. */
function personOf(name: string): string {
  return `person:${name.trim()}`;
}

function show(row: MeasureRow, options: Pick<CommonOptions, "json">): void {
  if (options.json) print(JSON.stringify({ measure: measureView(row) }));
  else {
    const state = row.withdrawnAt !== null ? "withdrawn" : isSwitchedOn(row) ? "switched on" : "proposed";
    print(`${publicId("ams", row.id)}\t${row.code}\t${state}\t${row.validFrom}–${row.validUntil ?? ""}\t${row.title}`);
  }
}

function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError("It takes a date, YYYY-MM-DD.");
  return text;
}
