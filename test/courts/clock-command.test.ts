// The commands and the metric on deadlines: one is made to pass by a clock that the test gives.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClockCommands, startClock, watchClocks } from "../../src/courts/index.ts";
import { createMetricsRegistry } from "../../src/platform/metrics.ts";
import { useDatabase } from "../database.ts";

const connection = useDatabase();
const folder = mkdtempSync(join(tmpdir(), "shixin-calendar-"));
const before = new Date("2026-11-25T23:59:59+08:00");
const after = new Date("2026-11-26T00:00:00+08:00");

beforeAll(async () => {
  const clock = { subject: "lst_00000000000000000000000000", court: "闽0203", startedOn: "2026-11-20" };
  await connection.db.transaction((tx) => startClock(tx, { ...clock, kind: "deletion" }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints at `now`. */
async function run(now: Date, ...args: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command().exitOverride();
  addClockCommands(program, {
    withRuntime: (work) => work(connection),
    now: () => now,
    print: (text) => void printed.push(`${text}\n`),
  });
  await program.parseAsync(args, { from: "user" });
  return printed.join("");
}

async function overdueMetric(now: Date): Promise<string | undefined> {
  const registry = createMetricsRegistry();
  watchClocks(registry, { db: connection.db, now: () => now });
  const text = await registry.metrics();
  return /shixin_clocks_overdue\{kind="deletion"\} (\d+)/.exec(text)?.[1];
}

describe("clocks --overdue", () => {
  test("names nothing on the last day, and the deadline from the midnight after it", async () => {
    expect(await run(before, "clocks", "--overdue")).toBe("Nothing is overdue.\n");
    expect(await run(after, "clocks", "--overdue")).toBe(
      "2026-11-25  overdue  deletion  lst_00000000000000000000000000  闽0203  since 2026-11-20\n",
    );
  });

  test("is read by scripts, by court and kind", async () => {
    const read = async (...args: string[]) => JSON.parse(await run(after, "clocks", "--overdue", "--json", ...args));
    expect(await read()).toMatchObject({ clocks: [{ kind: "deletion", dueOn: "2026-11-25", state: "overdue" }] });
    expect(await read("--court", "闽0203", "--kind", "deletion")).toMatchObject({ clocks: [{ state: "overdue" }] });
    expect(await read("--court", "闽0205")).toEqual({ clocks: [] });
    expect(await read("--kind", "revocation")).toEqual({ clocks: [] });
  });

  test("without the option lists what runs", async () => {
    expect(await run(before, "clocks")).toMatch(/^2026-11-25 {2}running {2}deletion /);
  });
});

test("the metric counts the deadline from the same midnight", async () => {
  expect(await overdueMetric(before)).toBe("0");
  expect(await overdueMetric(after)).toBe("1");
});

describe("calendar", () => {
  test("import takes a notice file, and show says how far the calendar reaches", async () => {
    const file = join(folder, "2027.json");
    const holidays = [
      { name: "元旦", from: "2027-01-01", to: "2027-01-03", workdays: [] },
      { name: "国庆节", from: "2027-10-01", to: "2027-10-07", workdays: ["2027-10-09"] },
    ];
    writeFileSync(file, JSON.stringify({ year: 2027, title: "2027年节假日安排", issuedOn: "2026-11-05", holidays }));
    expect(JSON.parse(await run(before, "calendar", "show", "--json"))).toMatchObject({ knownThrough: "2026-12-31" });
    expect(await run(before, "calendar", "import", file)).toBe("2027: imported, 0 clocks moved.\n");
    expect(await run(before, "calendar", "import", file)).toBe("2027: unchanged, 0 clocks moved.\n");
    const shown = await run(before, "calendar", "show");
    expect(shown).toContain("国庆节 2027-10-01 – 2027-10-07, worked: 2027-10-09");
    expect(shown).toContain("Known through 2027-12-31; 0 running clocks wait for a later notice.");
  });

  test("import refuses what is no notice, without repeating it", async () => {
    const file = join(folder, "broken.json");
    writeFileSync(file, "110101190001010014");
    await expect(run(before, "calendar", "import", file)).rejects.toMatchObject({ code: "validation" });
    writeFileSync(file, "{");
    await expect(run(before, "calendar", "import", file)).rejects.toMatchObject({ code: "malformed-json" });
    await expect(run(before, "calendar", "import", join(folder, "none"))).rejects.toMatchObject({ code: "not-found" });
  });
});
