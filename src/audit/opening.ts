// The opening of an entry: the fact that it commits to and the salt, by which anyone computes the entry again. A receipt
// carries it as `extra`.
import { z } from "zod";
import {
  canonicalJson,
  commitmentOf,
  decodeBase64,
  decodeText,
  type Hash,
  type Json,
  SALT_BYTES,
} from "./log/index.ts";

export type Opening = { fact: { readonly [name: string]: Json }; salt: Buffer };

const Form = z.strictObject({ fact: z.record(z.string(), z.json()), salt: z.string() });

export function formatOpening({ fact, salt }: Opening): Buffer {
  return Buffer.from(canonicalJson({ fact, salt: salt.toString("base64") }));
}

/** Null for any bytes that `formatOpening` does not write. */
export function parseOpening(bytes: Buffer): Opening | null {
  const text = decodeText(bytes);
  const parsed = Form.safeParse(text === null ? null : parseJson(text));
  const salt = parsed.success ? decodeBase64(parsed.data.salt) : null;
  if (!parsed.success || salt?.length !== SALT_BYTES) return null;
  const opening = { fact: parsed.data.fact, salt };
  return formatOpening(opening).equals(bytes) ? opening : null;
}

export function entryOf({ fact, salt }: Opening): Hash {
  return commitmentOf(salt, fact);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
