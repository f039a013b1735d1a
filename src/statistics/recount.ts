// The recount: the stored figures of a month against the rows that they were counted from.
import { appendAudit } from "../audit/index.ts";
import { readGivenUpUntil } from "../checks/keeping/index.ts";
import type { Database, Reader } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { firstDayOf, lastDayOf } from "./month.ts";
import { figureSources } from "./sources.ts";
import { type Comparison, compareFigures, lockClosing, replaceFigures } from "./stored-queries.ts";

/**
 * Days that are not closed have no stored figures, and nothing of them is compared. Of a month whose checks were given up
 * (`shixin records retain`) the stored figures are all there is: `erased`.
 */
export async function recountMonth(reader: Reader, month: string): Promise<Comparison> {
  const givenUpUntil = await readGivenUpUntil(reader);
  if (givenUpUntil !== null && firstDayOf(month) < givenUpUntil)
    throw new AppError("erased", {
      note: `checks from before ${givenUpUntil} were given up, and cannot be counted again`,
    });
  return compareFigures(reader, figureSources, { from: firstDayOf(month), to: lastDayOf(month) });
}

/** Stores what the rows say, wherever the figures of the month say something else. */
export async function repairMonth(
  db: Database,
  { actor, reason }: { actor: string; reason: string },
  month: string,
): Promise<Comparison> {
  return db.transaction(async (tx) => {
    if (!(await lockClosing(tx))) throw new AppError("conflict", { note: "days are being closed" });
    const comparison = await recountMonth(tx, month);
    const { differences } = comparison;
    if (differences.length === 0) return comparison;
    await replaceFigures(tx, differences);
    const detail = { differences: differences.length };
    await appendAudit(tx, { actor, action: "statistics.repair", subject: `statistics_${month}`, reason, detail });
    return comparison;
  });
}
