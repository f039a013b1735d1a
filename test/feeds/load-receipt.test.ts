// The receipt of a load: which file became active, and that it was rolled back; for the agency that sent it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { rollbackLoad } from "../../src/feeds/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { openReceipt } from "../receipts.ts";
import { startService, type TestService } from "../service.ts";
import { fileOf, manifestOf, openSender, rowsOf } from "./sender.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test("proves the activation, and after a roll-back that", async () => {
  const sender = await openSender(service, "city");
  const file = fileOf(rowsOf(30, 0));
  const { id } = (await sender.begin(manifestOf(file, { rows: 30 }))).body;
  expect((await sender.get(id, "receipt")).status).toBe(404);
  await sender.append(id, 0, file, { "Upload-Complete": "?1" });
  const load = await sender.settled(id);
  const ask = () => sender.get(id, "receipt");
  expect(await openReceipt(service, ask)).toMatchObject({
    kind: "load",
    act: "activated",
    load: id,
    file: load.fileSha256,
    source: "city",
    state: load.stateHash,
    counts: { new: 30 },
    positions: [0, 30],
  });
  const uuid = uuidOf("lod", id) ?? "";
  await rollbackLoad({ url: service.databaseUrl, id: uuid, actor: "operator:second", reason: "测试" });
  expect(await openReceipt(service, ask)).toMatchObject({ act: "rolled_back", load: id, positions: [30, 60] });
  const other = await openSender(service, "other");
  expect((await service.get(`/v1/feeds/city/loads/${id}/receipt`, other.key)).status).toBe(404);
  await service.sql`update log_fact set salt = null where subject = ${id}`;
  expect((await ask()).status).toBe(410);
});
