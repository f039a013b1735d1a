// Checks under an Idempotency-Key: one record whatever is sent how often, its answer again byte for byte, and never an
// answer that no longer holds.
import { randomUUID } from "node:crypto";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApp } from "../../../src/app.ts";
import { sweepClaims } from "../../../src/checks/claims/index.ts";
import { createHotConnection, eraseChecksById } from "../../../src/checks/index.ts";
import { uuidOf } from "../../../src/platform/id.ts";
import { createLog } from "../../../src/platform/log.ts";
import { startServer } from "../../../src/platform/server.ts";
import { endByCourt } from "../../registry/ending.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../../service.ts";

const LISTED = { name: "测试甲", document: { type: "resident_id", number: "110101190001010014" } };
const CLEAR = { name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } };
const INVALID = { name: "测试丙", document: { type: "resident_id", number: "110101190001010015" } };

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
});
afterAll(() => service.stop());

type Answer = { status: number; text: string; headers: Record<string, string>; body: { id: string; code: string } };
type Sent = { bearer?: string; path?: string; language?: string; to?: string };

const send = async (
  key: string | undefined,
  body: unknown,
  { bearer = service.key, path = "/v1/checks", language = "zh", to = service.url }: Sent = {},
): Promise<Answer> => {
  const response = await fetch(to + path, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${bearer}`,
      "Content-Type": "application/json",
      "Accept-Language": language,
      ...(key !== undefined && { "Idempotency-Key": key }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, text, headers, body: JSON.parse(text) as Answer["body"] };
};
const batchOf = (...subjects: object[]) => ({
  purpose: PURPOSE,
  caseReference: "XM-ZC-2026-00123",
  operator: "officer 0417",
  subjects,
});
const newKey = () => randomUUID();
const isReplayed = ({ headers }: Answer) => headers["idempotency-replayed"] === "true";

async function countOf(table: "check_record" | "check_claim"): Promise<number> {
  const [row] =
    table === "check_record"
      ? await service.sql`select count(*)::int as n from check_record`
      : await service.sql`select count(*)::int as n from check_claim`;
  return row?.["n"] as number;
}

describe("a check under a key", () => {
  test("is recorded once, and its repetition is the same bytes, marked", async () => {
    const before = await countOf("check_record");
    const key = newKey();
    const first = await send(key, checkOf({ role: "bidder", reference: "A" }));
    expect([first.status, isReplayed(first)]).toEqual([200, false]);
    for (const spelt of [key, `"${key}"`]) {
      const again = await send(spelt, checkOf({ role: "bidder", reference: "A" }));
      expect([again.status, again.text, isReplayed(again)]).toEqual([200, first.text, true]);
      expect(again.headers["cache-control"]).toBe("no-store");
    }
    expect(await countOf("check_record")).toBe(before + 1);
  });

  test("is the same request in another spelling of its JSON", async () => {
    const key = newKey();
    const body = checkOf();
    const first = await send(key, body);
    const reversed = Object.fromEntries(Object.entries(body).toReversed());
    expect((await send(key, reversed)).text).toBe(first.text);
  });

  test("refuses another body, and records nothing of it", async () => {
    const key = newKey();
    await send(key, checkOf());
    const before = await countOf("check_record");
    const other = await send(key, checkOf({}, { caseReference: "XM-ZC-2026-00124" }));
    expect([other.status, other.body.code]).toEqual([422, "idempotency-key-reuse"]);
    expect(await countOf("check_record")).toBe(before);
  });

  test("is another for another agency, for a batch, and for a key that comes late", async () => {
    const key = newKey();
    const { key: bearer } = await service.addAgency("另一单位", [PURPOSE]);
    const [one, other] = [await send(key, checkOf()), await send(key, checkOf(), { bearer })];
    const batch = await send(key, batchOf(LISTED), { path: "/v1/checks/batch" });
    expect([one, other, batch].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([one, other, batch].some(isReplayed)).toBe(false);
    expect(new Set([one, other, batch].map(({ body }) => body.id)).size).toBe(3);
    const sibling = await service.addKey(service.agencyId);
    expect((await send(key, checkOf(), { bearer: sibling.key })).text).toBe(one.text);
  });

  test.each(["short", "with space in it 123456", "用户请求编号0123456789", `"${"a".repeat(16)}`, "a".repeat(129)])(
    "is refused where the key has no good form (%s)",
    async (key) => {
      const refused = await service.request
        .post("/v1/checks")
        .set({ Authorization: `Bearer ${service.key}`, "Idempotency-Key": Buffer.from(key).toString("latin1") })
        .send(checkOf());
      expect([refused.status, refused.body.code]).toEqual([400, "malformed-idempotency-key"]);
      expect(refused.text).not.toContain(key);
    },
  );

  test("claims nothing where it was refused: the key is free for what is right", async () => {
    const key = newKey();
    expect((await send(key, checkOf(INVALID))).status).toBe(422);
    const { key: bearer } = await service.addAgency("没有该事由的单位", ["office.lease"]);
    expect((await send(key, checkOf(), { bearer })).status).toBe(403);
    expect((await send(key, checkOf())).status).toBe(200);
  });
});

