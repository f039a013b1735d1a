// The other side of the first load: what it wrote into the register, exported, and copied into plain tables of the same
// columns, constraints and indexes, logged like those.
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

const tables = ["listing", "document", "subject"];
const CHUNK_BYTES = 256 * 1024;

/** Seconds of the copying alone. */
export async function copyPlainly(databaseUrl: string, directory: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("create schema plain");
    let ms = 0;
    for (const table of tables) {
      const file = join(directory, `${table}.copy`);
      await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(file));
      await client.query(`create table plain.${table} (like ${table} including all)`);
      await client.query("checkpoint");
      const started = performance.now();
      const rows = createReadStream(file, { highWaterMark: CHUNK_BYTES });
      await pipeline(rows, client.query(copyFrom(`copy plain.${table} from stdin`)));
      ms += performance.now() - started;
      await rm(file);
    }
    await client.query("drop schema plain cascade");
    return ms / 1000;
  } finally {
    await client.end();
  }
}
