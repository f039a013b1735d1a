// Keys of c2sp.org/signed-note in their text forms: verifier keys, and signer keys in the notation of Go's sumdb.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { decodeBase64 } from "./encoding.ts";
import { sha256 } from "./tree.ts";

/** The assigned type bytes that are supported: a log's signature, and a witness's cosignature with its time. */
const TYPE_BYTES = { ed25519: 0x01, cosignature: 0x04 } as const;
export type KeyType = keyof typeof TYPE_BYTES;

/** `keyId` is what a signature names its key by, together with the name. */
export type VerifierKey = { name: string; keyId: number; type: KeyType; publicKey: KeyObject };
export type SignerKey = { name: string; keyId: number; type: KeyType; privateKey: KeyObject };

const RAW_KEY_BYTES = 32;
/** What stands before the 32 raw bytes in the DER forms of RFC 8410. */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** Any Unicode space or a plus would break the lines that names stand in. */
export const KEY_NAME = String.raw`[^\p{White_Space}+]+`;
const keyName = new RegExp(`^${KEY_NAME}$`, "u");
const form = new RegExp(String.raw`^(PRIVATE\+KEY\+)?(${KEY_NAME})\+([0-9a-f]{8})\+(.+)$`, "u");

export function parseVerifierKey(text: string): VerifierKey | null {
  const parts = parseKey(text, false);
  if (!parts) return null;
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_HEAD, parts.raw]), format: "der", type: "spki" });
  return completeKey(parts, publicKey, { publicKey });
}

export function parseSignerKey(text: string): SignerKey | null {
  const parts = parseKey(text, true);
  if (!parts) return null;
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, parts.raw]), format: "der", type: "pkcs8" });
  return completeKey(parts, createPublicKey(privateKey), { privateKey });
}

export function signerKeyOf(name: string, type: KeyType, privateKey: KeyObject): SignerKey {
  if (!keyName.test(name)) throw new RangeError("a key name has neither spaces nor plus signs");
  return { name, keyId: keyIdOf(name, type, createPublicKey(privateKey)), type, privateKey };
}

export function verifierKeyOf({ privateKey, ...key }: SignerKey): VerifierKey {
  return { ...key, publicKey: createPublicKey(privateKey) };
}

export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return formatKey(name, keyId, type, publicBytes(publicKey));
}

export function formatSignerKey({ name, keyId, type, privateKey }: SignerKey): string {
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(PKCS8_HEAD.length);
  return `PRIVATE+KEY+${formatKey(name, keyId, type, seed)}`;
}

function formatKey(name: string, keyId: number, type: KeyType, raw: Buffer): string {
  return `${name}+${keyId.toString(16).padStart(8, "0")}+${typed(type, raw).toString("base64")}`;
}

function keyIdOf(name: string, type: KeyType, publicKey: KeyObject): number {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), typed(type, publicBytes(publicKey))])).readUInt32BE();
}

function typed(type: KeyType, raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from([TYPE_BYTES[type]]), raw]);
}

function publicBytes(key: KeyObject): Buffer {
  return key.export({ format: "der", type: "spki" }).subarray(SPKI_HEAD.length);
}

type KeyParts = { name: string; keyId: number; type: KeyType; raw: Buffer };

function parseKey(text: string, isPrivate: boolean): KeyParts | null {
  const [, prefix, name = "", keyId = "", base64 = ""] = form.exec(text) ?? [];
  const material = decodeBase64(base64);
  if ((prefix !== undefined) !== isPrivate || material?.length !== 1 + RAW_KEY_BYTES) return null;
  const type = (["ed25519", "cosignature"] as const).find((type) => TYPE_BYTES[type] === material[0]);
  return type ? { name, keyId: Number.parseInt(keyId, 16), type, raw: material.subarray(1) } : null;
}

/** The id in the text is a checksum of the key: one that does not fit was mistyped. */
function completeKey<Key>({ name, keyId, type }: KeyParts, publicKey: KeyObject, key: Key) {
  return keyIdOf(name, type, publicKey) === keyId ? { name, keyId, type, ...key } : null;
}
