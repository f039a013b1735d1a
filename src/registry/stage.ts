// The stage of a load: an unlogged table of its own, one row for each accepted row of the file.
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { contentColumns, contentHash, type ListingContent } from "./content.ts";
import { naturalKey } from "./natural-key.ts";
import { type Party, type PartyKeys, sealNumber } from "./party.ts";
import { listing } from "./schema.ts";

/** The name of a stage table, as `stageOf` makes it. */
export type Stage = `stage_${string}`;

export type StagedListing = {
  /** Of the file, from 1. */
  line: number;
  /** The row says that its listing has ended. */
  removed: boolean;
  /** The id that the listing takes if it is new. */
  listingId: string;
  party: Party;
  content: ListingContent;
};

export type RowIdentity = { naturalKey: string; contentHash: string };

export type StagedValue = string | number | boolean | Buffer | string[] | null;

const columns = getTableColumns(listing);
const content = contentColumns.map((key) => ({ name: columns[key].name, type: columns[key].getSQLType() }));
/** The columns that a listing and its staged row share. */
export const contentNames: string[] = content.map(({ name }) => name);

const stageTable = [
  { name: "line", type: "integer not null" },
  { name: "removed", type: "boolean not null" },
  { name: "natural_key", type: "uuid not null" },
  { name: "content_hash", type: "uuid not null" },
  { name: "kind", type: "text not null" },
  // Null from here on in a row that was known to be live as it is.
  { name: "listing_id", type: "uuid" },
  { name: "subject_id", type: "uuid" },
  { name: "party_kind", type: "text" },
  { name: "blind_index", type: "bytea" },
  { name: "masked", type: "text" },
  { name: "number_sealed", type: "bytea" },
  { name: "further_index", type: "bytea" },
  { name: "further_kind", type: "text" },
  { name: "further_masked", type: "text" },
  { name: "further_sealed", type: "bytea" },
  ...content,
];

/** In the order of `stagedValues`. */
export const stageColumns: string[] = stageTable.map(({ name }) => name);
const noValues = stageTable.filter(({ type }) => !type.endsWith("not null")).map(() => null);

export function stageOf(loadId: string): Stage {
  return `stage_${loadId.replaceAll("-", "")}`;
}

export async function createStage(tx: Transaction, stage: Stage): Promise<void> {
  const definition = stageTable.map(({ name, type }) => `${name} ${type}`).join(", ");
  await tx.execute(sql`create unlogged table ${sql.identifier(stage)} (${sql.raw(definition)})`);
}

/**
 * A fresh table has no statistics, and the comparison is planned on those of the columns that it joins and chooses by:
 * all of its columns would take half a second of a small file.
 */
export async function analyzeStage(reader: Reader, stage: Stage): Promise<void> {
  await reader.execute(sql`analyze ${sql.identifier(stage)} (line, removed, natural_key, content_hash, blind_index)`);
}

/** A stage that waits for a person has to outlive a crash, which empties unlogged tables. */
export async function keepStage(tx: Transaction, stage: Stage): Promise<void> {
  await tx.execute(sql`alter table ${sql.identifier(stage)} set logged`);
}

/** Null where there is no such table. */
export async function countStagedRows(reader: Reader, stage: Stage): Promise<number | null> {
  const [known] = await reader.execute<{ stands: boolean }>(sql`select to_regclass(${stage}) is not null as stands`);
  if (!known?.stands) return null;
  const [row] = await reader.execute<{ rows: number }>(sql`select count(*)::int as rows from ${sql.identifier(stage)}`);
  return row?.rows ?? null;
}

export async function dropStage(tx: Transaction, stage: Stage): Promise<void> {
  await tx.execute(sql`drop table if exists ${sql.identifier(stage)}`);
}

/** Who and what a staged row is: all that is staged of one that is live as it is. */
export function rowIdentity({ party, content }: Pick<StagedListing, "party" | "content">): RowIdentity {
  return {
    naturalKey: naturalKey(content, party.identity.blindIndex),
    contentHash: contentHash(content, party.documentKind),
  };
}

export function knownValues({ line, party }: StagedListing, { naturalKey, contentHash }: RowIdentity): StagedValue[] {
  return [line, false, naturalKey, contentHash, party.identity.kind, ...noValues];
}

export function stagedValues(
  keys: PartyKeys,
  { line, removed, listingId, party, content }: StagedListing,
  { naturalKey, contentHash }: RowIdentity,
): StagedValue[] {
  const { identity, further } = party;
  const values: StagedValue[] = [
    line,
    removed,
    naturalKey,
    contentHash,
    identity.kind,
    listingId,
    party.subjectId,
    party.kind,
    identity.blindIndex,
    identity.masked,
    sealNumber(keys, identity),
    further?.blindIndex ?? null,
    further?.kind ?? null,
    further?.masked ?? null,
    further && sealNumber(keys, further),
  ];
  for (const column of contentColumns) {
    const value = content[column];
    const isJson = value !== null && typeof value === "object" && (column === "officers" || column === "extra");
    values.push(isJson ? JSON.stringify(value) : (value as StagedValue));
  }
  return values;
}

/** Column names for a statement, `prefix.` before each where it is given. */
export function columnList(names: string[], prefix?: string): SQL {
  return sql.raw(names.map((name) => (prefix ? `${prefix}.${name}` : name)).join(", "));
}
