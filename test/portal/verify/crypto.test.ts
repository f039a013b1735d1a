// The browser's stand-in for node:crypto, here over the same WebCrypto in Node: it answers what node:crypto answers.
import { generateKeyPairSync, hash, sign } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as browser from "../../../src/portal/verify/browser/crypto.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const der = Buffer.from(publicKey.export({ format: "der", type: "spki" }));
const bytesOf = (text: string) => Buffer.from(new Uint8Array(Buffer.from(text)));

test("hashes that need hashes settle to what Node says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string(), { maxLength: 5 }), async (texts) => {
      const chain = (digest: (bytes: Buffer<ArrayBuffer>) => string) =>
        texts.reduce((sum, text) => digest(bytesOf(sum + text)), "");
      const expected = chain((bytes) => hash("sha256", bytes, "binary"));
      expect(await browser.settled(() => chain((bytes) => browser.hash("sha256", bytes)))).toBe(expected);
    }),
    { numRuns: 50 },
  );
});

test("a signature holds, and no changed one does", async () => {
  const key = browser.createPublicKey({ key: der });
  const text = bytesOf("localhost/test\n1\n");
  const signature = Buffer.from(new Uint8Array(sign(null, text, privateKey)));
  const holds = (signature: Buffer<ArrayBuffer>, said = text) =>
    browser.settled(() => browser.verify(null, said, key, signature));
  expect(await browser.canVerify()).toBe(true);
  expect(await holds(signature)).toBe(true);
  for (const at of signature.keys()) {
    const changed = Buffer.from(signature);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(await holds(changed)).toBe(false);
  }
  expect(await holds(signature.subarray(1))).toBe(false);
  expect(await holds(signature, bytesOf("localhost/test\n2\n"))).toBe(false);
});

test("a fault of what is run is no question, and comes out", async () => {
  await expect(
    browser.settled(() => {
      throw new RangeError("a fault");
    }),
  ).rejects.toThrow("a fault");
});
