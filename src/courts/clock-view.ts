// What leaves of a clock: the same object on the command line, on the API and beside what it is about.
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiTime } from "../platform/time.ts";
import { type ClockState, clockState } from "./clock.ts";
import { clockKinds, type ClockName } from "./clock-kinds.ts";
import type { ClockRow } from "./clock-queries.ts";

export const clockNames = Object.keys(clockKinds) as [ClockName, ...ClockName[]];
const states = [
  "running",
  "due_unknown",
  "stopped_in_time",
  "stopped_late",
  "overdue",
  "elapsed",
] as const satisfies ClockState[];

export const ClockView = z
  .object({
    id: z.string(),
    kind: z.enum(clockNames),
    article: z.string().openapi({ description: "What the deadline rests on" }),
    subject: z.string().openapi({ description: "The public id of what runs out" }),
    court: z.string().openapi({ description: "Whose duty it is" }),
    startedOn: z.iso.date().openapi({ description: "When the reason arose or reached the court; not counted" }),
    dueOn: z.iso.date().nullable().openapi({ description: "The last day; null while no notice covers it" }),
    state: z.enum(states),
    stoppedAt: z.iso.datetime({ offset: true }).nullable(),
  })
  .openapi("Clock");

export function clockView(row: ClockRow, now: Date): z.infer<typeof ClockView> {
  return {
    id: publicId("clk", row.id),
    kind: row.kind,
    article: clockKinds[row.kind].article,
    subject: row.subject,
    court: row.court,
    startedOn: row.startedOn,
    dueOn: row.dueOn,
    state: clockState(row, row.stoppedAt, now),
    stoppedAt: row.stoppedAt && shanghaiTime(row.stoppedAt),
  };
}
