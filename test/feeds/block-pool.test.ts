// Blocks on threads: nothing is lost, the order is the file's, and no thread outlives its file or leaves anybody waiting.
import * as fc from "fast-check";
import { createSecretKey } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { Block } from "../../src/feeds/block.ts";
import { stageBlocks } from "../../src/feeds/block-pool.ts";
import { type StagedBlock, stageBlock } from "../../src/feeds/staged-block.ts";
import { testKeys } from "../registry/keys.ts";
import { jsonLines, type PublishedRow, publishedRow } from "./published-row.ts";

function blockOf(rows: PublishedRow[] | string, firstLine: number): Block {
  const bytes = new TextEncoder().encode(typeof rows === "string" ? rows : jsonLines(rows));
  return { format: "json-lines", firstLine, bytes, header: null };
}

async function* from(blocks: Iterable<Block>): AsyncGenerator<Block> {
  yield* blocks;
}

async function allOf(staged: AsyncGenerator<StagedBlock>): Promise<StagedBlock[]> {
  const all: StagedBlock[] = [];
  for await (const one of staged) all.push(one);
  return all;
}

const copied = (copy: Uint8Array) => new TextDecoder().decode(copy);
const threads = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort" || name === "Worker");
/** The test runner has ports of its own. */
const before = threads().length;
afterEach(() => {
  if (threads().length !== before) throw new Error("a thread is left");
});

test("blocks come back staged in their order, each row once, whatever the number of threads", async () => {
  const counts = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(counts, fc.integer({ min: 0, max: 3 }), async (sizes, count) => {
      let next = 0;
      const blocks = sizes.map((size) =>
        blockOf(
          Array.from({ length: size }, () => publishedRow(next)).map(() => publishedRow(next++)),
          next + 1 - size,
        ),
      );
      const lines: number[] = [];
      let read = 0;
      for await (const staged of stageBlocks(from(blocks), testKeys, null, count)) {
        read += staged.read;
        for (const line of copied(staged.copy).split("\n").filter(Boolean)) lines.push(Number(line.split("\t")[0]));
      }
      expect(read).toBe(next);
      expect(lines).toEqual(Array.from({ length: next }, (_, i) => i + 1));
    }),
    { numRuns: 5 },
  );
});

test("a thread says what the same block says without one", async () => {
  const rows = [publishedRow(0, { fax: "1" }), publishedRow(1, { iname: "" }), publishedRow(2)];
  const text = `${jsonLines(rows)}{"iname":\n`;
  const staged = await allOf(stageBlocks(from([blockOf(text, 1), blockOf(text, 5)]), testKeys, null, 1));
  for (const [nth, { read, rejected, unknownColumns }] of staged.entries()) {
    const { copy: _, ...alone } = stageBlock(blockOf(text, 1 + 4 * nth), testKeys, null);
    expect({ read, rejected, unknownColumns }).toEqual(alone);
    expect(rejected.map(({ line }) => line)).toEqual([2 + 4 * nth, 4 + 4 * nth]);
  }
  expect(staged).toHaveLength(2);
});

test("a file without a block, and one with a single block, start no thread", async () => {
  for await (const _ of stageBlocks(from([]), testKeys)) expect.unreachable();
  for await (const { read } of stageBlocks(from([blockOf([publishedRow(0)], 1)]), testKeys)) {
    expect(read).toBe(1);
    expect(threads()).toHaveLength(before);
  }
});

test("whoever stops early leaves no thread", async () => {
  const blocks = Array.from({ length: 20 }, (_, i) => blockOf([publishedRow(i)], i + 1));
  for await (const { read } of stageBlocks(from(blocks), testKeys, null, 2)) {
    expect(read).toBe(1);
    break;
  }
});

test("no more blocks are taken from the file than are under way", async () => {
  let taken = 0;
  async function* counted() {
    for (let i = 0; i < 50; i++) {
      taken++;
      yield blockOf([publishedRow(i)], i + 1);
    }
  }
  for await (const _ of stageBlocks(counted(), testKeys, null, 2)) {
    expect(taken).toBeLessThanOrEqual(6);
    break;
  }
});

test("a thread that fails ends the load with its error", async () => {
  const unfit = { ...testKeys, blindIndexKey: createSecretKey(Buffer.alloc(65)) };
  const blocks = [0, 1, 2].map((i) => blockOf([publishedRow(i)], i + 1));
  await expect(allOf(stageBlocks(from(blocks), unfit, null, 2))).rejects.toThrow(RangeError);
});

test("a thread that outgrows its memory ends the load, and not the process", async () => {
  const huge = blockOf(`{"a":[${"{},".repeat(300_000)}{}]}\n`.repeat(20), 2);
  const blocks = from([blockOf([publishedRow(0)], 1), huge, blockOf([publishedRow(2)], 3)]);
  await expect(allOf(stageBlocks(blocks, testKeys, null, 1))).rejects.toMatchObject({
    code: "ERR_WORKER_OUT_OF_MEMORY",
  });
});

test("a file that turns out to be damaged ends the load with the reader's error", async () => {
  async function* damaged() {
    for (let i = 0; i < 8; i++) yield blockOf([publishedRow(i)], i + 1);
    throw new RangeError("the file is damaged");
  }
  await expect(allOf(stageBlocks(damaged(), testKeys, null, 2))).rejects.toThrow("the file is damaged");
});
