// An objection in the workbench, from the party's filing to the decision, in a real browser with and without script.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, useBrowser } from "../browser.ts";
import { newCase } from "../registry/courthouse.ts";
import { type Office, openOffice } from "../remedies/registry-office.ts";
import { expectReadable, openAs } from "./session.ts";

describe.runIf(hasBrowser)("an objection", () => {
  let office: Office;
  const { visit } = useBrowser();

  beforeAll(async () => {
    office = await openOffice("2026-09-15T09:00:00+08:00");
  });
  afterAll(() => office.close());

  const objectionOf = async (id: string) =>
    (await office.service.request.get(`/v1/objections/${id}`).set(office.judge.headers)).body;

  test.each([true, false])(
    "is filed by the party, rejected on paper, served and reconsidered (script: %s)",
    async (script) => {
      const matter = newCase();
      const { listing } = await office.publishBoth(matter);
      const { body: code } = await office.service.request
        .post("/v1/party-codes")
        .set(office.clerk.headers)
        .send({ listing: listing.id });
      const filed = await office.postPublic("objections", {
        ...office.party(matter),
        code: code.code,
        list: "dishonest",
        caseNumber: matter.caseNumber,
        ground: "not_listable",
        statement: "债务早已清偿。",
      });
      expect(filed.status).toBe(201);
      const id = String(filed.body["receipt"]);

      const { page, complaints } = await openAs(
        visit,
        office.service.url,
        office.secondJudge,
        "/workbench/objections",
        { script },
      );
      expect(await page.locator("h1").innerText()).toBe("纠正申请与复议");
      await page.getByRole("link", { name: matter.caseNumber }).click();
      const form = page.locator(`form[action$="/reject"]`);
      await page.getByText("驳回", { exact: true }).first().click();
      await form.getByLabel("决定书文号").fill("(2026)闽0203执异90000009号");
      await form.getByLabel("决定书日期").fill(office.today());
      await form.getByLabel("理由").fill("经查，义务尚未履行。");
      const [sheet] = await Promise.all([
        page.context().waitForEvent("page"),
        form.getByRole("button", { name: "打印决定书" }).click(),
      ]);
      await sheet.waitForLoadState();
      expect(await sheet.locator("body").innerText()).toContain("经查，义务尚未履行。");
      await sheet.close();
      await form.getByRole("button", { name: "驳回" }).click();
      await page.waitForURL(/done=reject/);
      expect(await page.getByRole("status").innerText()).toContain("已决定驳回");
      expect(await objectionOf(id)).toMatchObject({
        state: "rejected",
        review: { paper: { number: "(2026)闽0203执异90000009号", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
        acts: ["record_service"],
      });
      expect(complaints).toEqual([]);

      await page.getByText("登记驳回决定送达", { exact: true }).first().click();
      const service = page.locator(`form[action$="/record_service"]`);
      await service.getByLabel("送达日期").fill(office.today());
      await service.getByLabel("送达方式").selectOption("in_person");
      await service.getByRole("button").click();
      await page.waitForURL(/done=record_service/);

      const above = await openAs(visit, office.service.url, office.higherJudge, `/workbench/objections/${id}`, {
        script,
      });
      await above.page.getByText("收到复议申请", { exact: true }).first().click();
      const received = above.page.locator(`form[action$="/apply_for_reconsideration"]`);
      await received.getByLabel("提出日期").fill(office.today());
      await received.getByLabel("本院收到日期").fill(office.today());
      await received.getByRole("button").click();
      await above.page.waitForURL(/done=apply/);
      await above.page.getByText("复议：理由成立", { exact: true }).first().click();
      const upheld = above.page.locator(`form[action$="/uphold_reconsideration"]`);
      await upheld.getByLabel("决定书文号").fill(`(2026)闽02执复9000000${script ? 1 : 2}号`);
      await upheld.getByLabel("决定书日期").fill(office.today());
      await upheld.getByLabel("理由").fill("复议理由成立。");
      await upheld.getByRole("button", { name: "复议：理由成立" }).click();
      await above.page.waitForURL(/done=uphold_reconsideration/);
      expect(await objectionOf(id)).toMatchObject({ state: "upheld", correction: { operation: "revoke" } });

      await page.goto(`${office.service.url}/workbench/objections/${id}`);
      await page.getByText("执行纠正", { exact: true }).first().click();
      const carried = page.locator(`form[action$="/correct"]`);
      await carried.getByLabel("事由", { exact: true }).fill("复议决定予以撤销");
      await carried.getByRole("button").click();
      await page.waitForURL(/done=correct/);
      expect(await objectionOf(id)).toMatchObject({ state: "corrected", acts: [] });
      expect(await office.check(matter)).toMatchObject({ dishonest: "clear" });
    },
  );

  test("shows the law's refusal at the form, keeps what was typed, and names no act of another's", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const { page } = await openAs(
      visit,
      office.service.url,
      office.clerk,
      `/workbench/objections/new?listing=${listing.id}`,
    );
    await page.getByLabel("应予删除（解除）").check();
    await page.getByLabel("书面申请收到日").fill("2026-09-30");
    await page.getByLabel("申请内容").fill("已经清偿。");
    await page.getByRole("button", { name: "登记收到" }).click();
    await expect.poll(() => page.title()).toMatch(/^错误：/);
    expect(await page.getByLabel("申请内容").inputValue()).toBe("已经清偿。");
    await page.getByLabel("书面申请收到日").fill(office.today());
    await page.getByRole("button", { name: "登记收到" }).click();
    await page.waitForURL(/done=taken_in/);
    expect(await page.locator("details.act summary").allInnerTexts()).toEqual(["登记申请人撤回"]);
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    // The president decided the listing: no review is theirs (art. 13).
    const own = (await office.service.request.get(`/v1/objections/${id}`).set(office.president.headers)).body;
    expect(own).toMatchObject({ acts: ["withdraw"], corrections: ["delete", "early"] });

    const judge = await openAs(visit, office.service.url, office.secondJudge, `/workbench/objections/${id}`, {
      width: 360,
    });
    await judge.page.getByText("理由成立，予以纠正", { exact: true }).first().click();
    await expectReadable(judge);
    const form = judge.page.locator(`form[action$="/uphold"]`);
    await form.getByLabel("删除", { exact: true }).check();
    await form.getByLabel("删除（解除）情形").selectOption("R1");
    await form.getByLabel("理由").fill("经查属实。");
    await form.getByRole("button").click();
    await judge.page.waitForURL(/done=uphold/);
    await judge.page.goto(`${office.service.url}/workbench/objections?state=upheld`);
    await expectReadable(judge);
    expect(await judge.page.getByRole("link", { name: matter.caseNumber }).count()).toBe(1);
  });
});
