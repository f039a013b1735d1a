// The part of node:crypto that the log's pure half speaks, over the browser's own cryptography. Browsers answer later and
// the pure half asks at once, so `settled` runs it again until every answer is known.
const ED25519 = { name: "Ed25519" };
const RAW_KEY_BYTES = 32;

const known = new Map<string, string | boolean>();
/** What tree.ts asks for while it is loaded. */
known.set("hash ", await digest(new Uint8Array()));

/** Thrown where an answer is not known yet. */
class Unanswered extends Error {
  readonly question: string;
  readonly answer: () => Promise<string | boolean>;

  constructor(question: string, answer: () => Promise<string | boolean>) {
    super("an answer of the browser's cryptography is awaited");
    this.question = question;
    this.answer = answer;
  }
}

/** The value of a pure function that hashes and verifies. Each run comes at least one answer further than the last. */
export async function settled<Value>(run: () => Value): Promise<Value> {
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      known.set(error.question, await error.answer());
    }
  }
}

/** Whether this browser can verify: old ones cannot, and none does on a page that came over a plain connection. */
export async function canVerify(): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(RAW_KEY_BYTES), ED25519, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

export function hash(_algorithm: "sha256", bytes: Buffer<ArrayBuffer>): string {
  const question = `hash ${bytes.toString("binary")}`;
  return ask(question, () => digest(bytes));
}

export type KeyObject = { raw: Buffer<ArrayBuffer>; export: () => Buffer };

/** Of a key in the DER form of RFC 8410, which ends with the key itself. */
export function createPublicKey({ key }: { key: Buffer<ArrayBuffer> }): KeyObject {
  return { raw: key.subarray(-RAW_KEY_BYTES), export: () => key };
}

export function verify(
  _: null,
  text: Buffer<ArrayBuffer>,
  { raw }: KeyObject,
  signature: Buffer<ArrayBuffer>,
): boolean {
  const question = `verify ${[raw, signature, text].map((bytes) => bytes.toString("hex")).join(" ")}`;
  return ask(question, async () => {
    const key = await crypto.subtle.importKey("raw", raw, ED25519, false, ["verify"]).catch(() => null);
    return key !== null && crypto.subtle.verify(ED25519, key, signature, text);
  });
}

/** What only the log itself does. */
export const sign = notHere;
export const createPrivateKey = notHere;

function notHere(): never {
  throw new Error("no key is made and nothing is signed in a browser");
}

function ask<Answer extends string | boolean>(question: string, answer: () => Promise<Answer>): Answer {
  const found = known.get(question);
  if (found === undefined) throw new Unanswered(question, answer);
  return found as Answer;
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Not there on a plain connection, where `canVerify` says so and nobody asks for more.
  const hash = await globalThis.crypto.subtle?.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash ?? []), (byte) => String.fromCharCode(byte)).join("");
}
