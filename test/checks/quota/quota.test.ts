// Limits over HTTP on a real database: what is refused records and costs nothing, two processes together keep one limit,
// and an agency sees what it has used.
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { setLimits } from "../../../src/agencies/limit.ts";
import type { Limits, LimitScope } from "../../../src/agencies/index.ts";
import { createApp } from "../../../src/app.ts";
import { createHotConnection } from "../../../src/checks/index.ts";
import { residentIdOf } from "../../../src/identity/index.ts";
import { createLog } from "../../../src/platform/log.ts";
import { startServer } from "../../../src/platform/server.ts";
import { addDays, shanghaiDate } from "../../../src/platform/time.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../../service.ts";

let service: TestService;
let other: Awaited<ReturnType<typeof startOther>>;
beforeAll(async () => {
  service = await startService();
  other = await startOther();
});
afterAll(async () => {
  await other.stop();
  await service.stop();
});

/** Another process of the service, on the same database. */
async function startOther() {
  const hot = createHotConnection(service.databaseUrl);
  const { ring, identity } = service;
  const log = createLog(new PassThrough());
  const stopping = () => false;
  const { app, drain } = createApp({ connection: service, hot, ring, log, identity, demonstration: true, stopping });
  const server = await startServer(app, { host: "127.0.0.1", port: 0 });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await drain();
      await hot.end();
    },
  };
}

let agencies = 0;
async function agencyWith(limits: Partial<Limits>, scope: LimitScope = "agency") {
  const added = await service.addAgency(`限额单位${++agencies}`, [PURPOSE]);
  await service.db.transaction((tx) =>
    setLimits(tx, "operator:test", { agencyId: added.agencyId, scope, limits, reason: "试点" }),
  );
  return added;
}

const subject = (i: number) => {
  const number = residentIdOf(
    `110101190001${String(1 + (Math.floor(i / 999) % 28)).padStart(2, "0")}${String(1 + (i % 999)).padStart(3, "0")}`,
  );
  return { name: `测试${i}号`, document: { type: "resident_id", number } };
};
const check = (key: string, i = 0) => service.post("/v1/checks", checkOf(subject(i)), key);

function batch(key: string, size: number, from = 0) {
  const subjects = Array.from({ length: size }, (_, i) => subject(from + i));
  return service.post("/v1/checks/batch", { ...checkOf(), subject: undefined, subjects }, key);
}

async function recorded(agencyId: string): Promise<number> {
  const [row] = await service.sql`select count(*)::int as n from check_record where agency_id = ${agencyId}`;
  return row?.["n"] as number;
}

async function ask(url: string, key: string, i: number): Promise<number> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const response = await fetch(`${url}/v1/checks`, {
    method: "POST",
    headers,
    body: JSON.stringify(checkOf(subject(i))),
  });
  await response.arrayBuffer();
  return response.status;
}

describe("a limit of a day", () => {
  test("counts each item of a batch, and refuses whole what does not fit, without a trace or a cost", async () => {
    const { key, agencyId } = await agencyWith({ checksPerDay: 10 });
    const { headers } = await batch(key, 7);
    expect(headers["ratelimit-policy"]).toContain('"perday";q=10;w=86400');
    expect(headers["ratelimit"]).toMatch(/"perday";r=3;t=\d+/);
    const refused = await batch(key, 4);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: "quota-exceeded", "violated-policies": ["perday"] });
    expect(refused.body.type).toContain("quota-exceeded");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(await recorded(agencyId)).toBe(7);
    expect((await batch(key, 3)).status).toBe(200);
    expect((await check(key)).status).toBe(429);
    expect(await recorded(agencyId)).toBe(10);
  });

  test("is one for all keys of an agency, and each key's own beside it", async () => {
    const { key, agencyId } = await agencyWith({ checksPerDay: 3 }, "key");
    const second = await service.addKey(agencyId);
    expect((await batch(key, 3)).status).toBe(200);
    expect((await check(key)).status).toBe(429);
    expect((await batch(second.key, 3)).status).toBe(200);
    await service.db.transaction((tx) =>
      setLimits(tx, "operator:test", { agencyId, scope: "agency", limits: { checksPerDay: 7 }, reason: "x" }),
    );
    const third = await service.addKey(agencyId);
    expect((await check(third.key)).status).toBe(200);
    expect((await check(third.key)).status).toBe(429);
  });

  test("takes nothing for what was not checked: an invalid item, a purpose out of the agreement", async () => {
    const { key, agencyId } = await agencyWith({ checksPerDay: 2 });
    const bad = { ...subject(1), document: { type: "resident_id", number: "110101190001010013" } };
    const { body } = await service.post(
      "/v1/checks/batch",
      { ...checkOf(), subject: undefined, subjects: [bad, subject(2)] },
      key,
    );
    expect(body.results.map(({ status }: { status: string }) => status)).toEqual(["invalid", "checked"]);
    await service.sql`delete from agency_purpose where agency_id = ${agencyId}`;
    expect((await check(key)).status).toBe(403);
    await service.sql`insert into agency_purpose values (${agencyId}, ${PURPOSE}, current_date, null)`;
    expect((await check(key)).status).toBe(200);
    expect((await check(key)).status).toBe(429);
  });

  test("is never overshot by two processes together, and all of it can be used", async () => {
    const limit = 300;
    const { key, agencyId } = await agencyWith({ checksPerDay: limit });
    const statuses = await Promise.all(
      Array.from({ length: 2 * limit }, (_, i) => ask(i % 2 ? service.url : other.url, key, i)),
    );
    const answered = statuses.filter((status) => status === 200).length;
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(answered).toBeLessThanOrEqual(limit);
    expect(await recorded(agencyId)).toBe(answered);
    // What a process held ahead comes back within two seconds.
    await vi.waitFor(
      async () => {
        while ((await ask(service.url, key, 1)) === 200);
        expect(await recorded(agencyId)).toBe(limit);
      },
      { timeout: 5_000, interval: 200 },
    );
  });

  test("refuses a file that does not fit before its first row", async () => {
    const { key, agencyId } = await agencyWith({ checksPerDay: 5 });
    const send = async (rows: number) => {
      const lines = Array.from({ length: rows }, (_, i) => JSON.stringify(subject(i))).join("\n");
      const query = new URLSearchParams({ purpose: PURPOSE, caseReference: "XM-1", operator: "o" }).toString();
      const { body } = await service.request
        .post(`/v1/bulk-checks?${query}`)
        .set("Authorization", `Bearer ${key}`)
        .set("Content-Type", "application/jsonl")
        .send(lines);
      return vi.waitFor(
        async () => {
          const { body: seen } = await service.get(`/v1/bulk-checks/${body.id}`, key);
          expect(seen.finishedAt).not.toBeNull();
          return seen;
        },
        { timeout: 10_000 },
      );
    };
    expect(await send(6)).toMatchObject({
      state: "failed",
      problem: { code: "quota-exceeded" },
      progress: { done: 0 },
    });
    expect(await recorded(agencyId)).toBe(0);
    expect(await send(5)).toMatchObject({ state: "succeeded", counts: { clear: 5 } });
  });
});

