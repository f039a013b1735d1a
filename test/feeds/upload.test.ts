// Files over HTTP: resumable uploads, the imports behind them, what a caller sees, and who may see it.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { revokeKey } from "../../src/agencies/index.ts";
import { importFile } from "../../src/feeds/index.ts";
import { startService, type TestService } from "../service.ts";
import { publishedRow } from "./published-row.ts";
import { fileOf, manifestOf, openSender, rowsOf, type Sender } from "./sender.ts";

let service: TestService;
let sender: Sender;
let serial = 0;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  sender = await openSender(service, `city-${++serial}`);
  file = fileOf(rows(30));
});

let file: Buffer;
/** Of no other test: two sources that name one listing are a matter of their own. */
const rows = (count: number) => rowsOf(count, 100 * serial);
const pathOf = (id: string) => join(service.dataDirectory, "uploads", `${id}.part`);
const importByCommand = (path: string) =>
  importFile({
    url: service.databaseUrl,
    keyRing: service.ring,
    actor: "operator:test",
    source: sender.source,
    mode: "snapshot",
    file: path,
    rejectedTo: `${path}.rejected`,
  });

describe("a load over HTTP", () => {
  test("is begun, uploaded, imported and shown, and its file goes", async () => {
    const sha256 = createHash("sha256").update(file).digest("hex");
    const begun = await sender.begin(manifestOf(file, { sha256, rows: 30 }));
    expect(begun.status).toBe(201);
    const { id } = begun.body;
    expect(begun.headers).toMatchObject({ location: sender.at(id), "upload-offset": "0", "upload-complete": "?0" });
    expect(begun.body).toMatchObject({
      state: "receiving",
      upload: { bytes: file.length, received: 0 },
      expectedRows: 30,
      actor: expect.stringMatching(/^agency:agy_\w{26}\/officer 0417$/),
    });
    const added = await sender.append(id, 0, file, { "Upload-Complete": "?1" });
    expect([added.status, added.headers["upload-offset"], added.headers["upload-complete"]]).toEqual([
      204,
      String(file.length),
      "?1",
    ]);
    const load = await sender.settled(id);
    expect(load).toMatchObject({
      state: "activated",
      counts: { read: 30, accepted: 30, new: 30 },
      fileSha256: sha256,
      stateHash: expect.stringMatching(/^[0-9a-f]{32}$/),
      progress: null,
    });
    const { body } = await sender.get(id, "difference");
    expect(body).toEqual({
      loadId: id,
      courts: [{ court: "厦门市思明区人民法院", outcomes: { new: 30 } }],
      courtsLeftOut: 0,
      exceptions: [],
    });
    await expect.poll(() => existsSync(pathOf(id))).toBe(false);
    const audit = await service.sql`select actor, action from audit_entry where subject = ${id} order by id`;
    expect([...audit]).toEqual([
      { actor: load.actor, action: "feed.upload" },
      { actor: load.actor, action: "feed.activate" },
    ]);
  });

  test("may be compressed, and of any number of pieces", async () => {
    const packed = gzipSync(file);
    const { body } = await sender.begin(manifestOf(packed));
    for (let offset = 0; offset < packed.length; offset += 1000) {
      const { headers } = await sender.append(body.id, offset, packed.subarray(offset, offset + 1000)).expect(204);
      expect(Number(headers["upload-offset"])).toBe(Math.min(offset + 1000, packed.length));
    }
    expect(await sender.settled(body.id)).toMatchObject({ state: "activated", counts: { new: 30 } });
  });

  test("fails with its reason when the file is not the one that was stated", async () => {
    const load = await sender.send(file, { sha256: "0".repeat(64) });
    expect(load).toMatchObject({ state: "failed", failure: expect.stringContaining("its SHA-256 differs") });
    expect(await sender.send(file, { rows: 31 })).toMatchObject({ state: "failed" });
    expect(await sender.send(file)).toMatchObject({ state: "activated" });
    await expect.poll(() => readdirSync(join(service.dataDirectory, "uploads"))).toEqual([]);
  });

  test("gives its rejected rows as JSON Lines and as CSV, and no value of them", async () => {
    const number = "110101190001010011";
    const load = await sender.send(fileOf([...rows(3), publishedRow(100 * serial + 3, { cardNum: number })]));
    expect(load.counts).toMatchObject({ read: 4, rejected: 1, rejectedByCode: { bad_checksum: 1 } });
    const lines = await sender.get(load.id, "rejections").buffer(true).expect(200);
    expect(lines.headers["content-type"]).toBe("application/jsonl; charset=utf-8");
    expect(JSON.parse(String(lines.body.length ? lines.body : lines.text))).toMatchObject({
      line: 4,
      field: "cardNum",
      code: "bad_checksum",
    });
    const csv = await sender.get(load.id, "rejections").set("Accept", "text/csv").expect(200);
    expect(csv.text).toMatch(/行号,栏目,代码,原因\r\n4,cardNum,bad_checksum,.+\r\n$/);
    expect(lines.text ?? "").not.toContain(number);
    await sender.get((await sender.send(file, { rows: 30 })).id, "rejections").expect(404);
  });
});

