// Whether the loads are what their facts in the public log say, for `fsck`.
import { canonicalJson, type Json } from "../audit/index.ts";
import type { Reader } from "../platform/database.ts";
import { publicId } from "../platform/id.ts";
import { activationOf, rollbackOf } from "./load-fact.ts";
import { listActivated, listLoadFacts, type LoadFact } from "./log-queries.ts";
import type { LoadRow } from "./queries.ts";

/** Loads that were activated before the first fact of a load are from before the log. */
export async function findStrayLoad(reader: Reader): Promise<string | null> {
  const facts = Map.groupBy(await listLoadFacts(reader), ({ subject }) => subject);
  const since = [...facts.values()]
    .flat()
    .map(({ at }) => at)
    .sort()[0];
  for (const row of await listActivated(reader)) {
    const id = publicId("lod", row.id);
    const known = facts.get(id);
    facts.delete(id);
    const isOlder = since === undefined || (row.finishedAt?.toISOString() ?? "") < since;
    if (known ? !isAsSaid(row, known) : !isOlder) return `what is said by ${id}`;
  }
  const [gone] = facts.keys();
  return gone === undefined ? null : `the removal of ${gone}`;
}

/** The roll-back has taken the place of the state that the activation left. */
function isAsSaid(row: LoadRow, known: readonly LoadFact[]): boolean {
  const [activation, rollback, ...more] = known.map(({ fact }) => fact);
  const { fact: activated } = activationOf(row);
  if (row.state === "activated") return !rollback && isEqual(activation, activated);
  const withoutState = {
    ...(activated as Record<string, Json>),
    state: activation?.["state"],
    rows: activation?.["rows"],
  };
  return more.length === 0 && isEqual(activation, withoutState as Json) && isEqual(rollback, rollbackOf(row).fact);
}

function isEqual(one: Json | undefined, other: Json): boolean {
  return one !== undefined && canonicalJson(one) === canonicalJson(other);
}
