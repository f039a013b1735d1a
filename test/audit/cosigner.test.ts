// A log with witnesses: cosignatures stand on the checkpoint and in receipts, and no witness, however bad, holds it up.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type VerifierKey, verifierKeyOf, witnessName } from "../../src/audit/index.ts";
import { findShownCheckpoint } from "../../src/audit/cosignature-queries.ts";
import { openCheckpoint } from "../../src/audit/log/index.ts";
import { readReceiptFile, type ReceiptTrust } from "../../src/checks/index.ts";
import { submitCheckpoint } from "../../src/audit/witness-client.ts";
import { checkOf, startService, type TestService } from "../service.ts";
import { inventLog } from "./log/invented-log.ts";
import { type RunningWitness, startImpostor, startWitness } from "./witness/running-witness.ts";

const logKeys: VerifierKey[] = [];
let service: TestService;
let witnesses: RunningWitness[];
const silent: { url: string; stop: () => void }[] = [];

beforeAll(async () => {
  witnesses = [await startWitness(logKeys, "one.example"), await startWitness(logKeys, "two.example")];
  // One of three takes every request and never answers.
  const impostor = await startImpostor(() => {});
  silent.push(impostor);
  const third = { ...(await startWitness(logKeys, "three.example")), url: impostor.url };
  service = await startService({ witnesses: [...witnesses, third], quorum: 2 });
  logKeys.push(...service.identity.signers.map(verifierKeyOf));
});
afterAll(async () => {
  await service.stop();
  for (const { stop } of silent) stop();
  for (const { stop } of witnesses) await stop();
});

async function receiptOf(path: string): Promise<string> {
  for (;;) {
    const { status, text } = await service.get(path);
    if (status === 200) return text;
    expect(status).toBe(202);
  }
}
const read = (text: string, trust: ReceiptTrust) => readReceiptFile(Buffer.from(text), trust, "zh", () => undefined);
const witnessKeys = () => witnesses.map(({ key }) => key);

test("a receipt is given with the cosignatures of a quorum, and reads out who vouched", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  const receipt = await receiptOf(body.receipt);
  const { verdict, details } = read(receipt, { logKeys, witnessKeys: witnessKeys(), quorum: 2 });
  expect([verdict, details.join("\n")]).toEqual([
    "valid",
    expect.stringMatching(/见证方,one\.example，2\d{3}年[^]*two\.example/),
  ]);
});

test("a receipt with fewer than the holder asks for is refused in a sentence", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  const receipt = await receiptOf(body.receipt);
  const stranger = await startWitness([], "stranger.example");
  await stranger.stop();
  const trust = { logKeys, witnessKeys: [...witnessKeys(), stranger.key], quorum: 3 };
  expect(read(receipt, trust)).toEqual({
    verdict: "few_witnesses",
    sentence: expect.stringContaining("只有 2 个"),
    details: [],
    opening: null,
  });
});

/** Looks until it is so; what never is so ends with the test's time. */
async function eventually(isSo: () => Promise<boolean>): Promise<boolean> {
  while (!(await isSo()));
  return true;
}

test("the checkpoint is shown with its cosignatures", async () => {
  const isCosigned = async () => {
    const { text } = await service.request.get("/log/checkpoint");
    const opened = openCheckpoint(text, { logKeys, witnessKeys: witnessKeys() });
    return opened.ok && opened.witnesses.length === 2;
  };
  expect(await eventually(isCosigned)).toBe(true);
});

test("how far each witness is behind is a number for operators", async () => {
  const isTold = async () => {
    const { text } = await service.request.get("/metrics");
    const behind = (name: string) =>
      Number(new RegExp(`unwitnessed_entries.witness="${name}\\S+ (\\d+)`).exec(text)?.[1]);
    return behind("one.example") === 0 && behind("three.example") > 0;
  };
  expect(await eventually(isTold)).toBe(true);
});

test("a proof waits for witnesses, but not for ever", async () => {
  const { sql } = service;
  await sql`update log_state set quorum = 3`;
  const { body } = await service.post("/v1/checks", checkOf());
  await eventually(async () => (await sql`select 1 from log_checkpoint where size >= 3`).length > 0);
  expect((await service.get(body.receipt)).status).toBe(202);
  await sql`update log_checkpoint set created_at = created_at - interval '1 minute'`;
  expect((await service.get(body.receipt)).status).toBe(200);
  await sql`update log_state set quorum = 2`;
});

describe("an answer is worth nothing", () => {
  const log = inventLog("log.example");
  const note = log.noteOf(log.logOf(3));
  const asked = { note, submission: "old 0\n\n", logKeys: [log.key] };
  const [garbage, tooMuch] = ["— one.example AAAA\n", "x".repeat(100_000)];

  test.each<[string, number, string, unknown]>([
    ["that is no signature", 200, "thanks", { kind: "refused", status: 200 }],
    ["that is empty", 200, "", { kind: "refused", status: 200 }],
    ["that signs with nobody's key", 200, garbage, { kind: "refused", status: 200 }],
    ["that is too long", 200, tooMuch, { kind: "away" }],
    ["that leads elsewhere", 302, "", { kind: "away" }],
    ["that knows no size", 409, "many\n", { kind: "refused", status: 409 }],
    ["that writes a size in another way", 409, "007\n", { kind: "refused", status: 409 }],
    ["of another kind", 500, "", { kind: "refused", status: 500 }],
  ])("%s", async (_, status, text, reply) => {
    const { url, stop } = await startImpostor((_, response) =>
      response.writeHead(status, { Location: "http://127.0.0.1:1/" }).end(text),
    );
    const key = witnesses[0]?.key;
    if (!key) throw new Error("there is no witness");
    expect(await submitCheckpoint({ url, key }, asked)).toEqual(reply);
    stop();
  });

  test("that cosigns another tree", async () => {
    const witness = await startWitness([log.key]);
    const other = await fetch(`${witness.url}/add-checkpoint`, {
      method: "POST",
      body: await log.submissionOf(log.logOf(5), 0),
    });
    const line = await other.text();
    const { url, stop } = await startImpostor((_, response) => response.end(line));
    expect(await submitCheckpoint({ url, key: witness.key }, asked)).toEqual({ kind: "refused", status: 200 });
    const submission = await log.submissionOf(log.logOf(5), 5);
    const [own] = [{ note: log.noteOf(log.logOf(5)), submission, logKeys: [log.key] }];
    expect(await submitCheckpoint(witness, own)).toMatchObject({ kind: "cosigned" });
    stop();
    await witness.stop();
  });
});

test("nobody's line but a configured witness's own is ever stored", async () => {
  const rows = await service.sql`select distinct witness from log_cosignature order by 1`;
  expect(rows.map(({ witness }) => witness)).toEqual(witnesses.map(witnessName).sort());
  expect((await findShownCheckpoint(service.sql))?.note).toContain("localhost/test");
});
