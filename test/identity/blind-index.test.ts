// Blind indexes are plain HMAC-SHA-256 values, so that another implementation can compute them.
import { createHmac, createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blindIndex, maskedBlindIndex } from "../../src/identity/index.ts";

const key = createSecretKey(new Uint8Array(32).fill(7));

test("a blind index is the HMAC of kind, zero byte and number", () => {
  const message = Buffer.concat([Buffer.from("resident_id"), Buffer.of(0), Buffer.from("350203190003151024")]);
  const value = blindIndex(key, "resident_id", "350203190003151024");
  expect(value).toEqual(createHmac("sha256", key).update(message).digest("hex"));
});

test("a masked index covers kind, both ends and the name", () => {
  const message = "masked_resident_id\u000035020319001024\u0000测试甲";
  const value = maskedBlindIndex(key, { kind: "resident_id", first: "3502031900", last: "1024" }, "测试甲");
  expect(value).toEqual(createHmac("sha256", key).update(message).digest("hex"));
});

test("kind, number and key each change the value", () => {
  const values = [
    blindIndex(key, "resident_id", "110101190001010014"),
    blindIndex(key, "uscc", "110101190001010014"),
    blindIndex(key, "resident_id", "350203190003151024"),
    blindIndex(createSecretKey(new Uint8Array(32).fill(8)), "resident_id", "110101190001010014"),
  ];
  expect(new Set(values)).toHaveLength(4);
});

test("it is the HMAC of node:crypto for any name, however long", () => {
  const mask = { kind: "resident_id", first: "3502031900", last: "1024" } as const;
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 600 }), (name) => {
      const message = `masked_resident_id\u000035020319001024\u0000${name}`;
      expect(maskedBlindIndex(key, mask, name)).toBe(createHmac("sha256", key).update(message).digest("hex"));
    }),
  );
});
