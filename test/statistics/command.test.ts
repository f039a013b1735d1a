// The commands on statistics: days are closed, a planted difference is named and ends in an exit code, rules are taken.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { exitCodes } from "../../src/platform/exit-code.ts";
import { addStatisticsCommands } from "../../src/statistics/index.ts";
import { useDatabase } from "../database.ts";
import { beginHistory } from "./history.ts";

const connection = useDatabase();
const folder = mkdtempSync(join(tmpdir(), "shixin-statistics-"));
const now = new Date("2026-04-02T09:00:00+08:00");

beforeAll(async () => {
  const history = await beginHistory(connection, 3, "2026-03-01");
  await history.addAgency();
  for (let passed = 0; passed < 31; passed++) await history.nextDay(6);
});
afterEach(() => {
  process.exitCode = 0;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command().exitOverride();
  addStatisticsCommands(program, {
    withRuntime: (work) => work(connection),
    now: () => now,
    print: (text) => void printed.push(`${text}\n`),
  });
  await program.parseAsync(["statistics", ...args], { from: "user" });
  return printed.join("");
}

test("close-days closes what is over, and then nothing", async () => {
  expect(await run("close-days")).toMatch(/^\d+ days closed, 0 judged again; closed through 2026-04-01\.\n$/);
  expect(JSON.parse(await run("close-days", "--json"))).toEqual({ closed: 0, judgedAgain: 0, through: "2026-04-01" });
});

describe("recount", () => {
  test("finds nothing where nothing was changed", async () => {
    expect(await run("recount", "--month", "2026-03")).toMatch(
      /^31 days, \d+ figures, 0 differ, 0 can be counted no more/,
    );
    expect(process.exitCode ?? 0).toBe(0);
  });

  test("names what was changed, exits with 7, and repairs it for a reason", async () => {
    await connection.db.execute(sql`update day_figure set value = value + 2 where figure = 'persons'`);
    expect(await run("recount", "--month", "2026-03")).toMatch(
      /^2026-03-31 {2}agency agy_\w{26} {2}persons: stored \d+, counted \d+\n31 days/,
    );
    expect(process.exitCode).toBe(exitCodes.integrity);
    await expect(run("recount", "--month", "2026-03", "--repair")).rejects.toMatchObject({ code: "validation" });
    const repaired = JSON.parse(await run("recount", "--month", "2026-03", "--repair", "--reason", "测试", "--json"));
    expect(repaired).toMatchObject({ month: "2026-03", repaired: true, differences: [{ figure: "persons" }] });
    expect(JSON.parse(await run("recount", "--month", "2026-03", "--json"))).toMatchObject({ differences: [] });
  });
});

test("agencies and courts print their figures as a table, and as JSON", async () => {
  expect(await run("agencies", "--month", "2026-03")).toMatch(
    /\n2026-03,agy_\w{26},测试单位0,checks,clear,[^\n]+,\d+\r\n/,
  );
  expect(JSON.parse(await run("agencies", "--month", "2026-03", "--json"))).toMatchObject({
    isClosed: true,
    agencies: 1,
  });
  expect(await run("courts", "--month", "2026-03")).toContain("2026-03,旧名法院,旧名法院,published,dishonest,");
  expect(JSON.parse(await run("courts", "--month", "2026-03", "--json"))).toMatchObject({ isClosed: true });
});

test("rules are shown as the file that takes them again", async () => {
  const shown = JSON.parse(await run("rules", "show", "--month", "2026-03"));
  const file = join(folder, "rules.json");
  writeFileSync(file, JSON.stringify({ ...shown, edition: "test", appliesFrom: "2026-02" }));
  expect(JSON.parse(await run("rules", "import", file, "--json"))).toMatchObject({
    outcome: "imported",
    edition: "test",
  });
  expect(JSON.parse(await run("rules", "show", "--month", "2026-03"))).toMatchObject({ edition: "test" });
  expect(JSON.parse(await run("rules", "show", "--month", "2026-01"))).toEqual(shown);
  await expect(run("rules", "show", "--month", "2025-12")).rejects.toMatchObject({ code: "not-found" });
  await expect(run("rules", "import", join(folder, "none.json"))).rejects.toMatchObject({ code: "not-found" });
});
