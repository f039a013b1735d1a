// The form of an API key: a slip of the pen is seen without asking the database.
import { createSecretKey } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf, isApiKey, newApiKey } from "../../src/agencies/api-key.ts";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

test("a new key has the published form, holds its public part, and is never the same twice", () => {
  const made = Array.from({ length: 1_000 }, () => newApiKey());
  for (const { id, key } of made) {
    expect(key).toMatch(/^sx_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{32}$/);
    expect(key.slice(8, 18)).toBe(id);
    expect(isApiKey(key)).toBe(true);
  }
  expect(new Set(made.map(({ key }) => key)).size).toBe(made.length);
});

test("a key of the sandbox is told apart at sight", () => {
  const { key } = newApiKey("test");
  expect(key).toMatch(/^sx_test_/);
  expect(isApiKey(key)).toBe(true);
  expect(isApiKey(key.replace("test", "live"))).toBe(false);
});

test("a key with one character replaced is none", () => {
  const { key } = newApiKey();
  fc.assert(
    fc.property(fc.nat(key.length - 1), fc.constantFrom(...base62.split("")), (position, character) => {
      const mistyped = key.slice(0, position) + character + key.slice(position + 1);
      expect(isApiKey(mistyped)).toBe(mistyped === key);
    }),
  );
});

test("a key with two neighbours exchanged is none", () => {
  const { key } = newApiKey();
  for (let at = 0; at < key.length - 1; at++) {
    const exchanged = key.slice(0, at) + key.charAt(at + 1) + key.charAt(at) + key.slice(at + 2);
    expect(isApiKey(exchanged)).toBe(exchanged === key);
  }
});

test("anything else is no key", () => {
  fc.assert(fc.property(fc.string(), (text) => !isApiKey(text)));
  const { key } = newApiKey();
  for (const text of ["", `${key} `, `${key}\n`, ` ${key}`, key.toUpperCase(), key.slice(0, -1), `${key}0`])
    expect(isApiKey(text)).toBe(false);
});

test("the digest depends on the key and on the ring", () => {
  const { key } = newApiKey();
  const ring = (byte: number) => createSecretKey(Buffer.alloc(32, byte));
  expect(digestOf(ring(1), key)).toEqual(digestOf(ring(1), key));
  expect(digestOf(ring(1), key)).not.toEqual(digestOf(ring(2), key));
  expect(digestOf(ring(1), key)).not.toEqual(digestOf(ring(1), newApiKey().key));
});