describe("a batch under a key", () => {
  const path = "/v1/checks/batch";

  test("is repeated whole, with its number, its invalid items and their language", async () => {
    const before = await countOf("check_record");
    const key = newKey();
    const subjects = [{ ...LISTED, reference: "1" }, INVALID, CLEAR, { ...LISTED, name: "测试乙" }, CLEAR];
    const first = await send(key, batchOf(...subjects), { path, language: "en" });
    expect(first.text).toContain("check digit");
    const again = await send(key, batchOf(...subjects), { path, language: "zh" });
    expect([again.text, isReplayed(again)]).toEqual([first.text, true]);
    expect(await countOf("check_record")).toBe(before + 4);
  });

  test("of a thousand parties is repeated in its order, and another batch under its key is refused", async () => {
    const key = newKey();
    const subjects = Array.from({ length: 1000 }, (_, n) => ({ ...(n % 3 ? CLEAR : LISTED), reference: `${n}` }));
    const [first, second] = await Promise.all([1, 2].map(() => send(key, batchOf(...subjects), { path })));
    expect(first?.status).toBe(200);
    expect(second?.text).toBe(first?.text);
    const other = await send(key, batchOf(...subjects.slice(1)), { path });
    expect([other.status, other.body.code]).toEqual([422, "idempotency-key-reuse"]);
  });

  test("that recorded nobody is asked anew", async () => {
    const key = newKey();
    const answers = [await send(key, batchOf(INVALID), { path }), await send(key, batchOf(INVALID), { path })];
    expect(answers.map((answer) => [answer.status, isReplayed(answer)])).toEqual([
      [200, false],
      [200, false],
    ]);
  });
});

describe("many tries of one person at once", () => {
  test("are one record and its answer for all of them", async () => {
    const before = await countOf("check_record");
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 9 }, () => send(key, checkOf())));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(isReplayed)).toHaveLength(8);
    expect(await countOf("check_record")).toBe(before + 1);
  });

  test("over two processes, with many keys in any order, end and record each once", async () => {
    const hot = createHotConnection(service.databaseUrl);
    const { ring, identity } = service;
    const log = createLog(new PassThrough());
    const options = { connection: service, hot, ring, log, identity, demonstration: true, stopping: () => false };
    const { app, drain } = createApp(options);
    const other = await startServer(app, { host: "127.0.0.1", port: 0 });
    try {
      const before = await countOf("check_record");
      const keys = Array.from({ length: 40 }, newKey);
      const storm = [0, 1, 2, 3, 4].flatMap((round) =>
        (round % 2 ? keys.toReversed() : keys).map((key, n) =>
          send(key, checkOf(n % 2 ? LISTED : CLEAR, { caseReference: key }), {
            to: round % 2 ? other.url : service.url,
          }).then((answer) => ({ key, answer })),
        ),
      );
      const answers = Map.groupBy(await Promise.all(storm), ({ key }) => key);
      for (const [, tries] of answers) {
        const good = tries.filter(({ answer }) => answer.status === 200);
        expect(new Set(good.map(({ answer }) => answer.text)).size).toBeLessThanOrEqual(1);
        for (const { answer } of tries) expect([200, 422]).toContain(answer.status);
      }
      expect(await countOf("check_record")).toBe(before + keys.length);
    } finally {
      await other.stop();
      await drain();
      await hot.end();
    }
  });
});