describe("an upload", () => {
  let id: string;
  beforeEach(async () => {
    id = (await sender.begin(manifestOf(file))).body.id;
  });
  const offset = async () => Number((await sender.head(id)).headers["upload-offset"]);

  test("that is cut off keeps what arrived, and goes on from there", async () => {
    const { request, closed } = await sender.appendSlowly(id, 0, file.subarray(0, 5000), file.length);
    await expect.poll(() => existsSync(pathOf(id)) && statSync(pathOf(id)).size).toBe(5000);
    request.destroy();
    await closed;
    await expect.poll(offset).toBe(5000);
    expect(statSync(pathOf(id)).mode & 0o777).toBe(0o600);
    await sender.append(id, 5000, file.subarray(5000)).expect(204);
    expect(await sender.settled(id)).toMatchObject({ state: "activated", counts: { new: 30 } });
  });

  test("that hangs ends when somebody asks for its offset, or goes on with it", async () => {
    const hanging = await sender.appendSlowly(id, 0, file.subarray(0, 700), file.length);
    await expect.poll(() => existsSync(pathOf(id)) && statSync(pathOf(id)).size).toBe(700);
    expect(await offset()).toBe(700);
    await hanging.closed;
    const second = await sender.appendSlowly(id, 700, file.subarray(700, 900), file.length - 700);
    await expect.poll(() => statSync(pathOf(id)).size).toBe(900);
    expect((await sender.append(id, 700, file.subarray(700))).headers["upload-offset"]).toBe("900");
    await second.closed;
    await sender.append(id, 900, file.subarray(900)).expect(204);
    expect(await sender.settled(id)).toMatchObject({ state: "activated" });
  });

  test("at another offset is refused, and told the right one", async () => {
    await sender.append(id, 0, file.subarray(0, 100)).expect(204);
    for (const wrong of [0, 99, 101, 1e15 - 1]) {
      const { status, body, headers } = await sender.append(id, wrong, file.subarray(100));
      expect([status, body.code, headers["upload-offset"]]).toEqual([409, "upload-offset", "100"]);
      expect(body.type).toBe("https://iana.org/assignments/http-problem-types#mismatching-upload-offset");
    }
    expect(await offset()).toBe(100);
  });

  test("with more bytes than stated is refused, whether it says its length or not", async () => {
    const more = Buffer.concat([file, Buffer.from("\n")]);
    expect((await sender.append(id, 0, more)).body).toMatchObject({ status: 400, code: "upload-length" });
    const chunked = await fetch(service.url + sender.at(id), {
      method: "PATCH",
      headers: {
        Authorization: `Bearer ${sender.key}`,
        "Content-Type": "application/partial-upload",
        "Upload-Offset": "0",
      },
      body: new Blob([more]).stream(),
      duplex: "half",
    });
    expect([chunked.status, await chunked.json()]).toMatchObject([400, { code: "upload-length" }]);
    expect(await offset()).toBe(0);
  });

  test("that says it is complete too early is refused", async () => {
    const { body } = await sender.append(id, 0, file.subarray(0, 10), { "Upload-Complete": "?1" });
    expect(body).toMatchObject({ status: 400, code: "upload-length" });
    expect(await offset()).toBe(0);
  });

  test("takes nothing more when it is complete", async () => {
    await sender.append(id, 0, file).expect(204);
    const { status, body } = await sender.append(id, file.length, Buffer.from("\n"));
    expect([status, body.code]).toEqual([400, "upload-completed"]);
    await sender.settled(id);
  });

  test("needs its media type and its offset", async () => {
    const typed = await sender.append(id, 0, file, { "Content-Type": "application/json" });
    expect([typed.status, typed.body.code]).toEqual([415, "unsupported-media-type"]);
    for (const wrong of ["", "-1", "1.5", "zero"]) {
      const { status, body } = await sender.append(id, wrong, file);
      expect([status, body.errors?.[0]?.pointer]).toEqual([422, "#/headers/Upload-Offset"]);
    }
  });

  test("keeps other loads of its source away, from either side, until it is given up with a reason", async () => {
    const second = await sender.begin(manifestOf(file));
    expect(second.body).toMatchObject({ status: 409, code: "load-under-way", load: id });
    const path = join(service.dataDirectory, "list.jsonl");
    writeFileSync(path, file);
    await expect(importByCommand(path)).rejects.toMatchObject({
      code: "conflict",
      detail: { note: expect.stringContaining(id) },
    });
    expect((await sender.get(id)).body.state).toBe("receiving");
    await sender.append(id, 0, file.subarray(0, 100)).expect(204);
    const discarded = await sender.decide(id, "discard", { operator: "officer 0418", reason: "文件有误" });
    expect(discarded.body).toMatchObject({ state: "discarded", decidedBy: expect.stringMatching(/officer 0418$/) });
    await expect.poll(() => existsSync(pathOf(id))).toBe(false);
    expect((await sender.append(id, 100, file.subarray(100))).body.code).toBe("upload-completed");
    expect(await importByCommand(path)).toMatchObject({ state: "activated" });
  });

  test("that nobody goes on with for a day fails with that reason, and its source is free", async () => {
    await sender.append(id, 0, file.subarray(0, 100)).expect(204);
    await service.sql`update load set upload_seen_at = now() - interval '25 hours' where upload_bytes is not null and state = 'receiving'`;
    await service.wake();
    expect((await sender.get(id)).body).toMatchObject({
      state: "failed",
      failure: expect.stringContaining("24 hours"),
    });
    expect(existsSync(pathOf(id))).toBe(false);
    expect(await sender.send(file)).toMatchObject({ state: "activated" });
  });

  test("whose disk holds less than was recorded goes on from what is there", async () => {
    await sender.append(id, 0, file.subarray(0, 100)).expect(204);
    writeFileSync(pathOf(id), file.subarray(0, 40));
    expect(await offset()).toBe(40);
    await sender.append(id, 40, file.subarray(40)).expect(204);
    expect(await sender.settled(id)).toMatchObject({ state: "activated" });
  });
});

