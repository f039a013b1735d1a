// The sequencer as the service runs it: on a thread, with its mark beside the database, until it is told to stop.
import { expect, test } from "vitest";
import { publishedMark, startSequencerThread } from "../../src/audit/index.ts";
import { createLog } from "../../src/platform/log.ts";
import { checkOf, startService } from "../service.ts";

test("on a thread of its own it signs what waits, keeps its mark, and ends when it is told", async () => {
  const service = await startService({ sequencer: false });
  try {
    const { body } = await service.post("/v1/checks", checkOf());
    expect((await service.get(body.receipt)).status).toBe(202);
    const { databaseUrl: url, identity, dataDirectory } = service;
    const sequencer = startSequencerThread({ url, identity, quorum: 0, dataDirectory }, createLog());
    await expect.poll(async () => (await service.get(body.receipt)).status).toBe(200);
    expect(publishedMark(dataDirectory).read()).toMatchObject({ size: 1 });

    // What it has not signed yet when it is told to stop is signed before it ends.
    const { body: last } = await service.post("/v1/checks", checkOf());
    await sequencer.stop();
    expect((await service.get(last.receipt)).status).toBe(200);
  } finally {
    await service.stop();
  }
});
