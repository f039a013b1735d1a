// The decision of a witness: the published conversation of litewitness (ISC), and our own logs, forked and not.
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatCheckpoint,
  formatNote,
  formatSubmission,
  parseSubmission,
  REFUSAL_STATUS,
  refuseSubmission,
  rootOf,
  signerKeyOf,
  signText,
  type Tree,
  type VerifierKey,
} from "../../../src/audit/log/index.ts";
import { inventLog } from "./invented-log.ts";

/** The status a witness answers, and what it has seen afterwards. */
function answer(
  body: string,
  logKeys: readonly VerifierKey[],
  last: Tree | null,
): { status: number; last: Tree | null } {
  const submission = parseSubmission(body);
  if (!submission) return { status: REFUSAL_STATUS.malformed, last };
  const refusal = refuseSubmission(submission, logKeys, last);
  return refusal ? { status: REFUSAL_STATUS[refusal], last } : { status: 200, last: submission.checkpoint };
}

describe("the published conversation", () => {
  const origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
  const raw = Buffer.from("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f", "hex");
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") },
    format: "jwk",
  });
  const logKeys: VerifierKey[] = [{ name: origin, keyId: 0x5202289b, type: "ed25519", publicKey }];
  const hash = (...first: number[]) => Buffer.concat([Buffer.from(first)], 32).toString("base64");
  const roots = {
    1: hash(0x2a),
    3: "RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=",
    5: "QrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=",
  };
  const signatures = {
    1: "UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=",
    3: "UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=",
    5: "UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=",
  };
  const body = (olderSize: number, proof: string[], size: 1 | 3 | 5, signature = signatures[size], name = origin) =>
    [`old ${olderSize}`, ...proof, "", name, size, roots[size], "", `— ${name} ${signature}`, ""].join("\n");
  const toThree = [hash(0x2a, 1), hash(0x2a, 2)];
  const toFive = [hash(0x2a, 2), hash(0x2a, 3), "wgiIFdZfYNv6WU1OllBKsWnLYIS/DBMqt8Uh/S4OukE=", hash(0x2a, 4)];

  test("is answered as litewitness answers, but with the status of the specification for an unknown log", () => {
    const forged = signatures[3].replace("6go=", "6gw=");
    const bad = [hash(0x2a, 1), "KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABA="];
    const fromOne = [hash(0x2a, 1), "+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=", hash(0x2a, 4)];
    const conversation: [string, number, number][] = [
      [body(0, [], 1), 200, 1],
      [body(1, toThree, 3, forged), 403, 1],
      [body(1, toThree, 3, signatures[3], origin.replace("562", "563")), 404, 1],
      [body(1, [], 3), 422, 1],
      [body(1, bad, 3), 422, 1],
      [body(1, toThree, 3), 200, 3],
      [body(1, fromOne, 5), 409, 3],
      [body(3, toFive, 5), 200, 5],
      [body(0, [], 5), 409, 5],
    ];
    let last: Tree | null = null;
    for (const [request, status, size] of conversation) {
      const step = answer(request, logKeys, last);
      last = step.last;
      expect([step.status, last?.size]).toEqual([status, size]);
    }
  });
});

describe("a log of ours", () => {
  const { signer, key, logOf, submissionOf, seen } = inventLog("log.example");
  const logKeys = [key];
  const stranger = signerKeyOf("log.example", "ed25519", generateKeyPairSync("ed25519").privateKey);

  test("is cosigned from the first checkpoint on, and again at the same size", async () => {
    expect(answer(await submissionOf(logOf(0), 0), logKeys, null)).toMatchObject({ status: 200, last: seen(0) });
    expect(answer(await submissionOf(logOf(300), 0), logKeys, null)).toMatchObject({ status: 200, last: seen(300) });
    expect(answer(await submissionOf(logOf(400), 300), logKeys, seen(300))).toMatchObject({
      status: 200,
      last: seen(400),
    });
    expect(answer(await submissionOf(logOf(400), 400), logKeys, seen(400))).toMatchObject({
      status: 200,
      last: seen(400),
    });
  });

  test("is refused where the sizes do not fit", async () => {
    expect(answer(await submissionOf(logOf(400), 200), logKeys, seen(300)).status).toBe(409);
    expect(answer(await submissionOf(logOf(400), 0), logKeys, seen(300)).status).toBe(409);
    expect(answer(await submissionOf(logOf(400), 300), logKeys, null).status).toBe(409);
    expect(answer(await submissionOf(logOf(200), 300), logKeys, seen(300)).status).toBe(400);
  });

  test("is refused when it was forked or rolled back, at whatever size", async () => {
    expect(answer(await submissionOf(logOf(400, 110), 300), logKeys, seen(300)).status).toBe(422);
    expect(answer(await submissionOf(logOf(300, 1), 300), logKeys, seen(300)).status).toBe(422);
    const noProof = (await submissionOf(logOf(400), 300)).replace(/(?<=^old 300\n)(?:\S+\n)+/, "");
    expect(answer(noProof, logKeys, seen(300)).status).toBe(422);
    const proofFromNothing = (await submissionOf(logOf(400), 300)).replace("old 300\n", "old 0\n");
    expect(answer(proofFromNothing, logKeys, null).status).toBe(422);
  });

  test("that calls a tree of no leaves by another root is refused", () => {
    const text = formatCheckpoint({ origin: "log.example", size: 0, root: rootOf(logOf(1).edge), extensions: [] });
    const note = formatNote({ text, signatures: [signText(signer, text, new Date(0))] });
    expect(answer(formatSubmission({ olderSize: 0, proof: [], note }), logKeys, null).status).toBe(422);
  });

  test("is refused to whoever does not hold its key", async () => {
    const body = await submissionOf(logOf(400), 300);
    expect(answer(body, [], seen(300)).status).toBe(404);
    expect(answer(await submissionOf(logOf(400), 300, stranger), logKeys, seen(300)).status).toBe(403);
    expect(answer(body.replace("\n400\n", "\n401\n"), logKeys, seen(300)).status).toBe(403);
  });

  test("has no other spelling of its submission, and no change of one goes through", async () => {
    const body = await submissionOf(logOf(400), 300);
    const piece = fc.constantFrom("\n", "\n\n", " ", "0", "=", "A", "\r", "old ", "");
    const { note, ...rest } = parseSubmission(body) ?? { note: "", olderSize: 0, proof: [] };
    expect(formatSubmission({ ...rest, note })).toBe(body);
    fc.assert(
      fc.property(fc.nat(body.length), fc.nat(3), piece, (place, drop, piece) => {
        const mangled = body.slice(0, place) + piece + body.slice(place + drop);
        const reading = parseSubmission(mangled);
        expect(reading ? formatSubmission(reading) : mangled).toBe(mangled);
        expect(answer(mangled, logKeys, seen(300)).status === 200).toBe(mangled === body);
      }),
      { numRuns: 1000 },
    );
  });
});
