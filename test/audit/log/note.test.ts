// Signed notes: the published examples of C2SP and Go's sumdb (BSD), cosignatures, and what is no note.
import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeText,
  formatNote,
  formatSignatures,
  type Note,
  parseNote,
  parseSignatures,
  parseSignerKey,
  parseVerifierKey,
  signerKeyOf,
  signText,
  verifierKeyOf,
  verifyNote,
} from "../../../src/audit/log/index.ts";

const NEVER = new Date(0);
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const peter = known(parseVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
const enoch = known(parseVerifierKey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"));

describe("published notes", () => {
  test("Go's example is signed as published", () => {
    const signer = known(
      parseSignerKey("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"),
    );
    expect(formatNote({ text: TEXT, signatures: [signText(signer, TEXT, NEVER)] })).toBe(`${TEXT}\n${PETER}`);
  });

  test("the example of the specification verifies", () => {
    const key = known(parseVerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"));
    const note =
      "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    expect(verified(note, [key])).toEqual([key]);
  });

  test("known signatures count once each, unknown ones are skipped", () => {
    expect(verified(`${TEXT}\n${PETER}${ENOCH}`, [peter])).toEqual([peter]);
    expect(verified(`${TEXT}\n${PETER}${ENOCH}`, [enoch, peter])).toEqual([peter, enoch]);
    expect(verified(`${TEXT}\n${PETER}${ENOCH}`, [])).toEqual([]);
    expect(verified(`${TEXT}\n${PETER}${PETER}${ENOCH}${ENOCH}`, [peter, enoch])).toEqual([peter, enoch]);
  });

  test("a known key whose signature fails rejects the note, also beside one that holds", () => {
    const forged = `${PETER.slice(0, 60)}ABCD${PETER.slice(60)}`;
    expect(verified(`${TEXT}\n${forged}`, [peter])).toBeNull();
    expect(verified(`${TEXT}\n${PETER}${forged}`, [peter])).toBeNull();
    expect(verified(`${TEXT}\n${ENOCH}${forged}`, [enoch, peter])).toBeNull();
    expect(verified(`${TEXT}\n${ENOCH}${forged}`, [enoch])).toEqual([enoch]);
    expect(verified(`${TEXT} \n${PETER}`.replace(" \n", ".\n\n"), [peter])).toBeNull();
  });

  test("the name or the id alone is another key", () => {
    expect(verified(`${TEXT}\n${PETER.replace("PeterNeumann", "CarmenSandiego")}`, [peter])).toEqual([]);
    expect(verified(`${TEXT}\n${PETER.replace("x08g", "xxxx")}`, [peter])).toEqual([]);
  });
});

describe("what is no note", () => {
  test.each([
    ["no signatures", TEXT],
    ["no signature line", `${TEXT}\n`],
    ["no last newline", `${TEXT}\n${PETER.slice(0, -1)}`],
    ["a control character", `\x01${TEXT}\n${PETER}`],
    ["a carriage return", `${TEXT.replace("\n", "\r\n")}\n${PETER}`],
    ["half a character", `\ud800${TEXT}\n${PETER}`],
    ["a name with a space", `${TEXT}\n${PETER.replace("PeterNeumann", "Bad Name")}`],
    ["a name with a wide space", `${TEXT}\n${PETER.replace("PeterNeumann", "Bad\u3000Name")}`],
    ["a name with a plus", `${TEXT}\n${PETER.replace("PeterNeumann", "Bad+Name")}`],
    ["a line that is no signature", `${TEXT}\n${PETER}Unexpected line.\n`],
    ["a hyphen for the dash", `${TEXT}\n${PETER.replace("—", "-")}`],
    ["a signature of an id alone", `${TEXT}\n— PeterNeumann x08gow==\n`],
    ["base64 of another spelling", `${TEXT}\n${PETER.replace("nAM=", "nAN=")}`],
    ["base64 without padding", `${TEXT}\n${PETER.replace("nAM=", "nAM")}`],
    ["base64 for addresses", `${TEXT}\n${PETER.replace("/", "_")}`],
    ["more signatures than anybody makes", `${TEXT}\n${PETER.repeat(101)}`],
  ])("%s", (_, note) => {
    expect(parseNote(note)).toBeNull();
  });

  test("bytes that are not UTF-8 are no text, and a byte order mark is not dropped", () => {
    expect(decodeText(Buffer.from([0xff, 0x0a]))).toBeNull();
    expect(decodeText(Buffer.from([0xed, 0xa0, 0x80]))).toBeNull();
    expect(decodeText(Buffer.from("\ufeff厦门"))).toBe("\ufeff厦门");
  });

  test("text that cannot be a note is not written", () => {
    expect(() => formatNote({ text: "no newline", signatures: [] })).toThrow(RangeError);
    expect(() => formatNote({ text: "\t\n", signatures: [] })).toThrow(RangeError);
  });
});

describe("any note", () => {
  const line = fc.stringMatching(/^[ -~厦—]{0,20}$/);
  const signature = fc.record({
    name: fc.stringMatching(/^[a-z./厦—]{1,12}$/),
    keyId: fc.integer({ min: 0, max: 0xffffffff }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  });
  const note: fc.Arbitrary<Note> = fc.record({
    text: fc.array(line, { maxLength: 5 }).map((lines) => `${lines.join("\n")}\n`),
    signatures: fc.array(signature, { minLength: 1, maxLength: 16 }),
  });

  test("is read as it was written", () => {
    fc.assert(
      fc.property(note, (note) => {
        expect(parseNote(formatNote(note))).toEqual(note);
        expect(parseSignatures(formatSignatures(note.signatures))).toEqual(note.signatures);
      }),
    );
  });

  test("has no other spelling", () => {
    const piece = fc.constantFrom("\n", "\n\n", " ", "— ", "=", "A", "\r", "\u0085", "\ufeff", "");
    fc.assert(
      fc.property(note, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), piece, (note, place, drop, piece) => {
        const text = formatNote(note);
        const at = Math.floor(place * text.length);
        const mangled = text.slice(0, at) + piece + text.slice(at + drop);
        const reading = parseNote(mangled);
        expect(reading ? formatNote(reading) : mangled).toBe(mangled);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("cosignatures", () => {
  const signer = signerKeyOf("witness.example/w1", "cosignature", generateKeyPairSync("ed25519").privateKey);
  const key = verifierKeyOf(signer);
  const at = new Date("2026-11-22T00:00:01.999Z");
  const cosignature = signText(signer, TEXT, at);

  test("say when they were made, in whole seconds", () => {
    const moment = new Date("2026-11-22T00:00:01.000Z");
    expect(verifyNote({ text: TEXT, signatures: [cosignature] }, [key])).toEqual([{ key, at: moment }]);
    expect(cosignature.bytes).toHaveLength(8 + 64);
  });

  test("hold for no other text, time or length", () => {
    const fails = (text: string, bytes: Buffer) => {
      expect(verifyNote({ text, signatures: [{ ...cosignature, bytes }] }, [key])).toBeNull();
    };
    fails(`${TEXT}\n`, cosignature.bytes);
    for (const byte of cosignature.bytes.keys()) {
      const changed = Buffer.from(cosignature.bytes);
      changed.writeUInt8(changed.readUInt8(byte) ^ 0x80, byte);
      fails(TEXT, changed);
      fails(TEXT, cosignature.bytes.subarray(0, byte));
    }
  });

  test("are no signatures: the same key under the other type does not verify them", () => {
    const plain = signerKeyOf("witness.example/w1", "ed25519", signer.privateKey);
    const disguised = { ...cosignature, keyId: plain.keyId, bytes: cosignature.bytes.subarray(8) };
    expect(verifyNote({ text: TEXT, signatures: [disguised] }, [verifierKeyOf(plain)])).toBeNull();
  });
});

function verified(note: string, keys: Parameters<typeof verifyNote>[1]) {
  const outcome = verifyNote(known(parseNote(note)), keys);
  return outcome && outcome.map(({ key }) => key);
}

function known<Value>(value: Value | null): Value {
  if (value === null) throw new Error("the example is malformed");
  return value;
}
