// Receiving a file: its blocks are staged on worker threads and copied into the stage; rejected rows go to a file of their own.
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { extname } from "node:path";
import { finished } from "node:stream/promises";
import type { Client } from "pg";
import { AppError } from "../platform/error.ts";
import type { PartyKeys, Stage } from "../registry/index.ts";
import { stageBlocks } from "./block-pool.ts";
import type { KnownRows } from "./known-rows.ts";
import { readFile, type ReadingOptions } from "./reader.ts";
import { type Fault, rejectionForms } from "./rejection.ts";
import type { LoadCounts } from "./schema.ts";
import { copyIntoStage, dropDuplicates } from "./stage.ts";

export type Received = Pick<LoadCounts, "read" | "accepted" | "rejected" | "rejectedByCode" | "unknownColumns">;

/** Names of unknown columns that are counted apart; a hostile file may have any number. */
const UNKNOWN_COLUMNS_MAX = 100;

type Source = {
  file: string;
  reading?: ReadingOptions;
  /** Rows of which no more than the identity is staged. */
  known?: KnownRows | null;
  /** As `stageBlocks` says where it is not said. */
  threads?: number;
  /** CSV where the name ends so, otherwise JSON Lines. */
  rejectedTo: string;
  onRows: (counts: Received, bytesRead: number) => void;
};

export async function receiveFile(client: Client, stage: Stage, keys: PartyKeys, source: Source) {
  const { blocks, sha256, bytesRead, found } = readFile(source.file, source.reading);
  const counts: Received = { read: 0, accepted: 0, rejected: 0, rejectedByCode: {}, unknownColumns: {} };
  const columns = new Map<string, number>();
  const rejections = openRejections(source.rejectedTo, counts);

  async function* copyChunks(): AsyncGenerator<Uint8Array> {
    for await (const { read, copy, rejected, unknownColumns } of stageBlocks(
      blocks,
      keys,
      source.known,
      source.threads,
    )) {
      counts.read += read;
      for (const { line, faults } of rejected) rejections.add(line, faults);
      for (const [column, rows] of unknownColumns) countColumn(columns, column, rows);
      await rejections.drained();
      source.onRows(counts, bytesRead());
      if (copy.length > 0) yield copy;
    }
  }

  try {
    await copyIntoStage(client, stage, copyChunks());
    for await (const line of dropDuplicates(client, stage)) rejections.add(line, [{ field: null, code: "duplicate" }]);
  } finally {
    await rejections.end();
  }
  counts.accepted = counts.read - counts.rejected;
  counts.unknownColumns = Object.fromEntries(columns);
  return { counts, sha256: sha256(), found: found() };
}

/** A row counts once, under its first fault; the file names all of them. */
function openRejections(path: string, counts: Received) {
  const stream = createWriteStream(path, { mode: 0o600 });
  // Without a listener a file that cannot be written would end the process; the next write or the end reports it.
  stream.on("error", () => {});
  const { head, line: lineOf } = rejectionForms[extname(path) === ".csv" ? "csv" : "json-lines"];
  stream.write(head);
  return {
    add(line: number, faults: Fault[]) {
      const [first] = faults;
      counts.rejected++;
      if (first) counts.rejectedByCode[first.code] = (counts.rejectedByCode[first.code] ?? 0) + 1;
      stream.write(faults.map((fault) => lineOf(line, fault)).join(""));
    },
    async drained() {
      if (stream.errored) throw new AppError("load-refused", { note: "the file of rejected rows cannot be written" });
      if (stream.writableNeedDrain) await once(stream, "drain");
    },
    async end() {
      stream.end();
      await finished(stream).catch(() => {
        throw new AppError("load-refused", { note: "the file of rejected rows cannot be written" });
      });
    },
  };
}

function countColumn(columns: Map<string, number>, column: string, rows: number): void {
  const counted = columns.has(column) || columns.size < UNKNOWN_COLUMNS_MAX ? column : "…";
  columns.set(counted, (columns.get(counted) ?? 0) + rows);
}
