// What operators see of deadlines: how many are overdue, and how far ahead the calendar reaches.
import type { Database } from "../platform/database.ts";
import { Gauge, type Registry } from "../platform/metrics.ts";
import type { Now } from "../platform/time.ts";
import { readCalendar } from "./calendar.ts";
import { countDueUnknown } from "./clock-queries.ts";
import { readOverdue } from "./clock-record.ts";
import { knownThrough } from "./working-calendar.ts";

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchClocks(registry: Registry, { db, now }: { db: Database; now: Now }): void {
  const gauge = (name: string, help: string, read: (gauge: Gauge) => Promise<void>, labelNames: string[] = []) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        await read(this).catch(() => this.reset());
      },
    });
  gauge(
    "shixin_clocks_overdue",
    "Duties whose last day has passed",
    async (overdue) => {
      for (const [kind, clocks] of await readOverdue(db, now())) overdue.set({ kind }, clocks);
    },
    ["kind"],
  );
  gauge("shixin_clocks_due_unknown", "Running clocks whose last day no holiday notice covers yet", async (unknown) =>
    unknown.set(await countDueUnknown(db)),
  );
  gauge("shixin_calendar_known_through", "Last day of the working calendar, in Unix seconds", async (last) => {
    const day = knownThrough(await readCalendar(db));
    if (day !== null) last.set(Date.parse(`${day}T00:00:00+08:00`) / 1000);
  });
}
