// From an Authorization header to the caller behind it. The cache saves the look-up and decides nothing: a refusal is
// always read afresh, and the statement that answers a check joins the key once more.
import { LRUCache } from "lru-cache";
import type { Database } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { AppError } from "../platform/error.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { digestOf, isApiKey } from "./api-key.ts";
import { SANDBOX, type Scope } from "./key.ts";
import { type Credential, findCredential, findKey } from "./queries.ts";

const CACHED_CALLERS_MAX = 10_000;
/** How long a caller may go without a fresh look; bounds memory of scopes, not of revocations. */
const CACHED_MS = 60_000;
/** The pool has no deadline of its own, and queues where the database does not answer. */
const LOOKUP_MS_MAX = 3_000;

export type Caller = Credential & { digest: Buffer };
export type Callers = {
  /** The caller, from memory where possible; only for operations whose own statement joins the key again. */
  find: (authorization: string | undefined) => Caller | Promise<Caller>;
  /** The caller as the database has it now. `unauthenticated` when there is none (RFC 6750 §3). */
  findFresh: (authorization: string | undefined) => Promise<Caller>;
  /** A remembered caller as the database has it now, for whoever is about to refuse it. */
  refresh: (caller: Caller) => Promise<Caller>;
  /** The caller behind a key, by the key's public part: for work that goes on after its request. */
  ofKey: (keyId: string) => Promise<Caller>;
};

const unauthenticated = () =>
  new AppError("unauthenticated", { headers: { "WWW-Authenticate": 'Bearer realm="shixin"' } });

export function createCallers({ db, ring }: { db: Database; ring: KeyRing }): Callers {
  const known = new LRUCache<string, Caller>({ max: CACHED_CALLERS_MAX, ttl: CACHED_MS });

  async function read(digest: Buffer): Promise<Caller> {
    const cacheKey = digest.toString("latin1");
    const late = () => new AppError("register-unavailable", { retryAfterSeconds: 1 });
    const credential = await withDeadline(findCredential(db, digest), LOOKUP_MS_MAX, late);
    if (!credential) {
      known.delete(cacheKey);
      throw unauthenticated();
    }
    const caller = { ...credential, digest };
    known.set(cacheKey, caller);
    return caller;
  }

  return {
    find(authorization) {
      const digest = digestIn(authorization);
      return known.get(digest.toString("latin1")) ?? read(digest);
    },
    findFresh: async (authorization) => read(digestIn(authorization)),
    refresh: (caller) => read(caller.digest),
    async ofKey(keyId) {
      const row = await findKey(db, keyId);
      if (!row) throw unauthenticated();
      return read(row.digest);
    },
  };

  function digestIn(authorization: string | undefined): Buffer {
    const [, key = ""] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
    if (!isApiKey(key)) throw unauthenticated();
    return digestOf(ring.credentialKey, key);
  }
}

/** Refuses a caller whose key lacks `scope`; a key keeps the scopes it was issued with. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) throw new AppError("scope");
}

/** Whether a caller is answered from the sandbox: its key opens nothing of the register. */
export function isSandbox(caller: Caller): boolean {
  return caller.scopes.includes(SANDBOX);
}

/** Refuses a purpose that is not in the agency's agreement today; a remembered caller is read afresh before that. */
export async function requirePurpose(callers: Callers, caller: Caller, purpose: string): Promise<void> {
  if (caller.purposes.includes(purpose)) return;
  const fresh = await callers.refresh(caller);
  if (fresh.purposes.includes(purpose)) return;
  throw new AppError("purpose-not-permitted", { faults: [{ pointer: "#/purpose", code: "not_allowed" }] });
}
