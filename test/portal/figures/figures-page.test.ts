// The page of open figures: charts with their tables, what is withheld said to be, and months that are not there.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { figuresContent } from "../../../src/portal/figures/figures-page.ts";
import { startService, type TestService } from "../../service.ts";

const statistics = {
  month: "2026-10",
  agencies: 12,
  figures: [
    {
      scope: "agency" as const,
      figure: "checks",
      cells: [
        { part: "listed", value: 1234 },
        { part: "review", value: null },
        { part: "clear", value: 567_890 },
      ],
    },
    { scope: "register" as const, figure: "loads", cells: [{ part: "", value: null }] },
  ],
  definitions: { checks: { zh: "核查次数，按结果分", en: "Checks" }, loads: { zh: "生效的数据批次", en: "Loads" } },
};

describe("a month", () => {
  test("is drawn and tabled, without what is withheld", async () => {
    const text = String(await figuresContent(statistics));
    expect(text.match(/<svg/g)).toHaveLength(1);
    expect(text).toContain("2026年10月");
    expect(text).toContain("567,890");
    expect(text.match(/不公开<\/td>/g)).toHaveLength(2);
    expect(text).not.toMatch(/style=|<script/);
  });
});

describe("the page", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ sequencer: false });
  });
  afterAll(() => service.stop());

  test("says so before the first month is closed, and of a month that is not", async () => {
    const { status, text } = await service.request.get("/figures");
    expect([status, text.includes("尚无已结算的月份")]).toEqual([200, true]);
    const other = await service.request.get("/figures?month=2026-10").set("Accept", "text/html");
    expect([other.status, other.text.includes("未找到")]).toEqual([404, true]);
    const wrong = await service.request.get("/figures?month=x").set("Accept", "text/html");
    expect(wrong.status).toBe(422);
  });
});
