// Commitments: what they hash, and that each part counts.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { commitmentOf, SALT_BYTES } from "../../../src/audit/log/index.ts";

const salt = Buffer.alloc(SALT_BYTES, 7);

test("a commitment is the hash of the salt and the canonical record", () => {
  const expected = createHash("sha256").update(salt).update('{"answer":"none","id":"chk_1"}').digest();
  expect(commitmentOf(salt, { id: "chk_1", answer: "none" })).toEqual(expected);
});

test("another salt or another record is another commitment", () => {
  const commitment = commitmentOf(salt, { id: "chk_1" });
  expect(commitmentOf(Buffer.alloc(SALT_BYTES, 8), { id: "chk_1" })).not.toEqual(commitment);
  expect(commitmentOf(salt, { id: "chk_2" })).not.toEqual(commitment);
});

test("a salt of another length is a fault of the caller", () => {
  expect(() => commitmentOf(salt.subarray(1), null)).toThrow(RangeError);
  expect(() => commitmentOf(Buffer.alloc(0), null)).toThrow(RangeError);
});
