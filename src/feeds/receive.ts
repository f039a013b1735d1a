// Receiving a file: its rows are read, judged and copied into the stage; rejected ones go to a file of their own.
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { Client } from "pg";
import { redactNumbers } from "../identity/index.ts";
import { AppError } from "../platform/error.ts";
import { newUuid } from "../platform/id.ts";
import type { PartyKeys, Stage } from "../registry/index.ts";
import { readRows } from "./reader.ts";
import { type Fault, rejectionLine } from "./rejection.ts";
import { readRow } from "./row.ts";
import type { LoadCounts } from "./schema.ts";
import { copyIntoStage, copyLine, dropDuplicates } from "./stage.ts";

export type Received = Pick<LoadCounts, "read" | "accepted" | "rejected" | "rejectedByCode" | "unknownColumns">;

/** Names of unknown columns that are counted apart; a hostile file may have any number. */
const UNKNOWN_COLUMNS_MAX = 100;
const COLUMN_NAME_LENGTH_MAX = 60;

type Source = { file: string; rejectedTo: string; onRows: (counts: Received, bytesRead: number) => void };

export async function receiveFile(client: Client, stage: Stage, keys: PartyKeys, source: Source) {
  const { rows, sha256, bytesRead } = readRows(source.file);
  const counts: Received = { read: 0, accepted: 0, rejected: 0, rejectedByCode: {}, unknownColumns: {} };
  const rejections = openRejections(source.rejectedTo, counts);

  async function* stagedChunks(): AsyncGenerator<Buffer> {
    for await (const batch of rows) {
      let text = "";
      for (const { line, record } of batch) {
        counts.read++;
        const reading = record && readRow(record, keys);
        for (const column of reading?.unknownColumns ?? []) countColumn(counts.unknownColumns, column);
        if (reading?.ok) text += copyLine({ ...reading.staged, line, listingId: newUuid() });
        else rejections.add(line, reading ? reading.faults : [{ field: null, code: "bad_form" }]);
      }
      await rejections.drained();
      source.onRows(counts, bytesRead());
      if (text !== "") yield Buffer.from(text);
    }
  }

  try {
    await copyIntoStage(client, stage, stagedChunks());
    for await (const line of dropDuplicates(client, stage)) rejections.add(line, [{ field: null, code: "duplicate" }]);
  } finally {
    await rejections.end();
  }
  counts.accepted = counts.read - counts.rejected;
  return { counts, sha256: sha256() };
}

/** A row counts once, under its first fault; the file names all of them. */
function openRejections(path: string, counts: Received) {
  const stream = createWriteStream(path, { mode: 0o600 });
  // Without a listener a file that cannot be written would end the process; the next write or the end reports it.
  stream.on("error", () => {});
  return {
    add(line: number, faults: Fault[]) {
      const [first] = faults;
      counts.rejected++;
      if (first) counts.rejectedByCode[first.code] = (counts.rejectedByCode[first.code] ?? 0) + 1;
      stream.write(faults.map((fault) => rejectionLine(line, fault)).join(""));
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

/** A column's name is the file's own text: it may hold a number too. */
function countColumn(columns: Record<string, number>, column: string): void {
  const name = redactNumbers(column).slice(0, COLUMN_NAME_LENGTH_MAX);
  const counted = Object.hasOwn(columns, name) || Object.keys(columns).length < UNKNOWN_COLUMNS_MAX ? name : "…";
  columns[counted] = (columns[counted] ?? 0) + 1;
}
