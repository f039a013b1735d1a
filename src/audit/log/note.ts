// Signed notes of c2sp.org/signed-note, with the Ed25519 signatures of logs and the cosignatures of witnesses.
import { sign, verify } from "node:crypto";
import { decodeBase64 } from "./encoding.ts";
import { KEY_NAME, type SignerKey, type VerifierKey } from "./key.ts";

/** `bytes` are as the key's type lays them out; of an unknown key they mean nothing. */
export type NoteSignature = { name: string; keyId: number; bytes: Buffer };
export type Note = { text: string; signatures: NoteSignature[] };
/** A signature that holds; a cosignature also says when it was made. */
export type Verified = { key: VerifierKey; at: Date | null };

/** Sixteen must be accepted; the rest is room for keys in rotation. A bound keeps a hostile note cheap. */
const SIGNATURES_MAX = 64;
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;

const controlCharacter = /[\0-\t\v-\x1f]/;
const signatureLine = new RegExp(String.raw`^— (${KEY_NAME}) (\S+)$`, "u");

export function parseNote(note: string): Note | null {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !isNoteText(note)) return null;
  const signatures = parseSignatures(note.slice(split + 2));
  return signatures && { text: note.slice(0, split + 1), signatures };
}

export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith("\n") || !isNoteText(text)) throw new RangeError("a note is lines of text");
  return `${text}\n${formatSignatures(signatures)}`;
}

function isNoteText(text: string): boolean {
  return text.isWellFormed() && !controlCharacter.test(text);
}

/** Signature lines alone are also what a witness answers. */
export function parseSignatures(lines: string): NoteSignature[] | null {
  if (!lines.endsWith("\n")) return null;
  const each = lines.slice(0, -1).split("\n", SIGNATURES_MAX + 1);
  const signatures = each.map(parseSignature).filter((signature) => signature !== null);
  return signatures.length === each.length && each.length <= SIGNATURES_MAX ? signatures : null;
}

function parseSignature(line: string): NoteSignature | null {
  const [, name = "", base64 = ""] = signatureLine.exec(line) ?? [];
  const bytes = decodeBase64(base64);
  if (!bytes || bytes.length <= KEY_ID_BYTES) return null;
  return { name, keyId: bytes.readUInt32BE(), bytes: bytes.subarray(KEY_ID_BYTES) };
}

export function formatSignatures(signatures: readonly NoteSignature[]): string {
  return signatures
    .map(({ name, keyId, bytes }) => {
      const id = Buffer.alloc(KEY_ID_BYTES);
      id.writeUInt32BE(keyId);
      return `— ${name} ${Buffer.concat([id, bytes]).toString("base64")}\n`;
    })
    .join("");
}

/** Signs the text of a note. Only a cosignature states the time, in whole seconds. */
export function signText({ name, keyId, type, privateKey }: SignerKey, text: string, at: Date): NoteSignature {
  if (type === "ed25519") return { name, keyId, bytes: sign(null, Buffer.from(text), privateKey) };
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(seconds);
  return { name, keyId, bytes: Buffer.concat([time, sign(null, cosignedText(text, seconds), privateKey)]) };
}

/** One for each known key that signed, or null when a signature of a known key fails. Other signatures say nothing. */
export function verifyNote({ text, signatures }: Note, keys: readonly VerifierKey[]): Verified[] | null {
  const verified = new Map<VerifierKey, Verified>();
  for (const { name, keyId, bytes } of signatures) {
    const key = keys.find((key) => key.name === name && key.keyId === keyId);
    if (!key) continue;
    const outcome = verifyText(key, text, bytes);
    if (!outcome) return null;
    verified.set(key, outcome);
  }
  return [...verified.values()];
}

function verifyText(key: VerifierKey, text: string, bytes: Buffer): Verified | null {
  if (key.type === "ed25519") return verify(null, Buffer.from(text), key.publicKey, bytes) ? { key, at: null } : null;
  if (bytes.length < TIME_BYTES) return null;
  const seconds = bytes.readBigUInt64BE();
  const at = new Date(Number(seconds) * 1000);
  const holds = verify(null, cosignedText(text, seconds), key.publicKey, bytes.subarray(TIME_BYTES));
  return holds && !Number.isNaN(at.getTime()) ? { key, at } : null;
}

/** The message of cosignature/v1 (c2sp.org/tlog-cosignature). */
function cosignedText(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}
