// Passwords: argon2id over a peppered password (RFC 9106, OWASP), kept as a PHC string; few at a time, for each takes 19 MiB.
import { argon2, createHmac, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { AppError } from "../../platform/error.ts";

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. About 40 ms of a core. */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** Each computes on a thread of the pool that also reads files and resolves names; two leave it room. */
const UNDER_WAY_MAX = 2;
/** Some two seconds of waiting; whoever comes later is told to come again. */
const WAITING_MAX = 50;

const derive = promisify(argon2);

export type PasswordHasher = {
  /** A new PHC string. */
  hash: (password: string) => Promise<string>;
  /** Whether the password made `phc`. */
  verify: (password: string, phc: string) => Promise<boolean>;
  /** The hash of a password that nobody has: an unknown account costs what a known one does. */
  nobody: string;
};

/** `temporary-reduced-capacity` when too many wait. The pepper is the ring's: a dump alone cannot be guessed against. */
export function createPasswordHasher(pepper: KeyObject): PasswordHasher {
  const waiting: (() => void)[] = [];
  let underWay = 0;

  async function tagOf(password: string, nonce: Buffer, parameters: typeof PARAMETERS): Promise<Buffer> {
    if (underWay >= UNDER_WAY_MAX) await turn();
    else underWay++;
    try {
      const message = createHmac("sha256", pepper)
        .update(`password\0${password.normalize("NFC")}`)
        .digest();
      return await derive("argon2id", { message, nonce, tagLength: TAG_BYTES, ...parameters });
    } finally {
      // A place that is handed on is never free in between.
      const next = waiting.shift();
      if (next) next();
      else underWay--;
    }
  }

  function turn(): Promise<void> {
    if (waiting.length >= WAITING_MAX) throw new AppError("temporary-reduced-capacity", { retryAfterSeconds: 5 });
    return new Promise((resolve) => void waiting.push(resolve));
  }

  return {
    async hash(password) {
      const nonce = randomBytes(SALT_BYTES);
      return formatPhc(nonce, await tagOf(password, nonce, PARAMETERS));
    },
    async verify(password, phc) {
      const { parameters, nonce, tag } = parsePhc(phc);
      return timingSafeEqual(await tagOf(password, nonce, parameters), tag);
    },
    nobody: formatPhc(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES)),
  };
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]{43})$/;

function formatPhc(nonce: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = PARAMETERS;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** Hashes keep the parameters they were made with, so that these can be raised. */
function parsePhc(phc: string) {
  const [, memory, passes, parallelism, nonce, tag] = PHC.exec(phc) ?? [];
  if (nonce === undefined || tag === undefined) throw new Error("a stored password hash is not in its form");
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { parameters, nonce: Buffer.from(nonce, "base64"), tag: Buffer.from(tag, "base64") };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
