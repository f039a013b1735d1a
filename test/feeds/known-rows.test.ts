// Rows that are live as they are: told by fingerprint, staged by identity alone, and found out where that was wrong.
import * as fc from "fast-check";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addKnownRow, createKnownRows, isKnownRow } from "../../src/feeds/known-rows.ts";
import { readKnownRows } from "../../src/feeds/known-rows-queries.ts";
import { receiveFile } from "../../src/feeds/receive.ts";
import { newUuid } from "../../src/platform/id.ts";
import { compareStage, createStage, type RowIdentity, type StagedLoad, stageOf } from "../../src/registry/index.ts";
import { testKeys } from "../registry/keys.ts";
import { publishedRow } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

const identity = fc.record({ naturalKey: fc.uuid(), contentHash: fc.uuid() });

function add(known: ReturnType<typeof createKnownRows>, { naturalKey, contentHash }: RowIdentity): void {
  const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll("-", ""), "hex");
  const [key, hash] = [bytesOf(naturalKey), bytesOf(contentHash)];
  addKnownRow(
    known,
    (key.readUInt32BE(0) ^ hash.readUInt32BE(0)) >>> 0,
    (key.readUInt32BE(4) ^ hash.readUInt32BE(4)) >>> 0,
  );
}

test("what was added is known, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(identity, { selector: (row) => row.naturalKey, maxLength: 60 }),
      identity,
      (rows, other) => {
        const known = createKnownRows(rows.length);
        for (const row of rows) add(known, row);
        expect(rows.every((row) => isKnownRow(known, row))).toBe(true);
        fc.pre(!rows.some(({ naturalKey }) => naturalKey === other.naturalKey));
        expect(isKnownRow(known, other)).toBe(false);
      },
    ),
  );
});

describe("of a source's next snapshot", () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => publishedRow(i));
  const stage = stageOf(newUuid());
  let register: Register;
  let client: Client;
  beforeEach(async () => {
    register = await openRegister();
    client = new Client({ connectionString: register.url });
    await client.connect();
    await register.db.transaction((tx) => createStage(tx, stage));
  });
  afterEach(async () => {
    await client.end();
    await register.close();
  });

  const stageRows = async (content: typeof rows, known: Awaited<ReturnType<typeof readKnownRows>>) => {
    const file = register.write(content);
    await receiveFile(client, stage, testKeys, { file, rejectedTo: `${file}.rejected`, known, onRows: () => {} });
    const { rows: staged } = await client.query<{ line: number }>(
      `select line from ${stage} where listing_id is not null order by line`,
    );
    return staged.map(({ line }) => line);
  };
  const staged: StagedLoad = {
    stage,
    source: "national",
    loadId: newUuid(),
    mode: "snapshot",
    asOf: new Date(),
    outranked: [],
  };

  test("only new and changed rows are staged whole", async () => {
    await register.load(rows);
    const known = await readKnownRows(client, "national", rows.length);
    const next = [...rows.slice(0, 10), publishedRow(10, { duty: "改写" }), ...rows.slice(11), publishedRow(3_000)];
    expect(await stageRows(next, known)).toEqual([11, 3_001]);
    const { effects } = await register.db.transaction((tx) => compareStage(tx, staged));
    expect(effects).toMatchObject({ new: 1, changed: 1, unchanged: 2_999, ended: 0 });
  });

  test("a row that is not live after all stops the load", async () => {
    await register.load(rows);
    const known = await readKnownRows(client, "national", rows.length);
    await register.sql`delete from listing where case_number = '(2019)闽0203执90000007号'`;
    expect(await stageRows(rows, known)).toEqual([]);
    await expect(register.db.transaction((tx) => compareStage(tx, staged))).rejects.toMatchObject({ code: "conflict" });
  });

  test("more rows than were counted stay unknown", async () => {
    await register.load(rows);
    expect(await stageRows(rows, await readKnownRows(client, "national", 1_000))).toHaveLength(2_000);
  });
});
