// SQL on the measures of agencies as a sanction needs them: the one of a code that is switched on.
import { and, eq, gte, isNotNull, isNull, lte, or } from "drizzle-orm";
import { agencyMeasure } from "../agencies/schema.ts";
import type { Reader } from "../platform/database.ts";

export type MeasureRow = typeof agencyMeasure.$inferSelect;

/** Both have approved it, nobody has withdrawn it, and it is in date. */
export async function findMeasureInForce(
  reader: Reader,
  agencyId: string,
  code: string,
  today: string,
): Promise<MeasureRow | null> {
  const [found] = await reader
    .select()
    .from(agencyMeasure)
    .where(
      and(
        eq(agencyMeasure.agencyId, agencyId),
        eq(agencyMeasure.code, code),
        isNotNull(agencyMeasure.creditApproval),
        isNotNull(agencyMeasure.courtApproval),
        isNull(agencyMeasure.withdrawnAt),
        lte(agencyMeasure.validFrom, today),
        or(isNull(agencyMeasure.validUntil), gte(agencyMeasure.validUntil, today)),
      ),
    );
  return found ?? null;
}
