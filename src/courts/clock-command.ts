// The commands on deadlines and on the working calendar that they are counted by.
import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { actor, actorOf, type CommonOptions, json, print as printLine, wholeNumber } from "../platform/command-line.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { type Now, shanghaiDate, systemNow } from "../platform/time.ts";
import { importNotice, readCalendar, readNotices } from "./calendar.ts";
import { clockKinds, type ClockName } from "./clock-kinds.ts";
import { countDueUnknown, listClocks } from "./clock-queries.ts";
import { duties } from "./clock-record.ts";
import { clockNames, clockView } from "./clock-view.ts";
import { calendarVersion, knownThrough } from "./working-calendar.ts";

export type ClockCommandContext = {
  withRuntime: (work: (runtime: { db: Database }) => Promise<void>) => Promise<void>;
  now?: Now;
  /** Where results go. */
  print?: (text: string) => void;
};
type ClocksOptions = { overdue?: boolean; court?: string; kind?: ClockName; limit: number; json?: boolean };

export function addClockCommands(program: Command, context: ClockCommandContext): void {
  const { withRuntime, now = systemNow, print = printLine } = context;
  addCalendarCommand(program, context);
  program
    .command("clocks")
    .description("deadlines that run, what is due first first (期限)")
    .option("--overdue", "only duties whose last day has passed")
    .option("--court <code>", "of one court")
    .option("--kind <kind>", "of one kind", clockName)
    .option("--limit <n>", "how many", wholeNumber, 100)
    .addOption(json)
    .action((options: ClocksOptions) =>
      withRuntime(async ({ db }) => {
        const at = now();
        const filter = {
          courts: options.court === undefined ? null : [options.court],
          kind: options.kind,
          state: options.overdue ? ("overdue" as const) : ("open" as const),
          duties,
          today: shanghaiDate(at),
        };
        const clocks = (await listClocks(db, filter, null, options.limit)).map((row) => clockView(row, at));
        if (options.json) print(JSON.stringify({ clocks }));
        else if (clocks.length === 0) print(options.overdue ? "Nothing is overdue." : "No clock runs.");
        else for (const clock of clocks) print(describeClock(clock));
      }),
    );
}

function addCalendarCommand(program: Command, { withRuntime, print = printLine }: ClockCommandContext): void {
  const calendar = program.command("calendar").description("the working calendar (国务院办公厅节假日安排)");
  calendar
    .command("import")
    .description("take a year's holiday notice; every last day that it changes is moved")
    .argument("<file>", "the notice as JSON: year, title, issuedOn, holidays with name, from, to, workdays")
    .addOption(actor)
    .addOption(json)
    .action((file: string, options: CommonOptions) =>
      withRuntime(async ({ db }) => {
        const notice = readNoticeFile(file);
        const imported = await db.transaction((tx) => importNotice(tx, actorOf(options.actor), notice));
        const { outcome, year, movedClocks } = imported;
        print(options.json ? JSON.stringify(imported) : `${year}: ${outcome}, ${movedClocks} clocks moved.`);
      }),
    );
  calendar
    .command("show")
    .description("the notices in force, and how far the calendar reaches")
    .addOption(json)
    .action((options: { json?: boolean }) =>
      withRuntime(async ({ db }) => {
        const [known, notices] = [await readCalendar(db), await readNotices(db)];
        const through = knownThrough(known);
        const waiting = await countDueUnknown(db);
        if (options.json) {
          const version = calendarVersion(known);
          print(JSON.stringify({ version, knownThrough: through, clocksWithoutDue: waiting, notices }));
          return;
        }
        for (const { year, title, issuedOn, holidays } of notices)
          print(`${year}  ${title} (${issuedOn})\n${holidays.map(describeHoliday).join("\n")}`);
        print(`Known through ${through}; ${waiting} running clocks wait for a later notice.`);
      }),
    );
}

function describeHoliday({ name, from, to, workdays }: { name: string; from: string; to: string; workdays: string[] }) {
  return `  ${name} ${from} – ${to}${workdays.length > 0 ? `, worked: ${workdays.join(", ")}` : ""}`;
}

function describeClock({ kind, subject, court, startedOn, dueOn, state }: ReturnType<typeof clockView>): string {
  return `${dueOn ?? "due unknown"}  ${state}  ${kind}  ${subject}  ${court}  since ${startedOn}`;
}

function clockName(text: string): ClockName {
  const known = clockNames.find((name) => name === text);
  if (!known) throw new InvalidArgumentError(`It takes one of ${Object.keys(clockKinds).join(", ")}.`);
  return known;
}

function readNoticeFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new AppError("not-found", { note: "the notice cannot be read" });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("malformed-json");
  }
}
