// Whether the answer of a check offered a measure, and whether the agency still has it.
import type { Transaction } from "../platform/database.ts";
import { findMeasureInForce, type MeasureRow } from "./offer-queries.ts";
import type { SanctionRow } from "./sanction-queries.ts";
import type { CheckRow } from "./task-queries.ts";

export type OfferedMeasure = Pick<MeasureRow, "code" | "title" | "effect" | "conditions"> & {
  legalBasis: string;
  lists: SanctionRow["lists"];
};

type Match = NonNullable<CheckRow["matches"]>[number];

/**
 * The measure `code` as it is switched on for the agency today; null where the answer did not offer this very measure. A
 * `review` offers none: what counts there is what it would have offered, had the `settled` matches been exact.
 */
export async function findOffer(
  tx: Transaction,
  check: CheckRow,
  code: string,
  { settled, today }: { settled: readonly Match[]; today: string },
): Promise<OfferedMeasure | null> {
  const measure = await findMeasureInForce(tx, check.agencyId, code, today);
  if (!measure) return null;
  const isOffered =
    check.outcome === "listed"
      ? check.measures?.some(({ measureId }) => measureId === measure.id)
      : wouldBeOffered(measure, check, settled);
  if (!isOffered) return null;
  const { title, effect, conditions, legalBasis, article } = measure;
  const lists = measure.lists.filter((list) => check.lists.includes(list)) as SanctionRow["lists"];
  return { code, title, effect, conditions, lists, legalBasis: `${legalBasis} ${article}` };
}

const organisationKinds = new Set(["uscc", "organization_code", "registration_number"]);

/** By the same conditions as the statement that answers (`src/checks/measure-sql.ts`). */
function wouldBeOffered(measure: MeasureRow, check: CheckRow, settled: readonly Match[]): boolean {
  const kinds = organisationKinds.has(check.documentKind) ? ["legal_person", "unincorporated_org"] : ["natural_person"];
  return (
    measure.purposes.includes(check.purpose) &&
    measure.roles.includes(check.role) &&
    measure.subjectKinds.some((kind) => kinds.includes(kind)) &&
    settled.some(({ list }) => measure.lists.includes(list))
  );
}
