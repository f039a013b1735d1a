// Listings whose case number names no court: who sees them, who assigns them, and what the operator can do about them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importFile } from "../../src/feeds/index.ts";
import { publicId } from "../../src/platform/id.ts";
import { addListingCommands } from "../../src/registry/index.ts";
import { jsonLines, publishedRow } from "../feeds/published-row.ts";
import { type Courthouse, openCourthouse, type Person, type Seen } from "./courthouse.ts";

const reason = "历史案号未载明法院代字";
/** Rows 0 to 3: Fujian, a name that no court bears; 4: Guangdong; 5 and 6: Siming's name; 7: a case number of today. */
const rows = Array.from({ length: 8 }, (_, i) =>
  publishedRow(i, {
    ...(i < 7 && { caseCode: `(2013)测执字第${90_000_000 + i}号` }),
    areaName: i === 4 ? "广东" : "福建",
    courtName: i === 5 || i === 6 ? "厦门市思明区人民法院" : i < 5 ? "测试县人民法院" : "厦门市思明区人民法院",
  }),
);

let court: Courthouse;
let supreme: Person;
let high: Person;
let intermediate: Person;
let other: Person;
beforeAll(async () => {
  court = await openCourthouse();
  supreme = await court.staff("judge", { court: "最高法" });
  high = await court.staff("judge", { court: "闽" });
  intermediate = await court.staff("judge", { court: "闽02" });
  other = await court.staff("judge", { court: "粤" });
  const { databaseUrl: url, ring: keyRing, dataDirectory } = court.service;
  const file = join(dataDirectory, "list.jsonl");
  writeFileSync(file, jsonLines(rows));
  const from = { url, keyRing, actor: "operator:test", source: "national", mode: "snapshot" as const, file };
  await importFile({ ...from, expected: rows.length, rejectedTo: `${file}.rejected` });
});
afterAll(() => court.close());

async function unassigned(person: Person, more = ""): Promise<Seen[]> {
  const { status, body } = await court.service.request
    .get(`/v1/listings?task=assignment&limit=100${more}`)
    .set(person.headers);
  expect(status).toBe(200);
  return body.data as Seen[];
}

async function run(...words: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command("shixin").exitOverride().configureOutput({ writeErr: () => {} });
  addListingCommands(program, {
    withRuntime: (work) => work(court.service),
    now: court.now,
    print: (text) => printed.push(text),
  });
  await program.parseAsync(["node", "shixin", "listing", ...words]);
  return printed.join("\n");
}

async function idOf(i: number): Promise<string> {
  const [row] = await court.service.sql`select id from listing where case_number like ${`%${90_000_000 + i}号`}`;
  return publicId("lst", String(row?.["id"]));
}

test("the supreme court sees all that stand in no court's list, a high court those of its province, others none", async () => {
  expect(await unassigned(supreme)).toHaveLength(7);
  expect(await unassigned(high)).toHaveLength(6);
  expect((await unassigned(other)).map(({ id }) => id)).toEqual([await idOf(4)]);
  expect(await unassigned(intermediate)).toEqual([]);
  const own = await court.service.request.get("/v1/listings").set(high.headers);
  expect(own.body.data).toEqual([]);
});

test("a high court assigns to a court below it, which has the case and its list from then on", async () => {
  const [seen] = [(await court.read(high, await idOf(0))).body];
  expect((await court.read(court.judge, seen.id)).status).toBe(404);
  const moved = await court.tryAct(high, seen, "transfer", { court: "闽0206", reason });
  expect(moved).toMatchObject({ status: 200, body: { court: { code: null, competent: "闽0206" } } });
  expect((await court.audit(seen)).at(-1)).toEqual({
    action: "listing.transfer",
    actor: `staff:${high.actor.id}`,
    reason,
  });
  const judgeThere = await court.staff("judge", { court: "闽0206" });
  const { body } = await court.service.request.get("/v1/listings").set(judgeThere.headers);
  expect((body.data as Seen[]).map(({ id }) => id)).toEqual([seen.id]);
  expect((await unassigned(high)).map(({ id }) => id)).not.toContain(seen.id);
});

test.each([
  ["a court that does not see it", () => other, "闽0206", 404],
  ["a court below the high court", () => intermediate, "闽0206", 404],
  ["a clerk", () => court.staff("clerk", { court: "闽" }), "闽0206", 403],
])("%s does not assign it", async (_, personOf, to, status) => {
  const seen = (await court.read(high, await idOf(1))).body;
  expect((await court.tryAct(await personOf(), seen, "transfer", { court: to, reason })).status).toBe(status);
});

test.each([
  ["a court of another province", "粤"],
  ["a court that does not exist", "闽9999"],
])("a high court does not assign to %s; the supreme court assigns anywhere", async (_, to) => {
  const seen = (await court.read(high, await idOf(1))).body;
  expect(await court.tryAct(high, seen, "transfer", { court: to, reason })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "#/court", code: "not_allowed" }] },
  });
});

test("two that assign at once assign once", async () => {
  const seen = (await court.read(high, await idOf(1))).body;
  const answers = await Promise.all([
    court.tryAct(high, { ...seen }, "transfer", { court: "闽0206", reason }),
    court.tryAct(supreme, { ...seen }, "transfer", { court: "粤", reason }),
  ]);
  const lost = answers.map(({ status }) => status).filter((status) => status !== 200);
  expect(lost).toEqual([expect.toBeOneOf([404, 412])]);
});

test("the operator assigns one, and moves nothing that a court has", async () => {
  const id = await idOf(2);
  expect(await run("tasks", "--court", "最高法", "--task", "assignment")).toContain(id);
  expect(await run("assign", id, "--court", "闽0205", "--reason", reason, "--actor", "anna")).toBe(
    `${id} is assigned to 闽0205.`,
  );
  expect((await court.audit({ id } as Seen)).at(-1)).toEqual({
    action: "listing.transfer",
    actor: "system:operator:anna",
    reason,
  });
  await expect(run("assign", id, "--court", "闽0206", "--reason", reason)).rejects.toThrow("a court has the case");
  const ofToday = await idOf(7);
  await expect(run("assign", ofToday, "--court", "闽0206", "--reason", reason)).rejects.toThrow("a court has the case");
});

test("the operator gives what one court's name tells to that court, and leaves the rest", async () => {
  expect(await run("assign-named", "--reason", reason, "--json")).toBe('{"assigned":2}');
  const named = [await idOf(5), await idOf(6)];
  const own = await court.service.request.get("/v1/listings").set(court.judge.headers);
  expect((own.body.data as Seen[]).map(({ id }) => id)).toEqual(expect.arrayContaining(named));
  expect((await unassigned(supreme)).map(({ id }) => id)).toEqual([await idOf(4), await idOf(3)]);
  expect(await run("assign-named", "--reason", reason)).toBe("0 listings are assigned.");
});