describe("a load that is held", () => {
  let held: { id: string; state: string };
  beforeEach(async () => {
    await sender.send(file);
    held = await sender.send(fileOf(rows(15)), { rows: 15 });
  });

  test("says why, is released by a second operator, and rolled back", async () => {
    expect(held).toMatchObject({
      state: "held",
      counts: { ended: 15 },
      gates: [{ gate: "shrink", rows: 15, finding: expect.stringContaining("移出的比例过高") }],
    });
    const { id } = held;
    const refused = await sender.decide(id, "release", { operator: " ｏfficer 0417" });
    expect(refused.body).toMatchObject({
      status: 409,
      code: "same-person",
      note: expect.stringContaining("second person"),
    });
    const released = await sender.decide(id, "release", { operator: "officer 0418" });
    expect(released.body).toMatchObject({ state: "activated", decidedBy: expect.stringMatching(/officer 0418$/) });
    await expect.poll(() => existsSync(pathOf(id))).toBe(false);
    const again = { operator: "officer 0418", reason: "有误" };
    expect((await sender.decide(id, "rollback", again)).body).toMatchObject({ status: 409, code: "same-person" });
    const undone = await sender.decide(id, "rollback", { ...again, operator: "officer 0419" });
    expect(undone.body).toMatchObject({ state: "rolled_back", undone: { relists: 15, leaves: 0 } });
  });

  test("is discarded with a reason, and keeps others away until then", async () => {
    expect((await sender.begin(manifestOf(file))).body).toMatchObject({ code: "load-under-way", load: held.id });
    const { body } = await sender.decide(held.id, "discard", { operator: "officer 0417", reason: "文件不全" });
    expect(body.state).toBe("discarded");
    const [entry] = await service.sql`
      select reason from audit_entry where subject = ${held.id} and action = 'feed.discard'`;
    expect(entry).toEqual({ reason: "文件不全" });
  });

  test.each([
    ["no operator", { reason: "有误" }, "#/operator", "required"],
    ["no reason", { operator: "officer 0418" }, "#/reason", "required"],
    ["a number for an operator", { operator: "110101190001010014", reason: "有误" }, "#/operator", "bad_form"],
    ["a member that is not known", { operator: "a", reason: "有误", force: true }, "#/force", "unknown_field"],
  ])("is not discarded with %s", async (_, body, pointer, code) => {
    const answer = await sender.decide(held.id, "discard", body);
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ pointer, code }]]);
    expect(JSON.stringify(answer.body)).not.toContain("110101190001010014");
  });
});

