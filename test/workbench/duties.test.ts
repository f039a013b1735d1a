// What follows from a listing elsewhere, in the workbench: an agency's question is answered, a publication is taken down,
// and what agencies still owe is seen.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { catchUpFollower } from "../../src/registry/index.ts";
import { noticeFollower } from "../../src/subscriptions/notices/index.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { signInStaff } from "../courts/staff.ts";
import { type Counter, openCounter } from "../sanctions/identity/counter.ts";
import { type LiftingDesk, openLiftingDesk } from "../sanctions/lifting/lifting-desk.ts";
import { expectReadable, openAs } from "./session.ts";

describe.runIf(hasBrowser)("an agency's question whose number it is", () => {
  let counter: Counter;
  const { visit } = useBrowser();
  beforeAll(async () => {
    counter = await openCounter();
  });
  afterAll(() => counter.close());

  test.each([true, false])(
    "is answered by a judge who saw the whole number for a reason, and taken back (script: %s)",
    async (script) => {
      const { checked, party } = await counter.openMatch("conflict");
      const { id } = await counter.ask(checked);
      const opened = await openAs(
        visit,
        counter.service.url,
        counter.judge,
        "/workbench/identity-requests?state=open",
        { script, width: 360 },
      );
      const { page, complaints } = opened;
      await expectReadable(opened, script);
      await page.locator(`a[href="/workbench/identity-requests/${id}"]`).click();
      expect(await page.content()).not.toContain(party.number);
      await page.getByText("查看完整姓名、证件号码").click();
      const reveal = page.locator('form[action$="/reveal"]');
      await reveal.getByLabel("事由").fill("与执行卷宗核对");
      await reveal.getByRole("button").click();
      expect(await page.locator("main").innerText()).toContain(party.number);
      expect(page.url()).not.toContain(party.number);
      await expectReadable(opened, script);
      const answer = page.locator('form[action$="/answer"]');
      await answer.getByRole("radio", { name: "不是名单所列当事人" }).check();
      await answer.getByLabel("理由").fill("经核对，证件号码与卷宗不符。");
      await answer.getByRole("button", { name: "答复" }).click();
      await page.waitForURL(/done=answer/);
      expect(await page.content()).not.toContain(party.number);
      expect((await counter.check(party)).outcome).toBe("clear");
      await page.getByText("撤销有误的答复").click();
      const revoke = page.locator('form[action$="/revoke"]');
      await revoke.getByLabel("事由").fill("看错卷宗");
      await revoke.getByRole("button").click();
      await page.waitForURL(/done=revoke/);
      expect((await counter.check(party)).outcome).toBe("review");
      expect(complaints).toEqual([]);

      const clerk = await openAs(visit, counter.service.url, counter.clerk, `/workbench/identity-requests/${id}`, {
        script,
      });
      expect(await clerk.page.locator('form[action*="identity-requests"]').count()).toBe(0);
    },
  );
});

describe.runIf(hasBrowser)("what a listing leaves behind", () => {
  let desk: LiftingDesk;
  const { visit } = useBrowser();
  beforeAll(async () => {
    desk = await openLiftingDesk();
  });
  afterAll(() => desk.close());

  test("is taken down, and what agencies owe is seen and closed with a reason", async () => {
    const imposed = await desk.impose();
    const judge = await signInStaff(desk.service, "judge");
    const path = `/workbench/publications/${publicId("lst", imposed.listing)}`;
    const opened = await openAs(visit, desk.service.url, judge, path, { width: 360, script: false });
    await opened.page.getByLabel("渠道").selectOption("newspaper");
    await opened.page.getByLabel("报刊、网站、单位名称").fill("测试报社（演示）");
    await opened.page.getByLabel("公布或者通报日期").fill(desk.today());
    await opened.page.getByRole("button", { name: "登记" }).click();
    await opened.page.waitForURL(/done=recorded/);

    await desk.endListing(imposed.listing);
    await desk.settle();
    const settings = { lookbackDays: null, clearLookback: {} };
    await catchUpFollower(desk.service.db, noticeFollower({ settings, now: desk.now }));
    for (const at of ["take-downs", "unacknowledged-removals", "lift-obligations"]) {
      const page = await openAs(visit, desk.service.url, judge, `/workbench/${at}`, { width: 360 });
      await expectReadable(page);
      expect(page.complaints).toEqual([]);
    }
    const { page } = opened;
    await page.goto(`${desk.service.url}/workbench/take-downs`);
    await page.getByLabel("撤下日期").fill(desk.today());
    await page.getByRole("button", { name: "登记撤下" }).click();
    await page.waitForURL(/done=done/);
    expect(await page.locator("main").innerText()).toContain("没有符合条件的任务");
    await page.goto(`${desk.service.url}/workbench/lift-obligations`);
    await page.locator("summary", { hasText: "终止任务" }).click();
    await page.getByLabel("文号").fill("(2026)闽0203执90000001号之九");
    await page.getByLabel("事由").fill("单位已撤销");
    await page.getByRole("button", { name: "终止任务" }).click();
    await page.waitForURL(/done=closed/);
    expect(await desk.obligationsOf(imposed, "closed")).toHaveLength(1);
  });
});
