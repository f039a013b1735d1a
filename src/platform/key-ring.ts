// The key ring: the file outside the database without which its numbers can be neither found nor read.
import { createHmac, createPrivateKey, createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { DataKey } from "./envelope.ts";
import { AppError } from "./error.ts";

/** What a key is for, and the algorithm that goes with it. SM3 and SM4 take their place here when a provider is added. */
const ALGORITHM_OF = {
  "blind-index": "HMAC-SHA-256",
  data: "AES-256-GCM",
  credential: "HMAC-SHA-256",
  cursor: "HMAC-SHA-256",
  log: "Ed25519",
} as const;
export type KeyUse = keyof typeof ALGORITHM_OF;

/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

const KeyRingFile = z.strictObject({
  version: z.literal(1),
  keys: z
    .array(
      z.strictObject({
        number: z.int().min(1).max(65_535),
        use: z.enum(["blind-index", "data", "credential", "cursor", "log"]),
        algorithm: z.enum(["HMAC-SHA-256", "AES-256-GCM", "Ed25519"]),
        createdAt: z.iso.datetime(),
        /** From here on it makes nothing new. */
        retiredAt: z.iso.datetime().optional(),
        key: z.base64().refine((text) => Buffer.from(text, "base64").length === 32),
      }),
    )
    .min(1)
    // Of two keys with one number, one would seal what the other is asked to open.
    .refine((keys) => new Set(keys.map(({ use, number }) => `${use} ${number}`)).size === keys.length),
});

export type KeyRing = {
  /** For `blindIndex`: finds a document by its number. */
  blindIndexKey: KeyObject;
  /** Seals new values. */
  dataKey: DataKey;
  /** Opens old ones. */
  dataKeys: ReadonlyMap<number, DataKey>;
  /** Digests API keys. */
  credentialKey: KeyObject;
  /** Signs page cursors. */
  cursorKey: KeyObject;
  /** Sign the public log, the newest first. A ring from before the log has none. */
  logKeys: readonly KeyObject[];
  /** Signed it once: what they signed must still be verified. */
  retiredLogKeys: readonly KeyObject[];
  /** One digest a key; the database remembers them to recognise the ring (`confirmKeyRing`). */
  fingerprints: { number: number; use: KeyUse; algorithm: string; fingerprint: Buffer }[];
};

function readRingFile(path: string): z.infer<typeof KeyRingFile> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new AppError("key-ring", { note: `the key ring file ${path} cannot be read` });
  }
  try {
    return KeyRingFile.parse(JSON.parse(text));
  } catch {
    throw new AppError("key-ring", { note: `${path} is not a key ring of version 1` });
  }
}

/** Reads and checks the ring at `path`. Every fault is a start error. */
export function readKeyRing(path: string): KeyRing {
  const keys = readRingFile(path).keys.map(({ key, ...entry }) => ({
    ...entry,
    key: createSecretKey(Buffer.from(key, "base64")),
  }));
  const newest = (use: KeyUse) => {
    const found = keys.filter((entry) => entry.use === use).sort((a, b) => b.number - a.number)[0];
    if (found?.algorithm !== ALGORITHM_OF[use])
      throw new AppError("key-ring", { note: `${path} holds no ${ALGORITHM_OF[use]} key for ${use}` });
    return found;
  };
  const dataKeys = new Map(
    keys.filter(({ use }) => use === "data").map(({ number, key }): [number, DataKey] => [number, { number, key }]),
  );
  const data = newest("data");
  const logKeys = keys.filter(({ use }) => use === "log").sort((a, b) => b.number - a.number);
  return {
    blindIndexKey: newest("blind-index").key,
    dataKey: { number: data.number, key: data.key },
    dataKeys,
    credentialKey: newest("credential").key,
    cursorKey: newest("cursor").key,
    logKeys: logKeys.filter(({ retiredAt }) => retiredAt === undefined).map(({ key }) => signingKey(key)),
    retiredLogKeys: logKeys.filter(({ retiredAt }) => retiredAt !== undefined).map(({ key }) => signingKey(key)),
    fingerprints: keys.map(({ number, use, algorithm, key }) => ({
      number,
      use,
      algorithm,
      fingerprint: createHmac("sha256", key).update("shixin key ring fingerprint v1").digest(),
    })),
  };
}

function signingKey(seed: KeyObject): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed.export()]), format: "der", type: "pkcs8" });
}

/** Adds a new key of this use to the ring at `path` and says its number. The old ones stay. */
export function addKey(path: string, use: KeyUse): number {
  readKeyRing(path);
  const { keys } = readRingFile(path);
  const number = 1 + Math.max(0, ...keys.filter((key) => key.use === use).map((key) => key.number));
  const draft = writeDraft(path, [...keys, newKey(use, number)]);
  renameSync(draft, path);
  return number;
}

/** Ends the use of a key of the public log, unless it is the last one; the ring keeps it for what it signed. */
export function retireKey(path: string, use: "log", number: number): void {
  const { keys } = readRingFile(path);
  const active = keys.filter((key) => key.use === use && key.retiredAt === undefined);
  if (!active.some((key) => key.number === number))
    throw new AppError("not-found", { note: `${path} has no ${use} key ${number} in use` });
  if (active.length === 1)
    throw new AppError("conflict", { note: `${use} key ${number} is the only one: add its successor first` });
  const retiredAt = new Date().toISOString();
  const changed = keys.map((key) => (key.use === use && key.number === number ? { ...key, retiredAt } : key));
  renameSync(writeDraft(path, changed), path);
}

/**
 * Writes a new ring at `path`, mode 0400, unless there is one. Two processes that start at once agree on one file: it is
 * written aside and linked into place, and `link` fails where a ring already stands.
 */
export function createKeyRing(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = writeDraft(
    path,
    (Object.keys(ALGORITHM_OF) as KeyUse[]).map((use) => newKey(use, 1)),
  );
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    unlinkSync(draft);
  }
}

type RingKey = z.infer<typeof KeyRingFile>["keys"][number];

function newKey(use: KeyUse, number: number): RingKey {
  const createdAt = new Date().toISOString();
  return { number, use, algorithm: ALGORITHM_OF[use], createdAt, key: randomBytes(32).toString("base64") };
}

/** The ring beside its place, written through to the disk: from there it is linked or moved in one step. */
function writeDraft(path: string, keys: RingKey[]): string {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`, { mode: 0o400, flag: "wx", flush: true });
  chmodSync(draft, 0o400);
  return draft;
}