describe("other limits", () => {
  test("a burst is refused with the seconds until it fits", async () => {
    const { key } = await agencyWith({ burst: 5, burstSeconds: 60 });
    const { headers } = await batch(key, 5);
    expect(headers["ratelimit"]).toMatch(/"burst";r=0;t=60/);
    const refused = await check(key);
    expect(refused.body).toMatchObject({ code: "quota-exceeded", "violated-policies": ["burst"] });
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(12);
  });

  test("different parties a day are counted once each, however often they are asked about", async () => {
    const { key, agencyId } = await agencyWith({ personsPerDay: 5 });
    for (let times = 0; times < 3; times++) expect((await batch(key, 5)).status).toBe(200);
    const refused = await check(key, 7);
    expect(refused.body).toMatchObject({ code: "quota-exceeded", "violated-policies": ["persons"] });
    expect((await check(key, 1)).status).toBe(200);
    expect(await recorded(agencyId)).toBe(16);
  });

  test("two processes together overshoot a day's parties by little more than they were told late", async () => {
    const { key, agencyId } = await agencyWith({ personsPerDay: 200 });
    for (let from = 0; from < 600; from += 20)
      await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 ? service.url : other.url, key, from + i)));
    const persons = await recorded(agencyId);
    // A portion of two and what twenty requests at once had taken; and the sketch's error on 200.
    expect(persons).toBeGreaterThan(190);
    expect(persons).toBeLessThan(200 + 20 + 10);
  });
});

describe("usage", () => {
  test("tells today by key, what remains, and the days before as statistics have them", async () => {
    const { key, keyId, agencyId } = await agencyWith({ checksPerDay: 50 });
    const party = { name: "测试甲", document: { kind: "resident_id" as const, number: "110101190001010014" } };
    await service.publish(listingOf(party));
    const asked = [await batch(key, 4, 10), await service.post("/v1/checks", checkOf(), key)];
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    const today = shanghaiDate(new Date());
    await service.sql`insert into closed_day values (${addDays(today, -2)}, 'v', now())`;
    await service.sql`insert into day_figure values ('agency', 'checks', 'clear', ${agencyId}, ${addDays(today, -3)}, 12)`;
    // What the process still holds, and whom it has counted, is told within two seconds.
    const usage = await vi.waitFor(async () => {
      const { body } = await service.get("/v1/usage", key);
      expect(body).toMatchObject({
        day: today,
        resetsAt: `${addDays(today, 1)}T00:00:00.000+08:00`,
        agency: { checks: { limit: 50, used: 5, remaining: 45 } },
        keys: [{ id: keyId, inForce: true, checks: { used: 5 }, persons: { used: 5 } }],
      });
      return body;
    }, 5_000);
    expect(usage.days).toHaveLength(31);
    expect(usage.days[0]).toEqual({ day: today, checks: 5, listed: 1, review: 0, clear: 4 });
    expect(usage.days[3]).toEqual({ day: addDays(today, -3), checks: 12, listed: 0, review: 0, clear: 12 });
  });

  test("limits are set with a reason on the audit trail, within bounds, for agencies that exist", async () => {
    const { agencyId } = await agencyWith({ checksPerDay: 50 });
    const set = (limits: Partial<Limits>, id = agencyId) =>
      service.db.transaction((tx) =>
        setLimits(tx, "operator:test", { agencyId: id, scope: "key", limits, reason: "夜间批量" }),
      );
    await expect(set({ burst: 0 })).rejects.toMatchObject({ code: "validation" });
    await expect(set({ burst: 1 }, "018f0000-0000-7000-8000-000000000000")).rejects.toMatchObject({
      code: "not-found",
    });
    await set({ burst: 9 });
    const [entry] = await service.sql`select action, reason, detail from audit_entry order by id desc limit 1`;
    expect(entry).toMatchObject({
      action: "agency.limit",
      reason: "夜间批量",
      detail: { scope: "key", limits: { burst: 9 } },
    });
  });
});
