// A challenge that costs a browser a moment and needs no eyes: some work (a proof by SHA-256), or a short wait for whoever
// runs no script. Tickets are signed, so a service remembers only those that were used.
import { createHmac, hash, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { hasZeroBits, workText } from "./work.ts";

/** Some 65,000 digests: a second of a browser's work, and no hindrance to a person. */
export const WORK_BITS = 16;
/** As long as it takes somebody to read the page again. */
export const WAIT_SECONDS = 20;
const TICKET_MS = 10 * 60_000;
/** Whoever pushes a used ticket out of memory has solved as many others. */
const USED_MAX = 100_000;
const WAITING_MAX = 10_000;

export type Challenge = { ticket: string; bits: number; waitSeconds: number };
/** `early`: nothing was solved and the wait is not over. `void`: forged, used, too old, or of somebody else. */
export type Verdict =
  { passed: true } | { passed: false; reason: "void" } | { passed: false; reason: "early"; waitSeconds: number };

export type Challenges = {
  issue: (bearer: string) => Challenge;
  judge: (bearer: string, given: { ticket: string; solution: string }) => Verdict;
};

/** `bearer`: who it is for and what; a ticket is good for nobody and nothing else. */
export function createChallenges({ key, nowMs = Date.now }: { key: KeyObject; nowMs?: () => number }): Challenges {
  const used = new LRUCache<string, true>({ max: USED_MAX });
  /** Whoever waits waits for one ticket at a time: a hundred that were fetched at once are a hundred waits. */
  const waited = new LRUCache<string, number>({ max: WAITING_MAX });
  const macOf = (bearer: string, body: string) =>
    createHmac("sha256", key).update(`portal challenge\0${bearer}\0${body}`).digest("base64url");

  function issuedMsOf(bearer: string, ticket: string): number | null {
    const [issuedMs = "", nonce = "", mac = "", ...rest] = ticket.split(".");
    const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(bearer, `${issuedMs}.${nonce}`))];
    const isOurs = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
    return isOurs ? Number(issuedMs) : null;
  }

  return {
    issue(bearer) {
      const body = `${nowMs()}.${randomBytes(12).toString("base64url")}`;
      return { ticket: `${body}.${macOf(bearer, body)}`, bits: WORK_BITS, waitSeconds: WAIT_SECONDS };
    },
    judge(bearer, { ticket, solution }) {
      const issuedMs = issuedMsOf(bearer, ticket);
      if (issuedMs === null || nowMs() > issuedMs + TICKET_MS || used.has(ticket))
        return { passed: false, reason: "void" };
      const leftMs = Math.max(issuedMs, waited.get(bearer) ?? 0) + WAIT_SECONDS * 1000 - nowMs();
      const isSolved = hasZeroBits(hash("sha256", workText(ticket, solution), "buffer"), WORK_BITS);
      if (!isSolved && leftMs > 0) return { passed: false, reason: "early", waitSeconds: Math.ceil(leftMs / 1000) };
      used.set(ticket, true);
      if (!isSolved) waited.set(bearer, nowMs());
      return { passed: true };
    },
  };
}