describe("a manifest", () => {
  test.each([
    ["no mode", { mode: undefined }, "#/mode", "required"],
    ["an unknown mode", { mode: "append" }, "#/mode", "not_allowed"],
    ["no byte", { bytes: 0 }, "#/bytes", "out_of_range"],
    ["more bytes than are taken", { bytes: 20 * 1024 ** 3 + 1 }, "#/bytes", "out_of_range"],
    ["a digest of another kind", { sha256: "abc" }, "#/sha256", "bad_form"],
    ["a time without a zone", { asOf: "2026-11-22T10:00:00" }, "#/asOf", "bad_form"],
    ["a time to come", { asOf: "2999-01-01T00:00:00Z" }, "#/asOf", "out_of_range"],
    ["rows that are no number", { rows: "30" }, "#/rows", "wrong_type"],
    ["a line break in its name", { name: "a\nb" }, "#/name", "control_character"],
    ["a member that is not known", { actor: "operator:root" }, "#/actor", "unknown_field"],
  ])("with %s is refused by field", async (_, over, pointer, code) => {
    const { status, body } = await sender.begin(manifestOf(file, over));
    expect([status, body.errors]).toMatchObject([422, [{ pointer, code }]]);
  });

  test("that is out of order is refused with the reason, and nothing is begun", async () => {
    const { stateHash } = await sender.send(file, { sequence: 7 });
    const gap = await sender.begin(manifestOf(file, { mode: "delta", sequence: 9 }));
    expect(gap.body).toMatchObject({ status: 409, code: "load-refused", note: expect.stringContaining("number 9") });
    const older = await sender.begin(manifestOf(file, { asOf: "2020-01-01T00:00:00Z" }));
    expect(older.body).toMatchObject({ code: "load-refused", note: expect.stringContaining("older") });
    const delta = await sender.send(fileOf([publishedRow(100 * serial + 40)]), {
      mode: "delta",
      sequence: 8,
      baseState: stateHash,
    });
    expect(delta).toMatchObject({ state: "activated", counts: { new: 1 } });
  });

  test("that comes twice at once begins one load", async () => {
    const both = await Promise.all([sender.begin(manifestOf(file)), sender.begin(manifestOf(file))]);
    expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 409]));
  });
});

