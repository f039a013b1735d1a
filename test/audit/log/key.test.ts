// Text forms of keys: the published examples of C2SP and Go's sumdb (BSD), and every mangled spelling refused.
import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatSignerKey,
  formatVerifierKey,
  type KeyType,
  parseSignerKey,
  parseVerifierKey,
  signerKeyOf,
  verifierKeyOf,
} from "../../../src/audit/log/index.ts";

const VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

describe("published keys", () => {
  test.each([
    VERIFIER,
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
  ])("%s is read and written", (text) => {
    const key = parseVerifierKey(text);
    expect(key && formatVerifierKey(key)).toBe(text);
  });

  test("a signer key is read and written, and has the verifier key of the example", () => {
    const key = parseSignerKey(SIGNER);
    expect(key && formatSignerKey(key)).toBe(SIGNER);
    expect(key && formatVerifierKey(verifierKeyOf(key))).toBe(VERIFIER);
  });
});

describe("other spellings", () => {
  test.each([
    ["verifier", VERIFIER, parseVerifierKey],
    ["signer", SIGNER, parseSignerKey],
  ])("no part of a %s key is a key, and no changed character goes unnoticed", (_, text, parse) => {
    for (let start = 0; start <= text.length; start++)
      for (let end = start; end < Math.min(start + text.length, text.length + 1); end++)
        expect(parse(text.slice(start, end))).toBeNull();
    for (const [at, character] of Array.from(text).entries()) {
      const next = String.fromCharCode(character.charCodeAt(0) + 1);
      expect(parse(text.slice(0, at) + next + text.slice(at + 1))).toBeNull();
    }
  });

  test.each([
    ["a key of another length", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
    ["a key of an unknown type", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["an id in capitals", VERIFIER.replace("c74f20a3", "C74F20A3")],
    ["a line after it", `${VERIFIER}\n`],
    ["a signer key in its place", SIGNER],
  ])("%s is refused", (_, text) => {
    expect(parseVerifierKey(text)).toBeNull();
  });

  test("any text is read without a throw", () => {
    const parts = fc.array(fc.constantFrom("PRIVATE", "KEY", "+", "c74f20a3", "AR", "==", "\n", " ", "é", "\ud800"));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          parts.map((all) => all.join("")),
        ),
        (text) => {
          expect([parseVerifierKey(text), parseSignerKey(text)]).toEqual([null, null]);
        },
      ),
    );
  });
});

describe("new keys", () => {
  const { privateKey } = generateKeyPairSync("ed25519");

  test.each<KeyType>(["ed25519", "cosignature"])("of type %s survive their text forms", (type) => {
    const signer = signerKeyOf("witness.example/厦门", type, privateKey);
    expect(parseSignerKey(formatSignerKey(signer))).toEqual(signer);
    const verifier = verifierKeyOf(signer);
    expect(parseVerifierKey(formatVerifierKey(verifier))).toEqual(verifier);
  });

  test("have different ids for different types and names", () => {
    const ids = [
      signerKeyOf("one.example", "ed25519", privateKey),
      signerKeyOf("one.example", "cosignature", privateKey),
      signerKeyOf("two.example", "ed25519", privateKey),
    ].map(({ keyId }) => keyId);
    expect(new Set(ids).size).toBe(3);
  });

  test.each(["", "a b", "a+b", "a\u3000b", "a\n"])("have no name like %j", (name) => {
    expect(() => signerKeyOf(name, "ed25519", privateKey)).toThrow(RangeError);
  });
});
