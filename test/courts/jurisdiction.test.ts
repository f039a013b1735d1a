// Jurisdiction over the shipped courts: the own court acts, the courts above look, nobody else knows.
import { describe, expect, test } from "vitest";
import {
  type CourtActor,
  importCourts,
  listCourts,
  parseCourtFile,
  requireJurisdiction,
  systemActor,
  visibleCourts,
} from "../../src/courts/index.ts";
import { jurisdictionOf } from "../../src/courts/jurisdiction.ts";
import { AppError } from "../../src/platform/error.ts";
import { useDatabase } from "../database.ts";

const connection = useDatabase();

function clerkAt(court: string): CourtActor {
  return { kind: "staff", id: "acc_test", name: "测试书记员", court, role: "clerk", delegation: null };
}

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : "a fault"),
  );
}

describe("a matter of the court of Siming (闽0203)", () => {
  test.each([
    ["its own staff", "闽0203", null, null],
    ["the intermediate court of Xiamen", "闽02", null, "jurisdiction"],
    ["the high court of Fujian", "闽", null, "jurisdiction"],
    ["the supreme court", "最高法", null, "jurisdiction"],
    ["another basic court of the city", "闽0206", "not-found", "not-found"],
    ["another intermediate court", "闽01", "not-found", "not-found"],
    ["another high court", "浙", "not-found", "not-found"],
    ["a court that does not exist", "闽0299", "not-found", "not-found"],
  ])("%s", async (_, court, seeing, acting) => {
    const actor = clerkAt(court);
    expect(await codeOf(requireJurisdiction(connection.db, actor, "闽0203", "see"))).toBe(seeing);
    expect(await codeOf(requireJurisdiction(connection.db, actor, "闽0203", "act"))).toBe(acting);
  });

  test("is open to the register itself", async () => {
    expect(await codeOf(requireJurisdiction(connection.db, systemActor("expiry"), "闽0203", "act"))).toBeNull();
  });
});

test("a matter whose court has no code is nobody's", async () => {
  expect(await codeOf(requireJurisdiction(connection.db, clerkAt("最高法"), null, "see"))).toBe("not-found");
});

test("the courts that one may see are those over which one has jurisdiction, for every pair", async () => {
  const courts = await listCourts(connection.db);
  expect(courts.length).toBeGreaterThan(40);
  for (const { code } of courts) {
    const actor = clerkAt(code);
    const visible = courts.filter((court) => jurisdictionOf(actor, court.code, courts) !== "none");
    expect((await visibleCourts(connection.db, actor))?.toSorted()).toEqual(visible.map(({ code }) => code).toSorted());
  }
});

test("a closed court's matters are its successor's, and no longer its own", async () => {
  const closed = {
    code: "闽0204",
    level: "basic",
    region: "福建",
    higher: "闽02",
    validUntil: "2003-12-31",
    successor: "闽0203",
    names: [{ name: "厦门市某区人民法院（演示）", validUntil: "2003-12-31" }],
  };
  await connection.db.transaction((tx) => importCourts(tx, "operator:test", parseCourtFile({ courts: [closed] })));
  const acting = (court: string) => codeOf(requireJurisdiction(connection.db, clerkAt(court), "闽0204", "act"));
  expect(await acting("闽0203")).toBeNull();
  expect(await acting("闽0204")).toBe("not-found");
  expect(await acting("闽02")).toBe("jurisdiction");
  expect(await visibleCourts(connection.db, clerkAt("闽0203"))).toEqual(["闽0203", "闽0204"]);
});
