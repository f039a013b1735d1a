// Whether the sanctions are what their facts in the public log say, for `fsck`.
import { canonicalJson, type Json } from "../audit/index.ts";
import type { Reader } from "../platform/database.ts";
import { publicId, uuidOf } from "../platform/id.ts";
import { cancellationOf, impositionOf, liftOf } from "./fact.ts";
import {
  findMissing,
  listFactsOf,
  listSanctionsAfter,
  listSanctionSubjects,
  type SanctionFact,
} from "./log-queries.ts";
import { listSanctionListings, type SanctionListingRow, type SanctionRow } from "./sanction-queries.ts";

const ROWS = 1_000;
const NIL_UUID = "00000000-0000-0000-0000-000000000000";

export async function findStraySanction(reader: Reader): Promise<string | null> {
  return (await findAltered(reader)) ?? (await findRemoved(reader));
}

/** A sanction that no entry speaks of, or that says something else than its entries. */
async function findAltered(reader: Reader): Promise<string | null> {
  for (let after = NIL_UUID; ;) {
    const rows = await listSanctionsAfter(reader, after, ROWS);
    const last = rows.at(-1);
    if (!last) return null;
    const ids = rows.map(({ id }) => id);
    const listings = Map.groupBy(await listSanctionListings(reader, ids), ({ sanctionId }) => sanctionId);
    const facts = await listFactsOf(
      reader,
      ids.map((id) => publicId("san", id)),
    );
    const said = Map.groupBy(facts, ({ subject }) => subject);
    const stray = rows.find(
      (row) => !isAsSaid(row, listings.get(row.id) ?? [], said.get(publicId("san", row.id)) ?? []),
    );
    if (stray) return `what is said by ${publicId("san", stray.id)}`;
    after = last.id;
  }
}

/** Entries of a sanction that is not there. */
async function findRemoved(reader: Reader): Promise<string | null> {
  for (let after = ""; ;) {
    const subjects = await listSanctionSubjects(reader, after, ROWS);
    const last = subjects.at(-1);
    if (last === undefined) return null;
    const missing = await findMissing(
      reader,
      subjects.map((subject) => uuidOf("san", subject) ?? NIL_UUID),
    );
    if (missing !== null) return `the removal of ${publicId("san", missing)}`;
    after = last;
  }
}

/** It was imposed as it stands; what ended it, if an act did, is the only other thing said. */
function isAsSaid(
  row: SanctionRow,
  listings: readonly SanctionListingRow[],
  [imposed, ended, ...more]: readonly SanctionFact[],
): boolean {
  const first = listings.filter(({ since }) => since.getTime() === row.recordedAt.getTime());
  if (!isEqual(imposed, impositionOf(row, first).fact) || more.length > 0) return false;
  switch (row.state) {
    case "active":
    case "completed":
      return !ended;
    case "ended_by_date":
      return !ended && row.endsOn !== null;
    case "lifted":
      return isEqual(ended, liftOf(row).fact);
    case "cancelled":
      return isCancellation(row, ended);
  }
}

/** When and by which report stands in the entry alone. */
function isCancellation(row: SanctionRow, said: SanctionFact | undefined): boolean {
  const { feedback, at } = said?.fact ?? {};
  const feedbackId = typeof feedback === "string" ? uuidOf("fbk", feedback) : null;
  const instant = new Date(typeof at === "string" ? at : Number.NaN);
  if (feedbackId === null || Number.isNaN(instant.getTime())) return false;
  return isEqual(said, cancellationOf(row, feedbackId, instant).fact);
}

function isEqual(said: SanctionFact | undefined, fact: Json): boolean {
  return said !== undefined && canonicalJson(said.fact) === canonicalJson(fact);
}
