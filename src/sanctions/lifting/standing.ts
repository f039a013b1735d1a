// Where sanctions stand at this moment, whether or not the register's follower has come to the last change.
import type { Reader } from "../../platform/database.ts";
import { readEvidence } from "./evidence.ts";
import { type Standing, standingOf } from "./plan.ts";

/** By sanction. */
export async function readStandings(reader: Reader, ids: readonly string[], now: Date): Promise<Map<string, Standing>> {
  const evidence = await readEvidence(reader, ids);
  return new Map(evidence.map(({ sanction, facts }) => [sanction.id, standingOf(facts, now)]));
}
