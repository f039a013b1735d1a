// Writing a stage: COPY in PostgreSQL's text format through `pg`, whose streams respect back-pressure.
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import {
  knownValues,
  type PartyKeys,
  rowIdentity,
  type Stage,
  stageColumns,
  type StagedListing,
  stagedValues,
} from "../registry/index.ts";
import { isKnownRow, type KnownRows } from "./known-rows.ts";

const special = /[\\\n\r\t]/;
const specials = /[\\\n\r\t]/g;
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The line of a row in COPY's text format; of a row that is live as it is, its identity alone. */
export function copyLine(keys: PartyKeys, listing: StagedListing, known: KnownRows | null): string {
  const identity = rowIdentity(listing);
  const isKnown = known !== null && !listing.removed && isKnownRow(known, identity);
  const values = isKnown ? knownValues(listing, identity) : stagedValues(keys, listing, identity);
  let line = "";
  for (const value of values) line += (line === "" ? "" : "\t") + copyText(value);
  return `${line}\n`;
}

/** Text that PostgreSQL cannot hold (NUL) never comes here: the row's reading drops it. */
export function copyText(value: ReturnType<typeof stagedValues>[number]): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escape(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number") return String(value);
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString("hex")}`;
  return escape(`{${value.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`);
}

function escape(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => escapes[character] ?? "") : text;
}

/** A chunk is stored before the next is asked for: on two cores a load takes one of them, and leaves checks the other. */
export async function copyIntoStage(client: Client, stage: Stage, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const statement = `copy ${stage} (${stageColumns.join(", ")}) from stdin`;
  for await (const chunk of chunks) await pipeline([chunk], client.query(copyFrom(statement)));
}

/** Keeps the first row of each natural key and yields the lines of the others. */
export async function* dropDuplicates(client: Client, stage: Stage): AsyncGenerator<number> {
  const lines = client.query(
    copyTo(`copy (
      delete from ${stage} where ctid = any (array(
        select ctid from (select ctid, row_number() over (partition by natural_key order by line) as nth from ${stage}) ranked
        where nth > 1
      )) returning line
    ) to stdout`),
  );
  let rest = "";
  for await (const chunk of lines) {
    const parts = (rest + String(chunk)).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) yield Number(part);
  }
}
