// The log in a running service: what is committed gets an index, a checkpoint and a proof; and the tiles are the form's.
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifierKeysOf } from "../../src/audit/index.ts";
import {
  entryOf,
  leafHash,
  openCheckpoint,
  parseBundle,
  parseOpening,
  parseReceipt,
  parseVerifierKey,
  tilePath,
  TILE_WIDTH,
  verifyReceipt,
} from "../../src/audit/log/index.ts";
import { checkOf, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const keys = () => ({ logKeys: verifierKeysOf(service.identity).flatMap((text) => parseVerifierKey(text) ?? []) });

/** The receipt, asked for until it is there. */
async function receiptOf(path: string): Promise<string> {
  for (;;) {
    const { status, text, headers } = await service.get(path);
    if (status === 200) return text;
    expect([status, headers["retry-after"]]).toEqual([202, "2"]);
  }
}

test("a check's receipt verifies with the log's key alone, and binds the answer", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  const receipt = parseReceipt(await receiptOf(body.receipt));
  const opening = receipt && parseOpening(receipt.extra);
  if (!receipt || !opening) throw new Error("the receipt has no form");
  expect(opening.fact).toMatchObject({ id: body.id, outcome: "clear" });
  expect(verifyReceipt(receipt, leafHash(entryOf(opening)), keys())).toMatchObject({ ok: true });
  const other = { ...opening, fact: { ...opening.fact, outcome: "listed" } };
  expect(verifyReceipt(receipt, leafHash(entryOf(other)), keys())).toEqual({ ok: false, fault: "not_included" });
});

test("checkpoint, tiles and bundles are served as tlog-tiles asks", async () => {
  const subjects = Array.from({ length: 300 }, () => checkOf().subject);
  const { body } = await service.post("/v1/checks/batch", { ...checkOf(), subject: undefined, subjects });
  await receiptOf(body.results[299].receipt);
  const { text: note, headers } = await service.request.get("/log/checkpoint");
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  const opened = openCheckpoint(note, keys());
  if (!opened.ok) throw new Error(opened.fault);
  const width = opened.checkpoint.size - TILE_WIDTH;
  for (const address of [
    { level: 0, index: 0, width: TILE_WIDTH },
    { level: 0, index: 1, width },
    { level: 0, index: 0, width: 7 },
    { level: 1, index: 0, width: 1 },
  ]) {
    const { status, body, headers } = await service.request.get(`/log/${tilePath(address)}`);
    expect([status, (body as Buffer).length]).toEqual([200, address.width * 32]);
    expect(headers["content-type"]).toBe("application/octet-stream");
    expect(headers["cache-control"]).toContain("immutable");
  }
  const { body: bundle } = await service.request.get(`/log/${tilePath({ level: "entries", index: 1, width })}`);
  expect(parseBundle(bundle as Buffer, width)).toHaveLength(width);
});

test("what is no tile, or none yet, is not found", async () => {
  for (const path of [
    "tile/0/001.p/255",
    "tile/0/000.p/256",
    "tile/0/0",
    "tile/9/000",
    "tile/entries/x000/000",
    "tiles",
  ])
    expect((await service.request.get(`/log/${path}`)).status).toBe(404);
});

test("another agency gets no receipt, and nor does anybody without a key", async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  const other = await service.addAgency("另一单位", ["office.lease"]);
  expect((await service.get(body.receipt, other.key)).status).toBe(404);
  expect((await service.request.get(body.receipt)).status).toBe(401);
});
