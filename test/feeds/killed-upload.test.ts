// A service that is killed or stopped while a file comes in or is imported: the next start goes on, and memory stays flat.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAgency, issueKey } from "../../src/agencies/index.ts";
import { changeSource } from "../../src/feeds/index.ts";
import { connect } from "../../src/platform/database.ts";
import { createServiceProcess } from "../faults/service-process.ts";
import { PURPOSE } from "../service.ts";
import { fileOf, manifestOf, rowsOf } from "./sender.ts";

type Sent = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };
type Answer = { status: number; offset: string | null; body: Record<string, unknown> };

const MEBIBYTE = 1024 * 1024;
let service: Awaited<ReturnType<typeof createServiceProcess>>;
let key: string;

beforeAll(async () => {
  service = await createServiceProcess();
  await service.start();
  const connection = connect(await service.databaseUrl(), { name: "test" });
  key = await connection.db.transaction(async (tx) => {
    const { id } = await createAgency(tx, "operator:test", { name: "报送单位", purposes: [PURPOSE] });
    for (const source of ["city-a", "city-b", "city-c", "city-d"])
      await changeSource(tx, "operator:test", source, { agencyId: id, gates: { rejects: 1 } });
    const issued = await issueKey(tx, service.ring, "operator:test", { agencyId: id, scopes: ["feeds:write"] });
    return issued.key;
  });
  await connection.end();
});
afterAll(() => service.remove());

async function ask(path: string, { headers: more = {}, ...init }: Sent = {}): Promise<Answer> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json", ...more };
  const response = await fetch(`${service.url}${path}`, { ...init, headers });
  const text = await response.text();
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, offset: response.headers.get("upload-offset"), body };
}

async function begin(source: string, manifest: object): Promise<string> {
  const collection = `/v1/feeds/${source}/loads`;
  const { status, body } = await ask(collection, { method: "POST", body: JSON.stringify(manifest) });
  expect({ status, body }).toMatchObject({ status: 201 });
  return `${collection}/${String(body["id"])}`;
}

function append(path: string, offset: number, body: Uint8Array<ArrayBuffer> | ReadableStream): Promise<Answer> {
  const headers = { "Content-Type": "application/partial-upload", "Upload-Offset": String(offset) };
  return ask(path, { method: "PATCH", headers, body, duplex: "half" });
}

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    await delay(20);
  }
}

const stateOf = async (path: string) => String((await ask(path)).body["state"]);
const settled = (path: string) =>
  until(
    () => stateOf(path),
    (state) => state !== "receiving" && state !== "validating",
  );
const uploads = () => join(service.folder, "uploads");

/** Megabytes of text without an end, or the first `count`. */
async function* megabytes(count: number): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(MEBIBYTE, "x");
  for (let i = 0; i < count; i++) yield chunk;
}

function residentBytes(): number {
  const status = readFileSync(`/proc/${service.pid()}/status`, "utf8");
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
}

test("killed or stopped in the middle of an upload, it tells the offset at its next start, and the file is imported", async () => {
  const file = fileOf(rowsOf(200));
  const path = await begin("city-a", manifestOf(file));
  expect((await append(path, 0, file.subarray(0, 1000))).status).toBe(204);
  for (const [end, bytes] of [
    [service.kill, 500],
    [service.stop, 800],
  ] as const) {
    const offset = Number((await ask(path, { method: "HEAD" })).offset);
    const broken = append(path, offset, ReadableStream.from(endless(file.subarray(offset, offset + bytes))));
    const expected = broken.then(
      () => "answered",
      () => "broken off",
    );
    const [name = ""] = readdirSync(uploads());
    await until(
      async () => statSync(join(uploads(), name)).size,
      (size) => size === offset + bytes,
    );
    await end();
    expect(await expected).toBe("broken off");
    await service.start();
  }
  const { offset } = await ask(path, { method: "HEAD" });
  // Killed, it had nothing recorded of the broken request; stopped, it recorded what had arrived.
  expect(offset).toBe("1800");
  expect((await append(path, 1800, file.subarray(1800))).status).toBe(204);
  expect(await settled(path)).toBe("activated");
}, 120_000);

async function* endless(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await new Promise(() => {});
}

test.each([
  ["kill", "city-b"],
  ["stop", "city-c"],
] as const)(
  "ended by a %s in the middle of an import, it imports the file again",
  async (how, source) => {
    const rows = rowsOf(9_000);
    const file = Buffer.concat(Array.from({ length: 8 }, () => fileOf(rows)));
    const path = await begin(source, manifestOf(file));
    expect((await append(path, 0, file)).status).toBe(204);
    await until(
      () => ask(path),
      ({ body }) => body["progress"] !== null,
    );
    await service[how]();
    await service.start();
    expect(await settled(path)).toBe("activated");
    expect((await ask(path)).body["counts"]).toMatchObject({ read: 72_000, accepted: 9_000 });
  },
  120_000,
);

test("a file of hundreds of megabytes goes through bounded memory", async () => {
  const path = await begin("city-d", { ...manifestOf(Buffer.from("x")), bytes: 10 * 1024 * MEBIBYTE });
  expect((await append(path, 0, ReadableStream.from(megabytes(20)))).status).toBe(204);
  const before = residentBytes();
  const { offset } = await append(path, 20 * MEBIBYTE, ReadableStream.from(megabytes(400)));
  expect(offset).toBe(String(420 * MEBIBYTE));
  expect((residentBytes() - before) / MEBIBYTE).toBeLessThan(64);
  expect((await ask(path)).body["upload"]).toEqual({ bytes: 10 * 1024 * MEBIBYTE, received: 420 * MEBIBYTE });
}, 120_000);
