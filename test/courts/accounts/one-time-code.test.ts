// Codes that open something once: how much chance is in them, and how they may be typed.
import { createSecretKey, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { digestOfCode, newOneTimeCode, newRecoveryCodes } from "../../../src/courts/accounts/one-time-code.ts";

const key = createSecretKey(randomBytes(32));

test("are 25 letters of 32, which is 125 bits, and none is drawn twice (ASVS 6.5.2)", () => {
  const codes = Array.from({ length: 2_000 }, newOneTimeCode);
  expect(new Set(codes).size).toBe(codes.length);
  const letters = new Map<string, number>();
  for (const code of codes) {
    expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}(?:-[0-9a-hjkmnp-tv-z]{5}){4}$/);
    for (const letter of code.replaceAll("-", "")) letters.set(letter, (letters.get(letter) ?? 0) + 1);
  }
  // Of 50,000 letters each of the 32 comes 1,562 times, give or take; 39 is the deviation, and seven of them never happen.
  expect(letters.size).toBe(32);
  for (const count of letters.values()) expect(Math.abs(count - 50_000 / 32)).toBeLessThan(7 * 39);
});

test("ten are given for recovery, all different", () => {
  expect(new Set(newRecoveryCodes()).size).toBe(10);
});

test("are known by a keyed digest, however they are typed, and not for another use", () => {
  const typed = ["0a1bc-defgh-jkmnp-qrstv-wxyz0", "OAIBC DEFGH JKMNP QRSTV WXYZO", "0albcdefghjkmnpqrstvwxyzo"];
  const digests = typed.map((code) => digestOfCode(key, "recovery", code).toString("hex"));
  expect(new Set(digests).size).toBe(1);
  expect(digestOfCode(key, "enrolment", typed[0] ?? "").toString("hex")).not.toBe(digests[0]);
  const other = createSecretKey(randomBytes(32));
  expect(digestOfCode(other, "recovery", typed[0] ?? "").toString("hex")).not.toBe(digests[0]);
});
