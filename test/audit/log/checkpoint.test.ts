// Checkpoints: a published log (tessera, Apache 2.0) signed again byte for byte, and what is no checkpoint.
import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  EMPTY_EDGE,
  formatCheckpoint,
  formatNote,
  grow,
  leafHash,
  openCheckpoint,
  parseCheckpoint,
  parseSignerKey,
  rootOf,
  signerKeyOf,
  signText,
  verifierKeyOf,
} from "../../../src/audit/log/index.ts";

const NEVER = new Date(0);

describe("the published test log", () => {
  const entries = "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split(" ");
  const signer = parseSignerKey(
    "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg",
  );

  test.each([
    [0, "M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc="],
    [3, "M9e0lvAQRtH832pk2RTbeSeZMkp4FZSdJYFBUjO5SKxuRbywPUF3cx+HUrb50kjd3rUWW/fj53Wj1dwcwh9bGQnqVAg="],
    [8, "M9e0lq1EK37dHtgv9O3UzPxisw5vwIPcJsX9ab0xt4mvVfbdUR1fbMjN6sBFYpBoBEmD4+cWhj/AVgI5MitCO5+mews="],
    [15, "M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI="],
  ])("has at %i entries the published signature over its root", (size, signature) => {
    if (!signer) throw new Error("the published key is malformed");
    const leaves = entries.slice(0, size).map((entry) => leafHash(Buffer.from(entry)));
    const root = rootOf(grow(EMPTY_EDGE, leaves).edge);
    const checkpoint: Checkpoint = { origin: signer.name, size, root, extensions: [] };
    const text = formatCheckpoint(checkpoint);
    const note = formatNote({ text, signatures: [signText(signer, text, NEVER)] });
    expect(note).toBe(`${text}\n— example.com/log/testdata ${signature}\n`);
    expect(openCheckpoint(note, { logKeys: [verifierKeyOf(signer)] })).toEqual({ ok: true, checkpoint, witnesses: [] });
  });

  test("has at 15 entries the published root", () => {
    const { edge } = grow(
      EMPTY_EDGE,
      entries.map((entry) => leafHash(Buffer.from(entry))),
    );
    expect(rootOf(edge).toString("base64")).toBe("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=");
  });
});

describe("text", () => {
  const ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  const origin = "example.com/behind-the-sofa";

  test("the example of the specification is read and written", () => {
    const text = `${origin}\n20852163\n${ROOT}\n`;
    const checkpoint = { origin, size: 20_852_163, root: Buffer.from(ROOT, "base64"), extensions: [] };
    expect(parseCheckpoint(text)).toEqual(checkpoint);
    expect(formatCheckpoint(checkpoint)).toBe(text);
  });

  test.each([
    ["no origin", `\n1\n${ROOT}\n`],
    ["a leading zero", `${origin}\n01\n${ROOT}\n`],
    ["a sign", `${origin}\n+1\n${ROOT}\n`],
    ["an exponent", `${origin}\n1e3\n${ROOT}\n`],
    ["a size that no tree has", `${origin}\n9007199254740992\n${ROOT}\n`],
    ["no size", `${origin}\n\n${ROOT}\n`],
    ["a short root", `${origin}\n1\n${ROOT.slice(4)}\n`],
    ["a root of another spelling", `${origin}\n1\n${ROOT.replace("2I=", "2J=")}\n`],
    ["an empty extension", `${origin}\n1\n${ROOT}\n\n`],
    ["an empty extension before another", `${origin}\n1\n${ROOT}\n\nmore\n`],
    ["no last newline", `${origin}\n1\n${ROOT}`],
    ["an extension without its newline", `${origin}\n1\n${ROOT}\nmore`],
    ["nothing", ""],
  ])("%s is refused", (_, text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });

  const line = fc.stringMatching(/^[ -~厦]{1,20}$/);
  const checkpoint: fc.Arbitrary<Checkpoint> = fc.record({
    origin: line,
    size: fc.maxSafeNat(),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
    extensions: fc.array(line, { maxLength: 3 }),
  });

  test("is read as it was written, and has no other spelling", () => {
    const piece = fc.constantFrom("\n", " ", "0", "=", "A", "\r", "");
    fc.assert(
      fc.property(checkpoint, fc.nat(100), fc.nat(2), piece, (checkpoint, place, drop, piece) => {
        const text = formatCheckpoint(checkpoint);
        expect(parseCheckpoint(text)).toEqual(checkpoint);
        const mangled = text.slice(0, place) + piece + text.slice(place + drop);
        const reading = parseCheckpoint(mangled);
        expect(reading ? formatCheckpoint(reading) : mangled).toBe(mangled);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("opening", () => {
  const newSigner = (name: string, type: "ed25519" | "cosignature") =>
    signerKeyOf(name, type, generateKeyPairSync("ed25519").privateKey);
  const [log, nextKey, other] = ["log.example", "log.example", "other.example"].map((name) =>
    newSigner(name, "ed25519"),
  );
  const witness = newSigner("witness.example", "cosignature");
  if (!log || !nextKey || !other) throw new Error("three keys were made");
  const checkpoint: Checkpoint = { origin: "log.example", size: 1, root: leafHash(Buffer.alloc(0)), extensions: [] };
  const text = formatCheckpoint(checkpoint);
  const at = new Date("2026-11-22T00:00:00Z");
  const signedBy = (...signers: (typeof log)[]) =>
    formatNote({ text, signatures: signers.map((signer) => signText(signer, text, at)) });
  const logKeys = [verifierKeyOf(log)];
  const witnessKeys = [verifierKeyOf(witness)];

  test("names the witnesses that are listened to", () => {
    const note = signedBy(log, witness);
    expect(openCheckpoint(note, { logKeys })).toEqual({ ok: true, checkpoint, witnesses: [] });
    const witnesses = [{ key: witnessKeys[0], at }];
    expect(openCheckpoint(note, { logKeys, witnessKeys })).toEqual({ ok: true, checkpoint, witnesses });
  });

  test("takes either key while they are exchanged", () => {
    const both = [...logKeys, verifierKeyOf(nextKey)];
    for (const note of [signedBy(log), signedBy(nextKey), signedBy(log, nextKey)])
      expect(openCheckpoint(note, { logKeys: both })).toMatchObject({ ok: true });
    expect(openCheckpoint(signedBy(log, nextKey), { logKeys })).toMatchObject({ ok: true });
  });

  test("refuses a log that is not known, a witness alone, and a signature that fails", () => {
    const refusal = (note: string, keys = logKeys) => openCheckpoint(note, { logKeys: keys, witnessKeys });
    expect(refusal(signedBy(log), [verifierKeyOf(other)])).toEqual({ ok: false, fault: "unknown_origin" });
    expect(refusal(signedBy(other), [verifierKeyOf(other)])).toEqual({ ok: false, fault: "unknown_origin" });
    expect(refusal(signedBy(other, witness))).toEqual({ ok: false, fault: "unsigned" });
    expect(refusal(signedBy(log).replace("\n1\n", "\n2\n"))).toEqual({ ok: false, fault: "bad_signature" });
    expect(refusal(text)).toEqual({ ok: false, fault: "malformed" });
    expect(refusal(signedBy(log).replace("\n1\n", "\n01\n"))).toEqual({ ok: false, fault: "malformed" });
  });
});
