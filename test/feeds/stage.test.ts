// COPY's text format: every text that a row may hold arrives as it was.
import * as fc from "fast-check";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyText } from "../../src/feeds/stage.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test("texts, lists, bytes and nulls survive it", async () => {
  const character = fc.constantFrom(
    "\\",
    "\n",
    "\r",
    "\t",
    '"',
    "{",
    "}",
    ",",
    "N",
    ".",
    "'",
    "测",
    "𠮷",
    " ",
    "\u0001",
  );
  const text = fc
    .oneof(fc.string({ unit: character }), fc.string({ unit: "grapheme" }))
    .map((s) => s.replaceAll("\0", ""));
  const row = fc.tuple(fc.option(text), fc.array(text, { maxLength: 4 }), fc.option(fc.uint8Array()), fc.boolean());
  const rows = [...fc.sample(row, 2_000), ["\\.", ["\\N", "NULL", ""], new Uint8Array(), true] as const];
  await client.query("create temp table sample (line integer, word text, words text[], bytes bytea, flag boolean)");
  const lines = rows.map(([word, words, bytes, flag], line) =>
    [line, word, [...words], bytes && Buffer.from(bytes), flag].map(copyText).join("\t"),
  );
  await pipeline(Readable.from(lines.map((line) => `${line}\n`)), client.query(copyFrom("copy sample from stdin")));
  const { rows: read } = await client.query<{ word: string; words: string[]; bytes: Buffer; flag: boolean }>(
    "select word, words, bytes, flag from sample order by line",
  );
  expect(read.map(({ word, words, bytes, flag }) => [word, words, bytes && [...bytes], flag])).toEqual(
    rows.map(([word, words, bytes, flag]) => [word, words, bytes && [...bytes], flag]),
  );
});
