// Files of questions: each row is answered and recorded once, whatever ends in between, and the file is gone afterwards.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { residentIdOf } from "../../../src/identity/index.ts";
import { uuidOf } from "../../../src/platform/id.ts";
import { listingOf, PURPOSE, startService, type TestService } from "../../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
});
afterAll(() => service.stop());

const listed = { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" } };
const asking = { purpose: PURPOSE, caseReference: "XM-2026-1", operator: "officer 0417" };

type Bulk = {
  id: string;
  state: string;
  progress: { done: number; total: number | null };
  counts: Record<string, number>;
  problem: { code: string } | null;
};
type Line = { line: number; status: string; reference: string | null; id: string; outcome: string };

/** Another invented person, born in 1900, for each number below 300,000. */
function person(n: number) {
  const day = String((n % 28) + 1).padStart(2, "0");
  const month = String((Math.floor(n / 28) % 12) + 1).padStart(2, "0");
  const serial = String(Math.floor(n / 336) % 1000).padStart(3, "0");
  return {
    name: "测试乙",
    document: { type: "resident_id", number: residentIdOf(`3502031900${month}${day}${serial}`) },
    reference: `row ${n}`,
  };
}
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));
const jsonLines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

async function request(path: string, { method = "GET", body = "", headers = {}, key = service.key } = {}) {
  const sent = { Authorization: `Bearer ${key}`, ...headers };
  const response = await fetch(`${service.url}/v1${path}`, {
    method,
    headers: sent,
    ...(method === "POST" && { body }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

type Sending = { given?: Record<string, string>; key?: string; headers?: Record<string, string> };

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  { given = {}, key = service.key, headers = {} }: Sending = {},
) {
  const url = `${service.url}/v1/bulk-checks?${new URLSearchParams({ ...asking, ...given }).toString()}`;
  const sent = { Authorization: `Bearer ${key}`, "Content-Type": "application/jsonl", ...headers };
  const response = await fetch(url, { method: "POST", headers: sent, body });
  return {
    status: response.status,
    body: (await response.json()) as Bulk & { code: string },
    headers: response.headers,
  };
}

async function read(id: string): Promise<Bulk> {
  return JSON.parse((await request(`/bulk-checks/${id}`)).text) as Bulk;
}

async function ended(id: string): Promise<Bulk> {
  for (;;) {
    const bulk = await read(id);
    if (!["queued", "running"].includes(bulk.state)) return bulk;
  }
}

async function ask(rows: readonly unknown[]): Promise<Bulk> {
  const { status, body } = await send(jsonLines(rows));
  expect(status).toBe(202);
  return ended(body.id);
}

async function linesOf(id: string): Promise<Line[]> {
  const { text } = await request(`/bulk-checks/${id}/results`);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

const recorded = async (id: string) => {
  const rows = await service.sql`
    select id, reference, case_reference from check_record where batch_id = ${uuidOf("blk", id)} order by id`;
  return rows.map(({ reference, case_reference }) => [reference, case_reference]);
};

describe("a file of questions", () => {
  test("is answered row by row, in its order, and every row is on record", async () => {
    const rows = [
      listed,
      { ...person(1), caseReference: "XM-2026-2" },
      { ...person(2), document: { type: "resident_id", number: "110101190001010015" } },
      { name: "测试丙" },
      { ...listed, name: "测试丁", reference: "D" },
    ];
    const { status, body, headers } = await send(`${jsonLines(rows)}\nnot json\n`);
    expect([status, headers.get("location"), headers.get("retry-after")]).toEqual([
      202,
      `/v1/bulk-checks/${body.id}`,
      "2",
    ]);
    const bulk = await ended(body.id);
    expect(bulk).toMatchObject({
      state: "succeeded",
      progress: { done: 6, total: 6 },
      counts: { listed: 1, review: 1, clear: 1, invalid: 3 },
      problem: null,
    });
    expect(await linesOf(bulk.id)).toMatchObject([
      { line: 1, status: "checked", outcome: "listed", matches: [{ grade: "exact" }] },
      { line: 2, status: "checked", outcome: "clear", reference: "row 1" },
      { line: 3, status: "invalid", problem: { code: "validation", errors: [{ pointer: "#/document/number" }] } },
      { line: 4, status: "invalid", problem: { code: "name-only" } },
      { line: 5, status: "checked", outcome: "review", reference: "D", matches: [{ grade: "conflict" }] },
      { line: 7, status: "invalid", problem: { code: "malformed-json" } },
    ]);
    expect(await recorded(bulk.id)).toEqual([
      [null, "XM-2026-1"],
      ["row 1", "XM-2026-2"],
      ["D", "XM-2026-1"],
    ]);
    const { text } = await request(`/bulk-checks/${bulk.id}/results`);
    for (const { name, document } of rows.slice(0, 3) as (typeof listed)[])
      for (const value of [name, document.number]) expect(text).not.toContain(value);
    expect(readdirSync(join(service.dataDirectory, "bulk")).filter((name) => name.includes("questions"))).toEqual([]);
    const [begun] = await service.sql`select actor, action from audit_entry where subject = ${bulk.id}`;
    expect(begun).toMatchObject({ action: "bulk.begin", actor: expect.stringMatching(/\/officer 0417$/) });
  });

  test("may be CSV and packed; its results as CSV hold nothing that a spreadsheet computes", async () => {
    const cells = `\uFEFFname,documentType,documentNumber,reference,role\r\n测试甲,resident_id,${listed.document.number},=1+1,\r\n"测试乙",resident_id,${person(5).document.number},"a, ""b""",self\r\n`;
    const packed = new Uint8Array(gzipSync(cells));
    const { body } = await send(packed, {
      headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Encoding": "gzip" },
    });
    const bulk = await ended(body.id);
    expect(bulk).toMatchObject({ state: "succeeded", counts: { listed: 1, clear: 1, invalid: 0 } });
    const { text } = await request(`/bulk-checks/${bulk.id}/results`, { headers: { Accept: "text/csv" } });
    const rows: unknown = parse(text, { bom: true, columns: true });
    expect(rows).toMatchObject([
      { line: "2", outcome: "listed", reference: "'=1+1", courts: "厦门市思明区人民法院", grades: "exact" },
      { line: "3", outcome: "clear", reference: 'a, "b"', grades: "" },
    ]);
  });

  test.for([
    ["that is empty", "", {}, "file-refused"],
    ["without a header", "测试甲,resident_id,110101190001010014\n", { "Content-Type": "text/csv" }, "file-refused"],
    ["that breaks off in a quote", 'name,reference\n"测试甲', { "Content-Type": "text/csv" }, "file-refused"],
    ["that is no gzip", jsonLines([listed]), { "Content-Encoding": "gzip" }, "file-refused"],
    ["with a line beyond all measure", `{"name":"${"长".repeat(6000)}"}\n`, {}, "file-refused"],
  ] as const)("%s fails, and no row of it is asked", async ([, text, headers, code]) => {
    const { status, body } = await send(text, { headers });
    expect(status).toBe(202);
    const bulk = await ended(body.id);
    expect(bulk).toMatchObject({ state: "failed", problem: { code }, progress: { done: 0 } });
    expect(await recorded(body.id)).toEqual([]);
  });

  test("is refused before it is taken in for its type, its purpose, its size, or a key without the scope", async () => {
    const reader = (await service.addAgency("另一单位", ["travel.ticketing"])).key;
    expect(await send("x", { headers: { "Content-Type": "application/pdf" } })).toMatchObject({ status: 415 });
    expect(await send("x", { key: reader })).toMatchObject({ status: 403, body: { code: "purpose-not-permitted" } });
    expect(await send("x", { key: "sx_live_nobody" })).toMatchObject({ status: 401 });
    expect(await send("x", { given: { purpose: "none" } })).toMatchObject({ status: 422 });
    const [{ count } = { count: null }] =
      await service.sql`select count(*)::int as count from bulk_check where purpose = 'none'`;
    expect(count).toBe(0);
  });

  test("is nobody else's", async () => {
    const { id } = await ask([listed]);
    const { key } = await service.addAgency("旁观单位", [PURPOSE]);
    for (const path of [`/bulk-checks/${id}`, `/bulk-checks/${id}/results`])
      expect((await request(path, { key })).status).toBe(404);
    expect((await request(`/bulk-checks/${id}/cancel`, { method: "POST", key })).status).toBe(404);
    expect(JSON.parse((await request("/bulk-checks", { key })).text)).toEqual({
      data: [],
      hasMore: false,
      nextCursor: null,
    });
  });

  test("whose key is revoked meanwhile fails, and asks nothing more", async () => {
    const { key, keyId } = await service.addAgency("撤销单位", [PURPOSE]);
    const { body } = await send(jsonLines(people(20_000)), { key });
    await service.sql`update api_key set revoked_at = now() where id = ${keyId}`;
    const stateOf = async () => {
      const [row] = await service.sql`select state, problem from bulk_check where id = ${uuidOf("blk", body.id)}`;
      return [row?.["state"], row?.["problem"]];
    };
    await expect.poll(stateOf).toEqual(["failed", "unauthenticated"]);
    const asked = (await recorded(body.id)).length;
    expect([asked % 1_000, asked < 20_000]).toEqual([0, true]);
  });
});

describe("when the service ends in the middle", () => {
  const rows = people(2_500);

  /** As a process leaves it that died `after`: its last stretch is on record, or not, and its results are not safe. */
  async function leaveBehind(id: string, done: number): Promise<void> {
    const uuid = uuidOf("blk", id);
    const lines = (await request(`/bulk-checks/${id}/results`)).text.split("\n").slice(0, done);
    const bytes = Buffer.byteLength(lines.map((line) => `${line}\n`).join(""));
    const last = (JSON.parse(lines.at(-1) ?? "{}") as Line).id;
    await service.sql`
      update bulk_check set state = 'running', finished_at = null, done = ${done}, clear = ${done}, result_bytes = ${bytes},
        last_check_id = ${uuidOf("chk", last)}, lease = null, leased_until = null
      where id = ${uuid}`;
  }

  test.for([
    ["after a stretch was recorded and before its results were safe", false],
    ["before the stretch was recorded", true],
  ] as const)("%s, the next start asks nothing twice and leaves nothing out", async ([, isLost]) => {
    const { body } = await send(jsonLines(rows));
    const first = await ended(body.id);
    expect(first.counts).toMatchObject({ clear: 2_500 });
    const whole = await linesOf(first.id);
    if (isLost)
      await service.sql`
        delete from check_record where batch_id = ${uuidOf("blk", first.id)} and id > ${uuidOf("chk", whole[1_999]?.id ?? "")}`;
    writeFileSync(join(service.dataDirectory, "bulk", `${first.id}.questions`), jsonLines(rows));
    await leaveBehind(first.id, 2_000);
    const again = await ended(first.id);
    expect(again).toMatchObject({ state: "succeeded", progress: { done: 2_500 }, counts: { clear: 2_500 } });
    const lines = await linesOf(first.id);
    expect(lines.map(({ line, reference }) => [line, reference])).toEqual(
      rows.map(({ reference }, index) => [index + 1, reference]),
    );
    expect((await recorded(first.id)).map(([reference]) => reference)).toEqual(rows.map(({ reference }) => reference));
    // What was on record keeps its check; what was not has a new one.
    expect(lines.slice(0, 2_000)).toEqual(whole.slice(0, 2_000));
    expect(lines[2_499]?.id === whole[2_499]?.id).toBe(!isLost);
  });
});

test("a file that waits behind another of its agency can be cancelled, and a finished one cannot", async () => {
  const [long, short] = await Promise.all([send(jsonLines(people(20_000))), send(jsonLines([listed]))]);
  const cancelled = [];
  for (const { body } of [short, long])
    cancelled.push((await request(`/bulk-checks/${body.id}/cancel`, { method: "POST" })).status);
  const states = await Promise.all([short, long].map(async ({ body }) => ended(body.id)));
  for (const [index, bulk] of states.entries()) {
    expect(cancelled[index] === 409 ? ["succeeded"] : ["canceled", "succeeded"]).toContain(bulk.state);
    expect(bulk.counts["clear"]).toBe((await recorded(bulk.id)).length - (bulk.counts["listed"] ?? 0));
    expect((await linesOf(bulk.id)).length).toBe(bulk.progress.done);
    expect((await request(`/bulk-checks/${bulk.id}/cancel`, { method: "POST" })).status).toBe(409);
  }
  expect(states[1]?.state).toBe("canceled");
});
