// Sealed values: opened by the same key at the same place, and by nothing else.
import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DataKey, open, seal } from "../../src/platform/envelope.ts";

const dataKey = (number: number): DataKey => ({ number, key: createSecretKey(randomBytes(32)) });
const key = dataKey(513);
const keys = new Map([[key.number, key]]);
const place = "document.number_sealed 1";

describe("an envelope", () => {
  test("gives back what was sealed in it", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(fc.property(text, text, (where, plain) => open(keys, where, seal(key, where, plain)) === plain));
  });

  test("of one text is never the same twice", () => {
    const sealed = Array.from({ length: 2_000 }, () => seal(key, place, "110101190001010014").toString("hex"));
    expect(new Set(sealed).size).toBe(sealed.length);
  });

  test("opens under an older key of the ring", () => {
    const newer = dataKey(514);
    expect(open(new Map([...keys, [newer.number, newer]]), place, seal(key, place, "kept"))).toBe("kept");
  });

  test("does not open at another place", () => {
    expect(() => open(keys, "document.number_sealed 2", seal(key, place, "moved"))).toThrow(Error);
  });

  test("does not open under another key of the same number, or with a number that the ring lacks", () => {
    const other = dataKey(key.number);
    expect(() => open(new Map([[other.number, other]]), place, seal(key, place, "foreign"))).toThrow(Error);
    expect(() => open(new Map(), place, seal(key, place, "unknown"))).toThrow("under key 513");
  });

  test("does not open with any byte flipped, or cut short anywhere", () => {
    const envelope = seal(key, place, "测试甲");
    for (let position = 0; position < envelope.length; position++) {
      const flipped = Buffer.from(envelope);
      flipped.writeUInt8(flipped.readUInt8(position) ^ 1, position);
      expect(() => open(keys, place, flipped)).toThrow(Error);
      expect(() => open(keys, place, envelope.subarray(0, position))).toThrow(Error);
    }
  });
});
