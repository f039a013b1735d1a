// A delta of a list: a third of its rows are new, a third are rows of the list that changed, a third are rows that it drops.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { syntheticRows } from "../../src/feeds/synthetic/index.ts";

/** Writes about `rows` rows; what it takes from `list` (JSON Lines of `listRows` rows) lies spread over all of it. */
export async function writeDelta(file: string, list: string, listRows: number, rows: number): Promise<void> {
  const each = Math.floor(rows / 3);
  const step = Math.floor(listRows / (2 * each));
  const delta = await open(file, "w");
  try {
    let nth = 0;
    for await (const line of createInterface({ input: createReadStream(list) })) {
      if (nth % step === 0 && nth < 2 * each * step) {
        const row = JSON.parse(line) as Record<string, unknown>;
        const isDropped = (nth / step) % 2 === 1;
        await delta.write(
          `${JSON.stringify(isDropped ? { ...row, removed: true } : { ...row, duty: "偿还借款人民币1元" })}\n`,
        );
      }
      nth++;
    }
    for (const { row } of syntheticRows({ rows: rows - 2 * each, seed: 2, kind: "national" })) {
      await delta.write(`${JSON.stringify(row)}\n`);
    }
  } finally {
    await delta.close();
  }
}
