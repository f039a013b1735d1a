// One-time codes by the published vectors, within one step of the clock, and never twice.
import { describe, expect, test } from "vitest";
import {
  base32,
  bytesOfBase32,
  isTotpCode,
  matchTotp,
  newTotpSecret,
  totpCode,
  totpStep,
  totpUri,
} from "../../../src/courts/accounts/totp.ts";

const secret = Buffer.from("12345678901234567890");
const at = (seconds: number) => new Date(seconds * 1000);

test.each([
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
])("RFC 6238 appendix B, SHA-1 at %i s", (seconds, code) => {
  expect(totpCode(secret, totpStep(at(seconds)), 8)).toBe(code);
});

test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("RFC 4648 §10: base32 of %j", (text, expected) => {
  expect(base32(Buffer.from(text))).toBe(expected);
  expect(bytesOfBase32(expected.toLowerCase())?.toString()).toBe(text);
});

test("what is not base32 is no secret", () => {
  expect(bytesOfBase32("MZXW6YTB0I")).toBeNull();
});

describe("a code", () => {
  const now = at(1_800_000_000);
  const step = totpStep(now);

  test.each([
    ["of two steps ago", -2, null],
    ["of the step before", -1, step - 1],
    ["of now", 0, step],
    ["of the next step", 1, step + 1],
    ["of the step after that", 2, null],
  ])("%s", (_, offset, expected) => {
    expect(matchTotp(secret, totpCode(secret, step + offset), now, null)).toBe(expected);
  });

  test("is taken once, and none before it is taken any more", () => {
    expect(matchTotp(secret, totpCode(secret, step), now, step)).toBeNull();
    expect(matchTotp(secret, totpCode(secret, step - 1), now, step)).toBeNull();
    expect(matchTotp(secret, totpCode(secret, step + 1), now, step)).toBe(step + 1);
  });

  test("is six digits, which a recovery code never is", () => {
    expect(["123456", "000000"].every(isTotpCode)).toBe(true);
    expect(["12345", "1234567", "12345a", "１２３４５６", ""].some(isTotpCode)).toBe(false);
  });
});

test("a secret has the length of the hash, and goes to the app in a URI", () => {
  expect(newTotpSecret()).toHaveLength(20);
  const uri = new URL(totpUri(secret, "shen.banli"));
  expect(uri.protocol).toBe("otpauth:");
  expect(uri.searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
});
