// Storage that takes no more under an upload: a clear problem, the safe offset kept, and the upload goes on once there is room.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { appendToFile } from "../../src/platform/upload-file.ts";
import { requireRoom } from "../../src/feeds/upload.ts";
import { databaseCode } from "../../src/platform/database.ts";
import { startService, type TestService } from "../service.ts";
import { fileOf, manifestOf, openSender, rowsOf } from "./sender.ts";

let service: TestService;
let folder: string;

beforeAll(async () => {
  service = await startService();
  folder = join(service.dataDirectory, "uploads");
  mkdirSync(folder, { recursive: true });
});
afterEach(() => limitFiles("unlimited"));
afterAll(() => service.stop());

/** No file of this process may grow past so many bytes: a write fails halfway, as it does on a full disk, without one. */
function limitFiles(bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:unlimited`]);
}

test("a file that would not fit is refused before it is begun", async () => {
  await expect(requireRoom(service.db, folder, 2 ** 60)).rejects.toMatchObject({ code: "insufficient-storage" });
});

test("what was safe before there was no more room stays, and the upload goes on from there", async () => {
  const file = fileOf(rowsOf(1000));
  const half = Math.floor(file.length / 2);
  const path = join(folder, "upload");
  const parts: number[] = [];
  const append = (offset: number, body: Buffer) =>
    appendToFile({
      path,
      offset,
      bytesMax: file.length,
      body: (async function* () {
        for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
      })(),
      onSafe: async (_, to) => void parts.push(to),
      whileOurs: (cut) => cut(),
    });
  await append(0, file.subarray(0, half));
  limitFiles(half + 100 * 1024);
  await expect(append(half, file.subarray(half))).rejects.toSatisfy((error) => databaseCode(error) === "EFBIG");
  expect([statSync(path).size, parts]).toEqual([half, [half]]);
  limitFiles("unlimited");
  expect(await append(half, file.subarray(half))).toBe(file.length);
});

test("a caller is told by a problem, and HEAD names the offset to go on from", async () => {
  const sender = await openSender(service, "city-full");
  const file = fileOf(rowsOf(300));
  const begun = await sender.begin(manifestOf(file));
  const { id } = begun.body;
  await sender.append(id, 0, file.subarray(0, 1000)).expect(204);
  limitFiles(64 * 1024);
  const full = await sender.append(id, 1000, file.subarray(1000));
  expect(full.body).toMatchObject({ status: 507, code: "insufficient-storage" });
  expect((await sender.head(id)).headers["upload-offset"]).toBe("1000");
  limitFiles("unlimited");
  await sender.append(id, 1000, file.subarray(1000)).expect(204);
  expect(await sender.settled(id)).toMatchObject({ state: "activated" });
});
