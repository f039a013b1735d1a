// Files in their order: manifests, sequences and states, and deltas that lead to where a snapshot leads.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Load, readManifest } from "../../src/feeds/index.ts";
import { readSourceState, stateHashOf } from "../../src/registry/index.ts";
import { caseOf, jsonLines, type PublishedRow, publishedRow, rowsOf } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

let register: Register;
beforeEach(async () => {
  register = await openRegister();
});
afterEach(() => register.close());

const gates = { shrink: 1, churn: 1, growth: 100 };

describe("a manifest", () => {
  const read = (content: unknown) => {
    const path = join(register.folder, "manifest.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return readManifest(path);
  };

  test("says what a file must be: rows, hash, moment and number", async () => {
    const rows = rowsOf(5);
    const sha256 = createHash("sha256").update(jsonLines(rows)).digest("hex");
    const asOf = "2026-11-01T00:00:00+08:00";
    const manifest = await read({ name: "名单.jsonl", sha256, rows: 5, asOf, sequence: 7 });
    const load = await register.load(rows, { manifest });
    expect(load).toMatchObject({ fileName: "名单.jsonl", expectedRows: 5, sequence: 7, fileSha256: sha256 });
    expect(load.asOf).toBe("2026-11-01T00:00:00.000+08:00");
  });

  test("of another file is refused", async () => {
    const manifest = await read({ sha256: "0".repeat(64) });
    await expect(register.load(rowsOf(5), { manifest })).rejects.toThrow("its SHA-256 differs");
    await expect(register.load(rowsOf(5), { manifest: { rows: 6 } })).rejects.toThrow("not the 6 expected");
    expect(await register.listings()).toEqual([]);
  });

  test.each([
    ["no JSON", "{", "it is no JSON object"],
    ["a list", [], "it is no JSON object"],
    ["an unknown member", { rows: 1, 姓名: "x" }, "a member that no manifest has"],
    ["values of another kind", { rows: "5", asOf: "yesterday", sha256: "abc" }, "sha256, rows, asOf"],
  ])("that is %s is refused by name", async (_, content, named) => {
    await expect(read(content)).rejects.toThrow(`the manifest is not as it must be: ${named}`);
  });
});

describe("a delta", () => {
  const delta = (row: PublishedRow, sequence: number, baseState?: string | null) =>
    register.load([row], { mode: "delta", manifest: { sequence, ...(baseState ? { baseState } : {}) } });

  test("follows the number before it: a gap and a repetition are refused with both numbers", async () => {
    await register.load(rowsOf(5), { manifest: { sequence: 3 } });
    await expect(delta(publishedRow(9), 5)).rejects.toThrow("the delta is number 5 of national, and the last");
    await delta(publishedRow(9), 4);
    await expect(delta(publishedRow(9), 4)).rejects.toThrow("number 4");
    await delta(publishedRow(10), 5);
  });

  test("goes on from the state it names, also after a roll-back", async () => {
    const first = await register.load(rowsOf(5), { manifest: { sequence: 1 } });
    const second = await delta(publishedRow(9), 2, first.stateHash);
    await expect(delta(publishedRow(10), 3, first.stateHash)).rejects.toThrow("goes on from state");
    await register.rollback(second);
    await delta(publishedRow(10), 2, first.stateHash);
  });

  test("without a state before it is refused where it names one", async () => {
    await expect(delta(publishedRow(1), 1, "0".repeat(32))).rejects.toThrow("stands at none");
  });
});

describe("the state hash", () => {
  test("is the same for one snapshot and for the deltas that lead there, in any order", async () => {
    await register.load(rowsOf(6));
    await register.load([publishedRow(1, { removed: true }), publishedRow(2, { duty: "新" })], {
      mode: "delta",
      gates,
    });
    const last = await register.load([publishedRow(7), publishedRow(8)], { mode: "delta", gates });
    const other = await openRegister();
    try {
      const list = [0, 2, 3, 4, 5, 7, 8].map((i) => publishedRow(i, i === 2 ? { duty: "新" } : {}));
      const whole = await other.load(list.toReversed());
      expect(whole).toMatchObject({ stateHash: last.stateHash, liveRows: 7 });
    } finally {
      await other.close();
    }
  });

  test("is what anybody computes from the keys and content hashes", async () => {
    const { stateHash } = await register.load(rowsOf(20));
    const rows = await register.sql`select natural_key, content_hash from listing where ended_at is null`;
    const first = (uuid: unknown) => BigInt(`0x${String(uuid).replaceAll("-", "").slice(0, 16)}`);
    let [keys, contents] = [0n, 0n];
    for (const row of rows) {
      keys += first(row["natural_key"]);
      contents += first(row["natural_key"]) ^ first(row["content_hash"]);
    }
    expect(stateHash).toBe(stateHashOf({ rows: rows.length, keys, contents }));
    expect(stateHash).toMatch(/^[0-9a-f]{32}$/);
  });

  test("is the same on a server that casts bytes and on an older one", async () => {
    await register.load(rowsOf(20));
    const states = [true, false].map((canCast) => readSourceState(register.db, "national", canCast));
    const [cast, shifted] = await Promise.all(states);
    expect(cast).toEqual(shifted);
  });

  test("goes on from the sums that were kept, and is that of all rows together", async () => {
    const rows = rowsOf(20);
    await register.load(rows);
    await register.endByCourt(caseOf(0));
    await register.load([...rows.slice(2, 12), publishedRow(40)], { source: "city" });
    const load = await register.load([publishedRow(50), { ...publishedRow(3), removed: true }], { mode: "delta" });
    const state = await readSourceState(register.db, "national");
    expect(load).toMatchObject({ stateHash: stateHashOf(state), liveRows: state.rows });
    // A delta reads nothing but the changes; a snapshot reads every row, and rights a sum that is wrong.
    const isRight = async ({ stateHash }: Load) =>
      stateHash === stateHashOf(await readSourceState(register.db, "national"));
    await register.sql`update source_state set keys = keys + 1 where source = 'national'`;
    expect(await isRight(await register.load([publishedRow(51)], { mode: "delta" }))).toBe(false);
    expect(await isRight(await register.load(rowsOf(20), { gates, expected: 20 }))).toBe(true);
  });

  test("of nothing is naught", () => {
    expect(stateHashOf({ rows: 0, keys: 0n, contents: 0n })).toBe("0".repeat(32));
  });
});
