// Two processes that serve one upload: what the older request still holds is neither recorded nor cut.
import { statSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { load } from "../../src/feeds/schema.ts";
import { addToUpload, isUpload } from "../../src/feeds/upload.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { startService, type TestService } from "../service.ts";
import { fileOf, manifestOf, openSender, rowsOf } from "./sender.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test("an upload that another process goes on with is that process's alone", async () => {
  const sender = await openSender(service, "city-turns");
  const file = fileOf(rowsOf(30));
  const { id } = (await sender.begin(manifestOf(file))).body;
  const directory = join(service.dataDirectory, "uploads");
  const size = () => statSync(join(directory, `${id}.part`), { throwIfNoEntry: false })?.size;

  /** As the route does, without what one process knows of its own requests. */
  async function add(body: AsyncIterable<Uint8Array>): Promise<number> {
    const [row] = await service.db
      .select()
      .from(load)
      .where(eq(load.id, uuidOf("lod", id) ?? ""));
    if (!row || !isUpload(row)) throw new Error("no upload");
    return addToUpload(service.db, {
      directory,
      row,
      offset: 0,
      isLast: false,
      length: null,
      body,
      isWhole: () => true,
    });
  }

  const released = Promise.withResolvers<void>();
  const older = add(hold(file.subarray(0, 900), released.promise)).catch((error: unknown) => error);
  await expect.poll(size).toBe(900);
  expect(await add(hold(file.subarray(0, 500)))).toBe(500);
  released.resolve();
  expect(await older).toMatchObject({ code: "conflict" });
  expect([(await sender.head(id)).headers["upload-offset"], size()]).toEqual(["500", 500]);
  await sender.append(id, 500, file.subarray(500)).expect(204);
  expect(await sender.settled(id)).toMatchObject({ state: "activated", counts: { new: 30 } });
});

/** A body that ends once `until` has come. */
async function* hold(bytes: Uint8Array, until = Promise.resolve()): AsyncGenerator<Uint8Array> {
  yield bytes;
  await until;
}
