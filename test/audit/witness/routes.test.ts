// A witness behind a real server: every answer of c2sp.org/tlog-witness with its status and form.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWitness, openWitnessState, verifierKeyOf, witnessRoutes } from "../../../src/audit/index.ts";
import { formatSubmission, openCheckpoint } from "../../../src/audit/log/index.ts";
import { createLog } from "../../../src/platform/log.ts";
import { type RunningServer, startServer } from "../../../src/platform/server.ts";
import { PassThrough } from "node:stream";
import { inventLog } from "../log/invented-log.ts";

const directory = mkdtempSync(join(tmpdir(), "shixin-witness-"));
const known = inventLog("log.example");
const busy = inventLog("busy.example");
const stranger = inventLog("stranger.example");
const state = openWitnessState(directory, "witness.example");
const witnessKeys = [verifierKeyOf(state.key)];
const failures: unknown[] = [];
let server: RunningServer;

beforeAll(async () => {
  const log = createLog(new PassThrough().resume());
  const witness = createWitness({ state, logKeys: [known.key, busy.key], directory, log });
  const routes = witnessRoutes({ witness, log, fail: (error) => failures.push(error) });
  server = await startServer(routes, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

async function submit(body: string | Uint8Array) {
  const response = await fetch(`${server.url}/add-checkpoint`, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}
const hashOf = (origin: string) => createHash("sha256").update(origin).digest("hex");
const monitored = (origin: string) => fetch(`${server.url}/${hashOf(origin)}/checkpoint`);

test("what was never cosigned is not found", async () => {
  expect((await monitored(known.origin)).status).toBe(404);
  expect((await fetch(`${server.url}/add-checkpoint`)).status).toBe(404);
});

test("a log that grows is cosigned; its monitors read the log's signature and the witness's", async () => {
  const store = known.logOf(300);
  const { status, text } = await submit(await known.submissionOf(store, 0));
  expect([status, text]).toEqual([200, expect.stringMatching(/^— witness\.example \S+\n$/)]);
  const cosigned = openCheckpoint(`${known.noteOf(store)}${text}`, { logKeys: [known.key], witnessKeys });
  expect(cosigned).toMatchObject({
    ok: true,
    checkpoint: { size: 300 },
    witnesses: [{ key: { name: "witness.example" } }],
  });
  const note = await (await monitored(known.origin)).text();
  expect(note).toBe(`${known.noteOf(store)}${text}`);
});

test("whoever does not know what was cosigned last learns its size", async () => {
  const { status, type, text } = await submit(await known.submissionOf(known.logOf(400), 0));
  expect([status, type, text]).toEqual([409, "text/x.tlog.size", "300\n"]);
});

test.each([
  ["another form", () => "old 300\n", 400],
  ["a proof from beyond the checkpoint", () => known.submissionOf(known.logOf(200), 300), 400],
  ["bytes that are no text", () => Promise.resolve(Buffer.from([0xff, 0xfe])), 400],
  ["a log that nobody told it of", () => stranger.submissionOf(stranger.logOf(300), 0), 404],
  ["a known log's name under a stranger's key", () => known.submissionOf(known.logOf(400), 300, stranger.signer), 403],
  ["a fork", () => known.submissionOf(known.logOf(400, 110), 300), 422],
  ["another tree of the same size", () => known.submissionOf(known.logOf(300, 1), 300), 422],
  ["more than any checkpoint has", () => Promise.resolve("x".repeat(100_000)), 413],
])("%s is refused", async (_, body, status) => {
  expect((await submit(await body())).status).toBe(status);
  expect((await submit(await known.submissionOf(known.logOf(300), 300))).status).toBe(200);
});

test("a fork that was refused is kept beside what contradicts it", async () => {
  const fork = known.logOf(300, 1);
  await submit(await known.submissionOf(fork, 300));
  const evidence = readdirSync(directory).filter((name) => name.includes("evidence"));
  const texts = evidence.map((name) => readFileSync(join(directory, name), "utf8"));
  expect(texts.filter((text) => text.includes(known.noteOf(fork)) && text.includes("witness.example"))).toHaveLength(1);
});

test("of submissions that meet, one is first: the others learn the new size, and nothing is rolled back", async () => {
  const bodies = await Promise.all([1, 7, 100, 300, 399].map((size) => busy.submissionOf(busy.logOf(size), 0)));
  const answers = await Promise.all(bodies.map(submit));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const sizes = new Set(answers.filter(({ status }) => status === 409).map(({ text }) => text));
  expect(sizes.size).toBe(1);
  const note = await (await monitored(busy.origin)).text();
  expect(note.split("\n")[1]).toBe([...sizes][0]?.trim());
});

test("a witness whose directory another has taken over answers nobody, and ends", async () => {
  openWitnessState(directory, undefined);
  const { note, ...rest } = { note: known.noteOf(known.logOf(300)), olderSize: 300, proof: [] };
  expect(failures).toEqual([]);
  expect((await submit(formatSubmission({ ...rest, note }))).status).toBe(503);
  expect(String(failures)).toContain("another witness serves");
});
