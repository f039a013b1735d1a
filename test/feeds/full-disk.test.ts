// A disk that fills up under an upload: a clear problem, the safe offset kept, and the upload goes on once there is room.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appendToFile } from "../../src/feeds/upload-file.ts";
import { requireRoom } from "../../src/feeds/upload.ts";
import { databaseCode } from "../../src/platform/database.ts";
import { startService, type TestService } from "../service.ts";
import { fileOf, manifestOf, openSender, rowsOf } from "./sender.ts";

const MEBIBYTE = 1024 * 1024;
let service: TestService;
let folder: string;
let isMounted = false;

beforeAll(async () => {
  service = await startService();
  folder = join(service.dataDirectory, "uploads");
  mkdirSync(folder, { recursive: true });
  // A small disk of its own needs privileges that not every machine gives.
  isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]).status === 0;
});
afterAll(async () => {
  if (isMounted) spawnSync("umount", [folder]);
  await service.stop();
});

test("a file that would not fit is refused before it is begun", async () => {
  await expect(requireRoom(service.db, folder, 2 ** 60)).rejects.toMatchObject({ code: "insufficient-storage" });
});

test("what was safe before the disk was full stays, and the upload goes on from there", async (context) => {
  if (!isMounted) context.skip("no disk of its own could be mounted");
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
    });
  await append(0, file.subarray(0, half));
  writeFileSync(join(folder, "ballast"), Buffer.alloc(MEBIBYTE - half - 100 * 1024));
  await expect(append(half, file.subarray(half))).rejects.toSatisfy((error) => databaseCode(error) === "ENOSPC");
  expect([statSync(path).size, parts]).toEqual([half, [half]]);
  rmSync(join(folder, "ballast"));
  expect(await append(half, file.subarray(half))).toBe(file.length);
});

test("a caller is told by a problem, and HEAD names the offset to go on from", async (context) => {
  if (!isMounted) context.skip("no disk of its own could be mounted");
  const sender = await openSender(service, "city-full");
  rmSync(join(folder, "upload"), { force: true });
  const file = fileOf(rowsOf(300));
  await service.sql`insert into load (id, source, mode, state, file_name, as_of, upload_bytes, upload_seen_at, actor)
    values (gen_random_uuid(), 'city-full', 'snapshot', 'receiving', 'list.jsonl', now(), ${file.length}, now(), 'agency:test')`;
  const { body } = await sender.list();
  const { id } = body.data[0];
  await sender.append(id, 0, file.subarray(0, 1000)).expect(204);
  writeFileSync(join(folder, "ballast"), Buffer.alloc(MEBIBYTE - 64 * 1024));
  const full = await sender.append(id, 1000, file.subarray(1000));
  expect(full.body).toMatchObject({ status: 507, code: "insufficient-storage" });
  expect((await sender.head(id)).headers["upload-offset"]).toBe("1000");
  expect((await sender.begin(manifestOf(file))).body.code).toMatch(/^(?:insufficient-storage|load-under-way)$/);
  rmSync(join(folder, "ballast"));
  await sender.append(id, 1000, file.subarray(1000)).expect(204);
  expect(await sender.settled(id)).toMatchObject({ state: "activated" });
});