test("the loads of a source are listed newest first, page by page, and no other's", async () => {
  const other = await openSender(service, `city-${++serial}`);
  await other.send(file);
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) ids.unshift((await sender.send(file)).id);
  const first = await sender.list("?limit=2");
  expect(first.body).toMatchObject({ data: [{ id: ids[0] }, { id: ids[1] }], hasMore: true });
  const second = await sender.list(`?limit=2&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ data: [{ id: ids[2] }], hasMore: false, nextCursor: null });
  expect((await other.list(`?cursor=${first.body.nextCursor}`)).body.code).toBe("invalid-cursor");
  expect((await sender.list("?limit=0")).body.errors).toMatchObject([{ pointer: "#/limit", code: "out_of_range" }]);
});

describe("who may not", () => {
  type Requests = [name: string, send: (id: string, key: string) => ReturnType<TestService["post"]>][];
  const decision = { operator: "officer 0418", reason: "有误" };
  const requests: Requests = [
    ["begin a load", (_, key) => service.post(`/v1/feeds/${sender.source}/loads`, manifestOf(file), key)],
    ["list loads", (_, key) => service.get(`/v1/feeds/${sender.source}/loads`, key)],
    ["read a load", (id, key) => service.get(sender.at(id), key)],
    ["read its difference", (id, key) => service.get(sender.at(id, "difference"), key)],
    ["read its rejected rows", (id, key) => service.get(sender.at(id, "rejections"), key)],
    ["add bytes", (id, key) => sender.append(id, 0, file, { Authorization: `Bearer ${key}` })],
    ["release it", (id, key) => service.post(sender.at(id, "release"), { operator: "officer 0418" }, key)],
    ["discard it", (id, key) => service.post(sender.at(id, "discard"), decision, key)],
    ["roll it back", (id, key) => service.post(sender.at(id, "rollback"), decision, key)],
  ];

  test.each(requests)("%s: no key, a revoked key, a key without the scope, another agency's key", async (_, send) => {
    const { body } = await sender.begin(manifestOf(file));
    const other = await openSender(service, `city-${++serial}`);
    const answers = [
      await send(body.id, "none"),
      await send(body.id, sender.checkingKey),
      await send(body.id, other.key),
    ];
    await service.db.transaction((tx) => revokeKey(tx, "operator:test", sender.keyId, "lost"));
    answers.push(await send(body.id, sender.key));
    expect(answers.map(({ status, body: problem }) => [status, problem.code])).toEqual([
      [401, "unauthenticated"],
      [403, "scope"],
      [404, "not-found"],
      [401, "unauthenticated"],
    ]);
    const [row] =
      await service.sql`select count(*)::int as loads, min(state) as state from load where source = ${sender.source}`;
    expect(row).toEqual({ loads: 1, state: "receiving" });
  });

  test("a source that nobody has, or a load of another source, is not found", async () => {
    const other = await openSender(service, `city-${++serial}`);
    const { body } = await other.begin(manifestOf(file));
    const answers = [
      await service.get("/v1/feeds/national/loads", sender.key),
      await sender.get(body.id),
      await sender.get("lod_none"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

test("an import from the command line shows in the API, with its progress while it runs", async () => {
  const path = join(service.dataDirectory, "list.jsonl");
  writeFileSync(path, file);
  const { id } = await importByCommand(path);
  expect((await sender.get(id)).body).toMatchObject({ state: "activated", upload: null, progress: null });
  const [row] = await service.sql`select progress from load where id = (select id from load order by id desc limit 1)`;
  expect(row).toMatchObject({ progress: { phase: "comparing", bytesTotal: file.length } });
});

test("no log line holds an identity number", () => {
  expect(service.logged()).not.toMatch(/\d{17}[\dXx]/);
  expect(readFileSync(new URL(import.meta.url), "utf8")).toMatch(/\d{17}[\dXx]/);
});