describe("an answer that no longer holds", () => {
  const number = "350213190008250075";
  const subject = { name: "测试壬", document: { type: "resident_id", number } };
  const party = { name: "测试壬", document: { kind: "resident_id" as const, number } };

  test("is not given again: a listing published or removed in between", async () => {
    const [clear, batch] = [newKey(), newKey()];
    const ask = (key: string) => send(key, checkOf(subject));
    const askBatch = () => send(batch, batchOf(CLEAR, subject), { path: "/v1/checks/batch" });
    await ask(clear);
    await askBatch();
    expect([isReplayed(await ask(clear)), isReplayed(await askBatch())]).toEqual([true, true]);
    const { id } = await service.publish(listingOf(party, { caseNumber: "(2020)闽0203执90000071号" }));
    for (const answer of [await ask(clear), await askBatch()])
      expect([answer.status, answer.body.code]).toEqual([409, "answer-superseded"]);
    const listed = newKey();
    const first = await ask(listed);
    expect(first.text).toContain('"listed"');
    await service.publish(listingOf(LISTED_OTHERWISE, { caseNumber: "(2020)闽0203执90000072号" }));
    expect((await ask(listed)).text).toBe(first.text);
    await service.db.transaction((tx) => endByCourt(tx, id));
    expect((await ask(listed)).body.code).toBe("answer-superseded");
    expect((await ask(newKey())).text).toContain('"clear"');
    const { text } = await service.request.get("/metrics");
    expect(text).toMatch(/shixin_check_repetitions_total\{result="superseded"\} [1-9]/);
  });

  test("does not tell of a list that the purpose does not ask", async () => {
    const key = newKey();
    const first = await send(key, checkOf(subject));
    const limit = { list: "consumption_limit" as const, caseNumber: "(2020)闽0203执90000073号" };
    await service.publish(listingOf(party, limit));
    const again = await send(key, checkOf(subject));
    expect([again.text, isReplayed(again)]).toEqual([first.text, true]);
  });

  test("is not given again once its term has run out", async () => {
    const key = newKey();
    await send(key, checkOf());
    await service.sql`update listing set answers_until = current_date - 1 where name = '测试甲'`;
    try {
      expect((await send(key, checkOf())).body.code).toBe("answer-superseded");
    } finally {
      await service.sql`update listing set answers_until = null where name = '测试甲'`;
    }
  });

  test("is not given to a key or a purpose that is out of force", async () => {
    const { key: bearer, agencyId, keyId } = await service.addAgency("将被停用的单位", [PURPOSE]);
    const key = newKey();
    expect((await send(key, checkOf(), { bearer })).status).toBe(200);
    await service.sql`delete from agency_purpose where agency_id = ${agencyId}`;
    expect((await send(key, checkOf(), { bearer })).body.code).toBe("purpose-not-permitted");
    await service.sql`update api_key set revoked_at = now() where id = ${keyId}`;
    expect((await send(key, checkOf(), { bearer })).status).toBe(401);
  });

  test("is gone where its personal data is erased, and is not asked again", async () => {
    const key = newKey();
    const { body } = await send(key, checkOf());
    const erasure = { actor: "operator:test", reason: "保存期限届满" };
    await service.db.transaction((tx) => eraseChecksById(tx, erasure, [uuidOf("chk", body.id) ?? ""]));
    const before = await countOf("check_record");
    expect(await send(key, checkOf())).toMatchObject({ status: 410, body: { code: "erased" } });
    expect(await countOf("check_record")).toBe(before);
  });
});

const LISTED_OTHERWISE = { name: "测试丙", document: { kind: "resident_id" as const, number: "350203190002010027" } };

test("what is stored of a key tells nothing: neither the key nor the party", async () => {
  const key = "110101190001010014";
  await send(key, checkOf());
  const rows = await service.sql`select c::text as row from check_claim c`;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ row }) => row as string).join("\n")).not.toMatch(/110101190001010014|测试/);
});

test("a key is forgotten after a day, and works anew", async () => {
  const key = newKey();
  const first = await send(key, checkOf());
  const dayAgo = new Date(Date.now() - 24 * 3_600_000);
  await service.sql`
    update check_claim set claimed_at = ${dayAgo.toISOString()}::timestamptz - interval '1 second'
    where answer_id = ${uuidOf("chk", first.body.id)}`;
  expect(await sweepClaims(service.db, dayAgo)).toBe(1);
  const anew = await send(key, checkOf());
  expect([anew.status, isReplayed(anew)]).toEqual([200, false]);
  expect(anew.body.id).not.toBe(first.body.id);
});

test("whatever is sent how often in which order: a key has one body, one record and one answer", async () => {
  const parties = [LISTED, CLEAR, { ...LISTED, name: "测试乙" }];
  const tries = fc.array(
    fc.record({ key: fc.nat(3), party: fc.nat(2), isBatch: fc.boolean(), isKeyed: fc.boolean() }),
    { minLength: 2, maxLength: 24 },
  );
  await fc.assert(
    fc.asyncProperty(tries, async (sent) => {
      const keys = Array.from({ length: 4 }, newKey);
      const before = await countOf("check_record");
      const answers = await Promise.all(
        sent.map(async ({ key, party, isBatch, isKeyed }) => {
          const subject = parties[party] ?? CLEAR;
          const [body, path] = isBatch
            ? [batchOf(subject, CLEAR), "/v1/checks/batch"]
            : [checkOf(subject), "/v1/checks"];
          const answer = await send(isKeyed ? keys[key] : undefined, body, { path });
          return { answer, place: isKeyed ? `${key} ${isBatch}` : null, party, size: isBatch ? 2 : 1 };
        }),
      );
      const unkeyed = answers.filter(({ place }) => place === null);
      expect(new Set(unkeyed.map(({ answer }) => answer.body.id)).size).toBe(unkeyed.length);
      let expected = unkeyed.reduce((sum, { size }) => sum + size, 0);
      const keyed = answers.filter(({ place }) => place !== null);
      for (const [, ofKey] of Map.groupBy(keyed, ({ place }) => place)) {
        const good = ofKey.filter(({ answer }) => answer.status === 200);
        expected += good[0]?.size ?? 0;
        expect(new Set(good.map(({ answer }) => answer.text)).size).toBe(1);
        expect(good.filter(({ answer }) => !isReplayed(answer))).toHaveLength(1);
        expect(new Set(good.map(({ party }) => party)).size).toBe(1);
        for (const { answer, party } of ofKey.filter((one) => !good.includes(one))) {
          expect(answer.body.code).toBe("idempotency-key-reuse");
          expect(party).not.toBe(good[0]?.party);
        }
      }
      expect((await countOf("check_record")) - before).toBe(expected);
    }),
    { numRuns: 30 },
  );
});
