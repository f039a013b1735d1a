// The challenge before a search: solved or waited for, once, by whom it was issued to; and how often an address is let in.
import { createSecretKey, hash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { type Challenge, createChallenges, WAIT_SECONDS, WORK_BITS } from "../../../src/portal/gate/challenge.ts";
import { createGate, FREE } from "../../../src/portal/gate/gate.ts";
import { hasZeroBits, workText } from "../../../src/portal/gate/work.ts";

const key = createSecretKey(Buffer.alloc(32, 7));
let atMs = 1_800_000_000_000;
const nowMs = () => atMs;
const passSeconds = (seconds: number) => void (atMs += seconds * 1000);

function solve({ ticket, bits }: Challenge): string {
  for (let tried = 0; ; tried++)
    if (hasZeroBits(hash("sha256", workText(ticket, String(tried)), "buffer"), bits)) return String(tried);
}

test.each([
  [[0b0000_0000, 0b0111_1111], 9, true],
  [[0b0000_0000, 0b0111_1111], 10, false],
  [[0b1000_0000], 0, true],
  [[0b1000_0000], 1, false],
  [[], 1, false],
])("of %j the first %i bits are zero: %s", (bytes, bits, isZero) => {
  expect(hasZeroBits(Uint8Array.from(bytes), bits)).toBe(isZero);
});

describe("a ticket", () => {
  const challenges = createChallenges({ key, nowMs });
  let challenge: Challenge;
  beforeEach(() => {
    challenge = challenges.issue("search 192.0.2.1");
  });
  const judge = (solution: string, { bearer = "search 192.0.2.1", ticket = challenge.ticket } = {}) =>
    challenges.judge(bearer, { ticket, solution });

  test("passes solved, and only once", () => {
    const solution = solve(challenge);
    expect(judge(solution)).toEqual({ passed: true });
    expect(judge(solution)).toEqual({ passed: false, reason: "void" });
  });

  test("passes without a solution once the wait is over, and says before how long it is", () => {
    passSeconds(WAIT_SECONDS - 1);
    expect(judge("")).toEqual({ passed: false, reason: "early", waitSeconds: 1 });
    passSeconds(1);
    expect(judge("")).toEqual({ passed: true });
  });

  test("is waited for by itself: two that were fetched at once are two waits", () => {
    const other = challenges.issue("search 192.0.2.1");
    passSeconds(WAIT_SECONDS);
    expect(judge("")).toEqual({ passed: true });
    const early = { passed: false, reason: "early", waitSeconds: WAIT_SECONDS };
    expect(judge("", { ticket: other.ticket })).toEqual(early);
    expect(judge(solve(other), { ticket: other.ticket })).toEqual({ passed: true });
  });

  test("is nobody else's, for nothing else, and ends", () => {
    const solution = solve(challenge);
    for (const bearer of ["search 192.0.2.2", "other 192.0.2.1"])
      expect(judge(solution, { bearer })).toEqual({ passed: false, reason: "void" });
    passSeconds(601);
    expect(judge(solution)).toEqual({ passed: false, reason: "void" });
  });

  test("cannot be made, backdated or stretched", () => {
    const [issuedMs = "", nonce = "", mac = ""] = challenge.ticket.split(".");
    const forged = [
      "",
      "..",
      `${Number(issuedMs) - 60_000}.${nonce}.${mac}`,
      `${issuedMs}.${nonce}x.${mac}`,
      `${issuedMs}.${nonce}.${mac}.1`,
      `${issuedMs}.${nonce}.${"A".repeat(mac.length)}`,
      `${issuedMs}.${nonce}.${"中".repeat(mac.length)}`,
    ];
    passSeconds(WAIT_SECONDS);
    for (const ticket of forged) expect(judge("", { ticket })).toEqual({ passed: false, reason: "void" });
    expect(judge("")).toEqual({ passed: true });
  });

  test("costs some ten thousand digests and more", () => {
    expect(challenge.bits).toBe(WORK_BITS);
    expect(WORK_BITS).toBeGreaterThanOrEqual(14);
  });
});

describe("the gate", () => {
  const none = { ticket: "", solution: "" };

  test("lets an address search freely, then for a solved ticket each, and another address freely still", () => {
    const gate = createGate({ key, nowMs });
    for (let search = 0; search < FREE.units; search++) expect(gate.pass("192.0.2.1", none).open).toBe(true);
    const refused = gate.pass("192.0.2.1", none);
    if (refused.open) throw new Error("it is open");
    const { challenge } = refused;
    expect(gate.pass("192.0.2.2", none).open).toBe(true);
    expect(gate.pass("192.0.2.1", { ticket: challenge.ticket, solution: solve(challenge) })).toEqual({ open: true });
    expect(gate.pass("192.0.2.1", { ticket: challenge.ticket, solution: solve(challenge) }).open).toBe(false);
    passSeconds(FREE.windowSeconds);
    expect(gate.pass("192.0.2.1", none).open).toBe(true);
  });

  test("gives whoever comes too early the same ticket, and the rest of the wait", () => {
    const gate = createGate({ key, nowMs });
    for (let search = 0; search < FREE.units; search++) gate.pass("192.0.2.1", none);
    const first = gate.pass("192.0.2.1", none);
    if (first.open) throw new Error("it is open");
    const { ticket } = first.challenge;
    passSeconds(5);
    expect(gate.pass("192.0.2.1", { ticket, solution: "" })).toEqual({
      open: false,
      challenge: { ...first.challenge, waitSeconds: WAIT_SECONDS - 5 },
    });
    passSeconds(WAIT_SECONDS - 5);
    expect(gate.pass("192.0.2.1", { ticket, solution: "" })).toEqual({ open: true });
  });

  test("closes to an address that goes on and on, and to its looks", () => {
    const gate = createGate({ key, nowMs });
    for (let look = 0; look < 120; look++) gate.look("192.0.2.1");
    expect(() => gate.look("192.0.2.1")).toThrow(expect.objectContaining({ code: "quota-exceeded" }));
    expect(() => gate.pass("192.0.2.1", none)).toThrow(expect.objectContaining({ code: "quota-exceeded" }));
    passSeconds(60);
    expect(gate.pass("192.0.2.1", none).open).toBe(true);
  });
});
