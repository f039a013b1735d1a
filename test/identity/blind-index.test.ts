// Blind indexes are plain HMAC-SHA-256 values, so that another implementation can compute them.
import { createHmac, createSecretKey } from "node:crypto";
import { expect, test } from "vitest";
import { blindIndex, maskedBlindIndex } from "../../src/identity/index.ts";

const key = createSecretKey(new Uint8Array(32).fill(7));

test("a blind index is the HMAC of kind, zero byte and number", () => {
  const message = Buffer.concat([Buffer.from("resident_id"), Buffer.of(0), Buffer.from("350203190003151024")]);
  const value = blindIndex(key, "resident_id", "350203190003151024");
  expect(value).toHaveLength(32);
  expect(value).toEqual(createHmac("sha256", key).update(message).digest());
});

test("a masked index covers kind, both ends and the name", () => {
  const message = "masked_resident_id\u000035020319001024\u0000测试甲";
  const value = maskedBlindIndex(key, { kind: "resident_id", first: "3502031900", last: "1024" }, "测试甲");
  expect(value).toEqual(createHmac("sha256", key).update(message).digest());
});

test("kind, number and key each change the value", () => {
  const values = [
    blindIndex(key, "resident_id", "110101190001010014"),
    blindIndex(key, "uscc", "110101190001010014"),
    blindIndex(key, "resident_id", "350203190003151024"),
    blindIndex(createSecretKey(new Uint8Array(32).fill(8)), "resident_id", "110101190001010014"),
  ].map((value) => value.toString("hex"));
  expect(new Set(values)).toHaveLength(4);
});
