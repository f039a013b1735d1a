// The watch over checks on a real database: what it raises, who learns of it, what it holds back, and what it must not show.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { setLimits } from "../../../src/agencies/limit.ts";
import { MisuseSettings } from "../../../src/checks/misuse/index.ts";
import { addCanaries, removeCanaries } from "../../../src/checks/misuse/canary.ts";
import { findCanaries, judgeDays, SETTLED_MS } from "../../../src/checks/misuse/watch.ts";
import { residentIdOf } from "../../../src/identity/index.ts";
import { createMetricsRegistry } from "../../../src/platform/metrics.ts";
import { watchMisuse } from "../../../src/checks/misuse/metrics.ts";
import { signInAgencyStaff } from "../../courts/staff.ts";
import { checkOf, PURPOSE, startService, type TestService } from "../../service.ts";

const hour = Number(
  new Intl.DateTimeFormat("en", { hour: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" }).format(),
);
const settings = MisuseSettings.parse({
  sequential_numbers: { action: "block", numbers: 20 },
  low_hit_rate: { persons: 10, share: 0.5 },
  off_hours: { checks: 8, from: hour, until: (hour + 2) % 24 },
  same_person: { action: "slow", operators: 3 },
});

let service: TestService;
let authority: Record<string, string>;
beforeAll(async () => {
  service = await startService({ misuse: settings });
  authority = await signInAgencyStaff(service, "credit_authority", service.agencyId);
});
afterAll(() => service.stop());

/** The watch, when what was asked until now is settled. */
const watching = () => ({ settings, now: () => new Date(Date.now() + SETTLED_MS + 1_000) });

let agencies = 0;
async function newAgency() {
  return service.addAgency(`被观察单位${++agencies}`, [PURPOSE]);
}

const subject = (day: number, order: number) => {
  const number = residentIdOf(`350203190003${String(day).padStart(2, "0")}${String(order).padStart(3, "0")}`);
  return { name: "测试某", document: { type: "resident_id", number } };
};
const batch = (key: string, subjects: object[]) =>
  service.post("/v1/checks/batch", { ...checkOf(), subject: undefined, subjects }, key);
/** People who are nobody's neighbours. */
const strangers = (count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => subject(1 + ((i * 7 + seed) % 28), (i * 61 + seed * 13) % 997));

const alertsOf = async (key: string) => (await service.get("/v1/misuse-alerts", key)).body.data;
const oversight = async () =>
  (await service.request.get("/v1/oversight/misuse-alerts?limit=200").set(authority)).body.data;
const decide = (id: string, act: string, reason = "已与该单位核实") =>
  service.request.post(`/v1/oversight/misuse-alerts/${id}/${act}`).set(authority).send({ reason });
const eventsOf = async (key: string) =>
  (await service.get("/v1/events?types=misuse.alerted", key)).body.data.map(({ data }: { data: unknown }) => data);

describe("numbers one after the other", () => {
  test("raise one alert, tell the agency, hold the key back, and let it go when it is closed", async () => {
    const { key, keyId, agencyId } = await newAgency();
    const limits = { checksPerDay: 1_000 };
    await service.db.transaction((tx) =>
      setLimits(tx, "operator:test", { agencyId, scope: "agency", limits, reason: "x" }),
    );
    const sequence = Array.from({ length: 40 }, (_, i) => subject(3, 100 + i));
    expect((await batch(key, sequence)).status).toBe(200);
    const [alert] = await vi.waitFor(async () => {
      const found = await alertsOf(key);
      expect(found).toHaveLength(1);
      return found;
    }, 5_000);
    expect(alert).toMatchObject({ rule: "sequential_numbers", state: "open", action: "block", keyId, sightings: 1 });
    expect(alert.facts.neighbours).toBeGreaterThanOrEqual(10);
    expect(await eventsOf(key)).toEqual([{ alert: alert.id, rule: "sequential_numbers", action: "block" }]);
    expect(JSON.stringify([alert, service.logged()])).not.toContain("35020319000303");

    const blocked = await vi.waitFor(
      async () => {
        const refused = await batch(key, strangers(1, 5));
        expect(refused.status).toBe(429);
        return refused;
      },
      { timeout: 15_000, interval: 300 },
    );
    expect(blocked.body).toMatchObject({ code: "abnormal-usage-detected", "violated-policies": ["misuse"] });
    // Another key of the agency goes on.
    expect((await batch((await service.addKey(agencyId)).key, strangers(1, 6))).status).toBe(200);

    expect((await decide(alert.id, "acknowledge")).body).toMatchObject({
      state: "acknowledged",
      acknowledgement: { reason: "已与该单位核实" },
    });
    expect((await batch(key, strangers(1, 7))).status).toBe(429);
    expect((await decide(alert.id, "close")).body.state).toBe("closed");
    await vi.waitFor(async () => expect((await batch(key, strangers(1, 8))).status).toBe(200), 5_000);
    const trail = await service.sql`select action, reason from audit_entry where subject = ${alert.id} order by id`;
    expect(trail.map(({ action }) => action)).toEqual(["misuse.raise", "misuse.acknowledge", "misuse.close"]);
  });
});

describe("a canary", () => {
  const number = residentIdOf("35021119000704777");
  const given = { kind: "resident_id" as const, numbers: [number], reason: "警示号码" };

  test("is answered as anybody off the list, and seen by the authority alone", async () => {
    const { key, keyId } = await newAgency();
    expect(await service.db.transaction((tx) => addCanaries(tx, service.ring, "operator:test", given))).toBe(1);
    const asked = { name: "测试某", document: { type: "resident_id", number } };
    const { body, headers } = await service.post("/v1/checks", checkOf(asked), key);
    const { body: plain, headers: others } = await service.post("/v1/checks", checkOf(subject(9, 700)), key);
    expect(Object.keys(body)).toEqual(Object.keys(plain));
    expect(body).toMatchObject({ outcome: "clear", action: "none", matches: [] });
    expect(Object.keys(headers)).toEqual(Object.keys(others));
    expect(await findCanaries(service.db, watching())).toBe(true);
    expect(await oversight()).toContainEqual(expect.objectContaining({ rule: "canary", keyId, facts: { checks: 1 } }));
    expect(await alertsOf(key)).toEqual([]);
    expect(await eventsOf(key)).toEqual([]);
    // What was read is not read again.
    await findCanaries(service.db, watching());
    const alert = (await oversight()).find((one: { rule: string }) => one.rule === "canary");
    expect(alert.sightings).toBe(1);
    const stored = await service.sql`select encode(blind_index, 'hex') as index, note from canary`;
    expect(JSON.stringify(stored)).not.toContain(number);
    expect(await service.db.transaction((tx) => removeCanaries(tx, service.ring, "operator:test", given))).toBe(1);
  });

  test("is a number with its check digit, and of nobody in the register", async () => {
    const add = (numbers: string[]) =>
      service.db.transaction((tx) => addCanaries(tx, service.ring, "operator:test", { ...given, numbers }));
    await expect(add(["110101190001010013"])).rejects.toMatchObject({ code: "validation" });
    await expect(add([])).rejects.toMatchObject({ code: "validation" });
    const listed = residentIdOf("35021119000704888");
    await service.publish({
      party: { name: "测试某", document: { kind: "resident_id", number: listed } },
      court: { name: "厦门市思明区人民法院" },
      caseNumber: "(2023)闽0203执90000777号",
      publishedOn: "2026-03-04",
    });
    await expect(add([listed])).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a day", () => {
  test("is judged by what was found, when it was asked, and by how many about one party", async () => {
    const { key, agencyId } = await newAgency();
    await batch(key, strangers(12, 40));
    for (const operator of ["甲", "乙", "丙"])
      await service.post("/v1/checks", checkOf(subject(2, 900), { operator }), key);
    await service.sql`delete from misuse_watch`;
    expect(await judgeDays(service.db, watching())).toBe(true);
    // Not again within ten minutes.
    expect(await judgeDays(service.db, watching())).toBe(false);
    const alerts: { rule: string; facts: object; action: string }[] = await alertsOf(key);
    const byRule = new Map(alerts.map((alert) => [alert.rule, alert]));
    expect([...byRule.keys()].toSorted()).toEqual(["low_hit_rate", "off_hours", "same_person"]);
    expect(byRule.get("low_hit_rate")?.facts).toEqual({ checks: 15, persons: 13, personsFound: 0, reviews: 0 });
    expect(byRule.get("off_hours")?.facts).toEqual({ checks: 15, offHours: 15 });
    expect(byRule.get("same_person")).toMatchObject({ action: "slow", facts: { operators: 3 } });
    expect((await eventsOf(key)).length).toBe(3);
    // Slowed to a tenth.
    const policies = await vi.waitFor(
      async () => {
        const { headers } = await batch(key, strangers(1, 50));
        expect(headers["ratelimit-policy"]).toContain('"burst";q=5000;w=10');
        return headers["ratelimit-policy"];
      },
      { timeout: 10_000, interval: 300 },
    );
    expect(policies).toContain('"perday"');
    const other = await service.addKey(agencyId);
    expect((await batch(other.key, strangers(1, 51))).headers["ratelimit-policy"]).toContain('"burst";q=50000');
    const registry = createMetricsRegistry();
    watchMisuse(registry, service);
    expect(await registry.metrics()).toContain('shixin_misuse_alerts{rule="same_person",state="open"} 1');
  });

  test("two watches that look at once raise nothing twice", async () => {
    const { key } = await newAgency();
    for (const operator of ["甲", "乙", "丙"])
      await service.post("/v1/checks", checkOf(subject(6, 800), { operator }), key);
    await service.sql`delete from misuse_watch`;
    await Promise.all([1, 2, 3].map(() => judgeDays(service.db, watching())));
    expect(await alertsOf(key)).toMatchObject([{ rule: "same_person", sightings: 1 }]);
  });
});

describe("an alert", () => {
  test("is decided once, with a reason, by the credit authority and nobody else", async () => {
    const { key } = await newAgency();
    for (const operator of ["甲", "乙", "丙"])
      await service.post("/v1/checks", checkOf(subject(4, 700), { operator }), key);
    await service.sql`delete from misuse_watch`;
    await judgeDays(service.db, watching());
    const [{ id }] = await alertsOf(key);
    const both = await Promise.all([decide(id, "acknowledge"), decide(id, "acknowledge")]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect((await decide(id, "close", "")).status).toBe(422);
    expect((await decide("mis_00000000000000000000000000", "close")).status).toBe(404);
    expect((await decide(id, "close")).status).toBe(200);
    expect((await decide(id, "close")).status).toBe(409);
    expect((await service.get("/v1/misuse-alerts?state=closed", key)).body.data).toHaveLength(1);
    // Another agency sees none of it.
    expect(await alertsOf((await newAgency()).key)).toEqual([]);
    // Seen again, it is another alert.
    await service.sql`delete from misuse_watch`;
    await judgeDays(service.db, watching());
    expect(await alertsOf(key)).toMatchObject([{ state: "open" }, { state: "closed" }]);
  });
});
