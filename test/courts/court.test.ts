// The court table: the shipped structure, files over it, and what a file may not say.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntry } from "../../src/audit/schema.ts";
import { importCourts, listCourts, listCourtsNamed, parseCourtFile } from "../../src/courts/index.ts";
import { higherCourtsOf } from "../../src/courts/jurisdiction.ts";
import { AppError } from "../../src/platform/error.ts";
import { startService, type TestService } from "../service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startService({ sequencer: false });
});
afterAll(() => service.stop());

const courtOf = (change: object = {}) => ({
  code: "闽0502",
  level: "basic",
  region: "福建",
  higher: "闽05",
  names: [{ name: "测试区人民法院（演示）" }],
  ...change,
});
const load = (...courts: object[]) =>
  service.db.transaction(async (tx) => importCourts(tx, "operator:test", parseCourtFile({ courts })));
const faultsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: unknown) => (error instanceof AppError ? error.detail.faults : error),
  );

describe("the shipped structure", () => {
  test("has the supreme court, a high court a province, and Fujian's as far as they are known", async () => {
    const courts = await listCourts(service.db);
    const counts = Map.groupBy(courts, ({ level }) => level);
    const rows = Object.fromEntries([...counts].map(([level, { length }]) => [level, length]));
    expect(rows).toEqual({ supreme: 1, high: 32, intermediate: 9, basic: 6, special: 2 });
    expect(courts.every(({ name }) => name !== null)).toBe(true);
  });

  test("leads from every court up to the supreme one", async () => {
    const courts = await listCourts(service.db);
    for (const { code } of courts.filter(({ level }) => level !== "supreme"))
      expect(higherCourtsOf(code, courts).at(-1)).toBe("最高法");
    expect(higherCourtsOf("闽0203", courts)).toEqual(["闽02", "闽", "最高法"]);
  });

  test("places rows by a name as it is written with and without the province", async () => {
    for (const name of ["厦门市思明区人民法院", "福建省厦门市思明区人民法院"])
      expect(await listCourtsNamed(service.db, name)).toEqual(["闽0203"]);
  });

  test("is public", async () => {
    const { body } = await service.request.get(`/v1/courts/${encodeURIComponent("闽0203")}`);
    expect(body).toMatchObject({ code: "闽0203", name: "厦门市思明区人民法院", higherCourt: "闽02" });
    expect(body.names.map(({ official }: { official: boolean }) => official)).toEqual([true, false]);
    expect((await service.request.get("/v1/courts")).body.data).toHaveLength(50);
    expect((await service.request.get("/v1/courts/nowhere")).status).toBe(404);
  });
});

describe("a file of courts", () => {
  test("adds courts, and replaces what is known under their codes with its names", async () => {
    await load(courtOf({ spellings: ["福建省测试区人民法院（演示）"] }));
    const former = { name: "测试县人民法院（演示）", validUntil: "2010-06-30" };
    await load(courtOf({ names: [former, { name: "测试区人民法院（演示）", validFrom: "2010-07-01" }] }));
    const { body } = await service.request.get(`/v1/courts/${encodeURIComponent("闽0502")}`);
    expect(body.names).toEqual([
      { name: "测试区人民法院（演示）", official: true, validFrom: "2010-07-01", validUntil: null },
      { name: "测试县人民法院（演示）", official: true, validFrom: null, validUntil: "2010-06-30" },
    ]);
    const entries = await service.db.select().from(auditEntry).orderBy(auditEntry.id);
    expect(entries.at(-1)).toMatchObject({ actor: "operator:test", action: "court.import", detail: { courts: 1 } });
  });

  test("may name a higher court that comes later in it", async () => {
    await load(
      courtOf({ code: "赣0102", higher: "赣01" }),
      courtOf({ code: "赣01", level: "intermediate", higher: "赣" }),
    );
    const courts = await listCourts(service.db);
    expect(higherCourtsOf("赣0102", courts)).toEqual(["赣01", "赣", "最高法"]);
  });

  test.each([
    ["a code of three digits", { code: "闽020" }, "#/courts/0/code", "bad_form"],
    ["a level that is none", { level: "middle" }, "#/courts/0/level", "not_allowed"],
    ["no higher court", { higher: undefined }, "#/courts/0/higher", "required"],
    ["a higher court that does not exist", { higher: "闽99" }, "#/courts/0/higher", "unknown_reference"],
    ["itself above itself", { higher: "闽0502" }, "#/courts/0/higher", "unknown_reference"],
    [
      "a supreme court under another",
      { code: "最高法", level: "supreme", higher: "闽" },
      "#/courts/0/higher",
      "not_allowed",
    ],
    ["a successor of a court that goes on", { successor: "闽05" }, "#/courts/0/validUntil", "required"],
    [
      "an end before its beginning",
      { validFrom: "2020-01-01", validUntil: "2019-01-01" },
      "#/courts/0/validUntil",
      "out_of_range",
    ],
    ["no name", { names: [] }, "#/courts/0/names", "too_few"],
    ["two present names", { names: [{ name: "甲" }, { name: "乙" }] }, "#/courts/0/names", "too_many"],
    ["one name twice", { spellings: ["测试区人民法院（演示）"] }, "#/courts/0/names", "not_allowed"],
    ["a member of another format", { province: "福建" }, "#/courts/0/province", "unknown_field"],
  ])("is refused with %s", async (_, change, pointer, code) => {
    expect(await faultsOf(load(courtOf(change)))).toEqual([{ pointer, code }]);
  });

  test("is refused with a ring of higher courts", async () => {
    const ring = load(courtOf({ code: "浙01", higher: "浙02" }), courtOf({ code: "浙02", higher: "浙01" }));
    expect(await faultsOf(ring)).toHaveLength(2);
  });

  test("is refused with one court twice", async () => {
    expect(await faultsOf(load(courtOf(), courtOf()))).toEqual([{ pointer: "#/courts", code: "not_allowed" }]);
  });
});
