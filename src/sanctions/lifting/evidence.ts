// The facts on sanctions as the plan wants them, read for many at once.
import type { Reader } from "../../platform/database.ts";
import {
  readChanges,
  readObligations,
  readRests,
  readSanctions,
  type RestEvidence,
  type SanctionEvidence,
} from "./evidence-queries.ts";
import type { Rest, SanctionFacts } from "./plan.ts";

export type Evidence = { sanction: SanctionEvidence; facts: SanctionFacts };

/** In the order of ids. */
export async function readEvidence(reader: Reader, ids: readonly string[]): Promise<Evidence[]> {
  const rests = await readRests(reader, ids);
  const changes = Map.groupBy(
    await readChanges(reader, [...new Set(rests.map(({ listingId }) => listingId))]),
    ({ listingId }) => listingId,
  );
  const restsOf = Map.groupBy(rests, ({ sanctionId }) => sanctionId);
  const obligationsOf = Map.groupBy(await readObligations(reader, ids), ({ sanctionId }) => sanctionId);
  const restOf = ({ listingId, names }: RestEvidence): Rest => {
    const said = changes.get(listingId) ?? [];
    return { listingId, names, isRevoked: said.at(-1)?.isRevoked ?? false, changes: said };
  };
  return (await readSanctions(reader, ids)).map((sanction) => {
    const { id, state, endsOn, since } = sanction;
    const own = uniqueRests(restsOf.get(id) ?? []).map(restOf);
    return { sanction, facts: { state, endsOn, since, rests: own, obligations: obligationsOf.get(id) ?? [] } };
  });
}

/** A listing that the sanction rests on is found among those of its party too. */
function uniqueRests(rests: readonly RestEvidence[]): RestEvidence[] {
  const byListing = new Map<string, RestEvidence>();
  for (const rest of rests) if (rest.names || !byListing.has(rest.listingId)) byListing.set(rest.listingId, rest);
  return [...byListing.values()];
}
