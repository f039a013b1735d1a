// A block of a file as the stage takes it: its rows parsed, judged, indexed, sealed and written as COPY text.
import { newUuid } from "../platform/id.ts";
import type { PartyKeys } from "../registry/index.ts";
import { type Block, parseBlock } from "./block.ts";
import type { KnownRows } from "./known-rows.ts";
import type { Fault } from "./rejection.ts";
import { readRow } from "./row.ts";
import { copyLine } from "./stage.ts";

export type RejectedRow = { line: number; faults: Fault[] };

export type StagedBlock = {
  read: number;
  /** The accepted rows. */
  copy: Uint8Array<ArrayBuffer>;
  rejected: RejectedRow[];
  /** By their names in the file, however many there are. */
  unknownColumns: Map<string, number>;
};

const encoder = new TextEncoder();

/** A pure function but for the ids that new listings take, and the nonces of what is sealed. */
export function stageBlock(block: Block, keys: PartyKeys, known: KnownRows | null): StagedBlock {
  const rows = parseBlock(block);
  const rejected: RejectedRow[] = [];
  const unknownColumns = new Map<string, number>();
  let text = "";
  for (const row of rows) {
    const { line, record } = row;
    if (!record) {
      rejected.push({ line, faults: [{ field: null, code: row.fault }] });
      continue;
    }
    const reading = readRow(record, keys);
    for (const column of reading.unknownColumns) unknownColumns.set(column, (unknownColumns.get(column) ?? 0) + 1);
    if (reading.ok) text += copyLine(keys, { ...reading.staged, line, listingId: newUuid() }, known);
    else rejected.push({ line, faults: reading.faults });
  }
  return { read: rows.length, copy: encoder.encode(text), rejected, unknownColumns };
}
