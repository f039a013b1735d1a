// What a listing said before, and what each change made of it.
import type { Reader } from "../../platform/database.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { contentColumns, type Listing, type ListingContent, pickContent } from "../content.ts";
import { listVersions, type VersionRow } from "./queries.ts";

type Value = string | number | string[] | null;
type Change = { member: string; before: Value; after: Value };

/** Keys and what is computed from other members say nothing by themselves; officers and further columns are the file's. */
const unshown = new Set(["nameKeys", "caseNumber", "courtCode", "officers", "extra", "answersUntil"]);
const shown = contentColumns.filter((column) => !unshown.has(column));

export async function readVersions(reader: Reader, listing: Listing) {
  const rows = await listVersions(reader, listing.id);
  const after = [...rows.slice(1).map(({ content }) => content), pickContent(listing)];
  const versions = rows.map((row, at) => versionView(row, after[at] ?? row.content));
  return versions.toReversed();
}

function versionView({ version, source, replacedAt, loadId, undone, content }: VersionRow, after: ListingContent) {
  const byFile = undone ? ("roll_back" as const) : ("file" as const);
  const replacedBy = loadId === null ? ("court" as const) : byFile;
  return { version, source, replacedAt: shanghaiTime(replacedAt), replacedBy, changes: changesBetween(content, after) };
}

function changesBetween(before: ListingContent, after: ListingContent): Change[] {
  return shown
    .map((member) => ({ member, before: before[member] as Value, after: after[member] as Value }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
