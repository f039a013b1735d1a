// Statistics over HTTP: who sees what, months that run and months that are closed, as JSON and as a table.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startClock } from "../../src/courts/index.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { closeDays } from "../../src/statistics/closing.ts";
import { importRules } from "../../src/statistics/rule-edition.ts";
import { signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";
import { endByCourt } from "../registry/ending.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { lastDayOf, monthAfter, monthOf } from "../../src/statistics/month.ts";

const thisMonth = monthOf(shanghaiDate(new Date()));
const afterwards = `${addDays(lastDayOf(thisMonth), 2)}T09:00:00+08:00`;

type Row = { agency: { id: string }; figures: Record<string, unknown>; isClosed: boolean; assessment: unknown };
let service: TestService;
let now = new Date();
let assessor: Record<string, string>;
let other: { agencyId: string; key: string };

beforeAll(async () => {
  service = await startService({ now: () => now, sequencer: false });
  assessor = await signInAgencyStaff(service, "assessor", service.agencyId);
  other = await service.addAgency("=另一单位", ["procurement.supplier_qualification"]);
  const { id } = await service.publish(listingOf());
  for (const reference of ["一", "二", "三"])
    await service.post("/v1/checks", checkOf({}, { caseReference: reference }));
  await service.post("/v1/checks", checkOf({ document: { type: "resident_id", number: "110101190001010030" } }));
  await service.db.execute(sql`
    insert into hit (listing_id, check_id, agency_id, purpose, grade, checked_at)
    select ${id}, id, agency_id, purpose, 'exact', checked_at from check_record where outcome = 'listed'
    on conflict do nothing`);
  await service.db.transaction((tx) => endByCourt(tx, id, { exit: { operation: "revoke" } }));
  const startedOn = addDays(shanghaiDate(now), -40);
  await service.db.transaction((tx) =>
    startClock(tx, { kind: "correction_review", subject: publicId("obj", newUuid()), court: "闽0203", startedOn }),
  );
});
afterAll(() => service.stop());

const agencies = async (month: string, headers: Record<string, string> = assessor) =>
  service.request.get(`/v1/statistics/agencies?month=${month}`).set(headers);
const own = async (bearer = service.key, query = `from=${thisMonth}&to=${thisMonth}`) =>
  service.get(`/v1/statistics/own?${query}`, bearer);

describe("the running month", () => {
  test("is counted to this moment, without parties and points", async () => {
    const { status, body } = await agencies(thisMonth);
    expect(status).toBe(200);
    expect(body).toMatchObject({ isClosed: false, agencies: 2, asking: 1, neverAsked: [{ name: "=另一单位" }] });
    const rows = body.data as Row[];
    const row = rows.find(({ agency }) => agency.id === publicId("agy", service.agencyId));
    expect(row?.figures).toMatchObject({ checks: { listed: 3, review: 0, clear: 1 }, persons: null });
    expect(row?.figures).toMatchObject({ hitsLaterEnded: 3, hitsLaterRevoked: 3, performedAfterHit: 0 });
    expect(row).toMatchObject({ isClosed: false, assessment: null });
    expect(body.definitions.checks).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
  });

  test("of an agency is for its own key", async () => {
    expect((await own()).body.data).toMatchObject([{ month: thisMonth, figures: { checks: { listed: 3 } } }]);
    const { body } = await own(other.key);
    expect(body.data).toMatchObject([{ agency: { name: "=另一单位" }, figures: { checks: { listed: 0, clear: 0 } } }]);
  });

  test("of a court is for itself and for the court above, with what is overdue at this moment", async () => {
    const siming = await signInStaff(service, "president");
    const xiamen = await signInStaff(service, "auditor", { court: "闽02" });
    const haicang = await signInStaff(service, "clerk", { court: "闽0205" });
    const courts = async ({ headers }: { headers: Record<string, string> }) => {
      const { body } = await service.request.get(`/v1/statistics/courts?month=${thisMonth}`).set(headers);
      return body.data as { court: { code: string; name: string }; figures: object; ratios: object }[];
    };
    const [row] = await courts(siming);
    expect(row?.court).toEqual({ code: "闽0203", name: "厦门市思明区人民法院" });
    expect(row?.figures).toMatchObject({
      published: { dishonest: 1, consumption_limit: 0 },
      removals: { revoke: 1 },
      removalTimes: { in_time: 1, late: 0 },
      wrongfulListings: 1,
      clocksKept: { revocation: 1 },
      clocksOverdue: { correction_review: 1, revocation: 0 },
    });
    expect(row?.ratios).toMatchObject({ removalsInTime: 1, objectionDaysMean: null });
    expect((await courts(xiamen)).map(({ court }) => court.code)).toEqual(["闽02", "闽0203"]);
    expect((await courts(haicang)).map(({ court }) => court.code)).toEqual(["闽0205"]);
  });

  test("is not among the open figures", async () => {
    expect((await service.request.get("/v1/statistics/open")).status).toBe(404);
    expect((await service.request.get(`/v1/statistics/open?month=${thisMonth}`)).status).toBe(404);
  });
});

describe("is refused", () => {
  test.each(["2026-13", "10-2026", "", "2026-1"])("the month %j", async (month) => {
    const { status, body } = await agencies(month);
    expect([status, body.code]).toEqual([422, "validation"]);
  });

  test("a month to come", async () => {
    const { body } = await agencies(monthAfter(thisMonth));
    expect(body).toMatchObject({ code: "validation", errors: [{ pointer: "#/month", code: "out_of_range" }] });
  });

  test.each([
    ["more months than a request may take", "from=2024-01&to=2026-02"],
    ["a range that ends before it begins", "from=2026-03&to=2026-02"],
  ])("%s", async (_, query) => {
    expect((await own(service.key, query)).body).toMatchObject({ code: "validation", errors: [{ pointer: "#/from" }] });
  });

  test("an officer of an agency", async () => {
    const officer = await signInAgencyStaff(service, "agency_officer", service.agencyId);
    expect((await agencies(thisMonth, officer)).status).toBe(403);
  });
});

describe("the closed month", () => {
  beforeAll(async () => {
    now = new Date(afterwards);
    // A day to come is closed in a moment in which no transaction of the service is under way.
    const over = addDays(shanghaiDate(now), -1);
    const close = async () => {
      const { through } = await closeDays(service.db, now);
      if (through !== over) throw new Error(`closed through ${through}`);
    };
    await vi.waitFor(close, { timeout: 20_000 });
  });

  test("has its parties and its points, each rule with its figures", async () => {
    const rows = (await agencies(thisMonth)).body.data as Row[];
    const asking = rows.find(({ agency }) => agency.id === publicId("agy", service.agencyId));
    expect(asking?.figures).toMatchObject({ persons: 2, personsListed: 1 });
    const silent = rows.find(({ agency }) => agency.id === publicId("agy", other.agencyId));
    expect(silent).toMatchObject({
      isClosed: true,
      figures: { persons: 0 },
      assessment: {
        edition: "2026-1",
        basePoints: 100,
        points: 90,
        rules: [{ code: "never-asked", points: -10, value: 0, figures: { checks: 0 } }],
      },
    });
  });

  test("is judged by the rules that were imported for it", async () => {
    const rules = [{ code: "asking", title: { zh: "核查", en: "Checks" }, figures: ["checks"], each: 0.5, cap: 1 }];
    const given = { edition: "2026-2", appliesFrom: thisMonth, basePoints: 60, pointsMin: 0, pointsMax: 100, rules };
    const take = (json: unknown) => service.db.transaction((tx) => importRules(tx, "operator:test", json));
    expect(await take(given)).toEqual({ outcome: "imported", edition: "2026-2", appliesFrom: thisMonth });
    expect(await take(given)).toMatchObject({ outcome: "unchanged" });
    await expect(take({ ...given, basePoints: 70 })).rejects.toMatchObject({ code: "conflict" });
    await expect(take({ ...given, rules: [] })).rejects.toMatchObject({ code: "validation" });
    const [row] = (await own()).body.data as Row[];
    expect(row?.assessment).toMatchObject({ edition: "2026-2", points: 61, rules: [{ code: "asking", points: 1 }] });
  });

  test("is open with what is small withheld", async () => {
    const { body, headers } = await service.request.get("/v1/statistics/open");
    expect(headers["cache-control"]).toBe("public, max-age=3600");
    const figureOf = (name: string) => (body.figures as { figure: string }[]).find(({ figure }) => figure === name);
    expect(body).toMatchObject({ month: thisMonth, agencies: 2 });
    const cells = [
      { part: "listed", value: null },
      { part: "review", value: 0 },
      { part: "clear", value: null },
    ];
    expect(figureOf("checks")).toMatchObject({ scope: "agency", cells });
    expect(figureOf("wrongfulListings")).toMatchObject({ scope: "court", cells: [{ part: "", value: null }] });
    expect(figureOf("tasksOpen")).toBeUndefined();
  });

  test("is a table where the request asks for one, in which no name runs as a formula", async () => {
    const { text, headers } = await service.request
      .get(`/v1/statistics/agencies?month=${thisMonth}`)
      .set({ ...assessor, Accept: "text/csv" });
    expect(headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="statistics-agencies-${thisMonth}.csv"`,
    });
    const lines = text.split("\r\n");
    expect(lines[0]).toBe("\uFEFF月份,编号,名称,指标,分项,说明,数值");
    const silent = `${thisMonth},${publicId("agy", other.agencyId)},'=另一单位`;
    expect(lines).toContain(`${silent},points,,考核得分,60`);
    expect(lines.filter((line) => line.startsWith(silent)).length).toBeGreaterThan(10);
    const open = await service.request.get("/v1/statistics/open").set({ Accept: "text/csv" });
    expect(open.text).toContain(`${thisMonth},,,checks,listed,`);
    expect(open.text).toContain("不公开");
  });
});
