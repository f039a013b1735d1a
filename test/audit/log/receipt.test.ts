// Receipts: written, read and verified without the log; no byte of one can be changed unnoticed.
import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeText,
  EMPTY_EDGE,
  formatCheckpoint,
  formatNote,
  formatReceipt,
  grow,
  leafHash,
  parseReceipt,
  proveInclusion,
  type Receipt,
  rootOf,
  signerKeyOf,
  signText,
  subtreeReader,
  verifierKeyOf,
  verifyReceipt,
} from "../../../src/audit/log/index.ts";
import { leavesOf } from "./naive-tree.ts";
import { TileStore } from "./tile-store.ts";

const SIZE = 300;
const INDEX = 257;
const leaves = leavesOf(SIZE);
const entry = Buffer.from(String(INDEX));
const log = signerKeyOf("log.example/checks", "ed25519", generateKeyPairSync("ed25519").privateKey);
const witness = signerKeyOf("witness.example", "cosignature", generateKeyPairSync("ed25519").privateKey);
const keys = { logKeys: [verifierKeyOf(log)], witnessKeys: [verifierKeyOf(witness)] };
const at = new Date("2026-11-22T00:00:00Z");

/** The extra data of these receipts is the entry itself. */
async function receiptOf(...signers: (typeof log)[]): Promise<Receipt> {
  const store = new TileStore();
  store.add(leaves);
  const text = formatCheckpoint({ origin: log.name, size: SIZE, root: rootOf(store.edge), extensions: [] });
  const checkpoint = formatNote({ text, signatures: signers.map((signer) => signText(signer, text, at)) });
  return {
    extra: entry,
    index: INDEX,
    proof: await proveInclusion(subtreeReader(SIZE, store.read), INDEX, SIZE),
    checkpoint,
  };
}

function verify(file: Buffer) {
  const receipt = parseReceipt(decodeText(file) ?? "");
  return receipt && verifyReceipt(receipt, leafHash(receipt.extra), keys);
}

describe("a receipt", () => {
  test("is the text that the specification shows", async () => {
    const receipt = await receiptOf(log);
    const lines = formatReceipt(receipt).split("\n");
    expect(lines.slice(0, 3)).toEqual(["c2sp.org/tlog-proof@v1", "extra MjU3", "index 257"]);
    expect(lines.slice(3, 3 + receipt.proof.length)).toEqual(receipt.proof.map((hash) => hash.toString("base64")));
    expect(lines.slice(3 + receipt.proof.length, 6 + receipt.proof.length)).toEqual(["", "log.example/checks", "300"]);
    expect(parseReceipt(formatReceipt(receipt))).toEqual(receipt);
  });

  test("shows that the entry is in the log, and who vouches for it", async () => {
    const file = Buffer.from(formatReceipt(await receiptOf(log, witness)));
    expect(verify(file)).toMatchObject({
      ok: true,
      checkpoint: { origin: log.name, size: SIZE },
      witnesses: [{ key: { name: witness.name }, at }],
    });
  });

  test("shows nothing of another entry, under another key or without the log's signature", async () => {
    const receipt = await receiptOf(log, witness);
    const refusal = (receipt: Receipt, leaf = leafHash(entry), known = keys) => verifyReceipt(receipt, leaf, known);
    expect(refusal(receipt, leaves[0])).toEqual({ ok: false, fault: "not_included" });
    expect(refusal({ ...receipt, index: INDEX - 1 })).toEqual({ ok: false, fault: "not_included" });
    expect(refusal({ ...receipt, proof: [] })).toEqual({ ok: false, fault: "not_included" });
    expect(refusal(receipt, leafHash(entry), { ...keys, logKeys: [] })).toEqual({ ok: false, fault: "unknown_origin" });
    expect(refusal(await receiptOf(witness))).toEqual({ ok: false, fault: "unsigned" });
    expect(refusal({ ...receipt, checkpoint: "" })).toEqual({ ok: false, fault: "malformed" });
  });

  test("fails after any byte of it is changed, left out or doubled", async () => {
    const file = Buffer.from(formatReceipt(await receiptOf(log)));
    for (const byte of file.keys()) {
      for (const bit of [0x01, 0x02, 0x20, 0x80]) {
        const changed = Buffer.from(file);
        changed.writeUInt8(changed.readUInt8(byte) ^ bit, byte);
        expect(verify(changed)?.ok ?? false).toBe(false);
      }
      expect(verify(Buffer.concat([file.subarray(0, byte), file.subarray(byte + 1)]))?.ok ?? false).toBe(false);
      expect(verify(Buffer.concat([file.subarray(0, byte + 1), file.subarray(byte)]))?.ok ?? false).toBe(false);
    }
  });

  test("of the only entry needs no hashes", () => {
    const [leaf = leafHash(entry)] = leaves;
    const root = rootOf(grow(EMPTY_EDGE, [leaf]).edge);
    const text = formatCheckpoint({ origin: log.name, size: 1, root, extensions: [] });
    const checkpoint = formatNote({ text, signatures: [signText(log, text, at)] });
    const file = formatReceipt({ extra: Buffer.alloc(0), index: 0, proof: [], checkpoint });
    expect(file.startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/checks\n1\n")).toBe(true);
    const receipt = parseReceipt(file);
    expect(receipt && verifyReceipt(receipt, leaf, keys)).toMatchObject({ ok: true });
  });
});

describe("the file", () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
  const receipt: fc.Arbitrary<Receipt> = fc.record({
    extra: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    index: fc.maxSafeNat(),
    proof: fc.array(hash, { maxLength: 63 }),
    checkpoint: fc.stringMatching(/^[ -~\n厦—]{0,60}$/),
  });

  test("is read as it was written, and has no other spelling", () => {
    const piece = fc.constantFrom("\n", "\n\n", " ", "0", "=", "A", "\r", "extra ", "index ", "");
    fc.assert(
      fc.property(receipt, fc.nat(300), fc.nat(3), piece, (receipt, place, drop, piece) => {
        const text = formatReceipt(receipt);
        expect(parseReceipt(text)).toEqual(receipt);
        const mangled = text.slice(0, place) + piece + text.slice(place + drop);
        const reading = parseReceipt(mangled);
        expect(reading ? formatReceipt(reading) : mangled).toBe(mangled);
      }),
      { numRuns: 3000 },
    );
  });

  test("of more hashes than a tree is high is none", () => {
    const proof = Array.from({ length: 64 }, () => leafHash(entry));
    expect(parseReceipt(formatReceipt({ extra: entry, index: 0, proof, checkpoint: "" }))).toBeNull();
  });

  test("that is any text is read without a throw", () => {
    const pieces = fc.constantFrom("c2sp.org/tlog-proof@v1", "extra ", "index ", "\n", "0", "AAAA", "—", " ", "\ud800");
    fc.assert(
      fc.property(fc.array(pieces), (all) => {
        const text = `c2sp.org/tlog-proof@v1\n${all.join("")}`;
        const reading = parseReceipt(text);
        if (!reading) return;
        expect(formatReceipt(reading)).toBe(text);
        expect(verifyReceipt(reading, leafHash(entry), keys).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
