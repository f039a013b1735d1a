// The portal as its visitors meet it, with script and without: who is published is found and nobody else, what was removed
// is gone, a party objects and sees where that stands and who asked.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { publicId } from "../../../src/platform/id.ts";
import { violationsOf } from "../../axe.ts";
import { hasBrowser, scrollsSideways, useBrowser } from "../../browser.ts";
import { newCase } from "../../registry/courthouse.ts";
import { type Office, openOffice } from "../../remedies/registry-office.ts";
import { checkOf, listingOf } from "../../service.ts";
import { countFound, fillClaim, searchFor } from "./visitor.ts";

const companies = [
  { script: true, name: "厦门测试远洋物流有限公司", number: "91350200MA0000007F", masked: "9135************7F" },
  { script: false, name: "厦门测试近海物流有限公司", number: "91110000XX0000019G", masked: "9111************9G" },
];

describe.runIf(hasBrowser)("the portal", () => {
  let office: Office;
  const { visit } = useBrowser();
  const open = (path: string, options: Parameters<typeof visit>[1] = {}) => visit(office.service.url + path, options);

  beforeAll(async () => {
    office = await openOffice();
  });
  beforeEach(() => office.setClock("2026-09-15T09:00:00+08:00"));
  afterAll(() => office.close());

  test.each(companies)("shows $name and nobody else, until it is removed (script: $script)", async (company) => {
    const { script, name, number, masked } = company;
    const listing = await office.service.publish(
      listingOf({ name, document: { kind: "uscc", number } }, { caseNumber: newCase().caseNumber }),
    );
    const { page, complaints } = await open("/", { script });
    await searchFor(page, name.slice(2, 6));
    expect(await page.locator("h1").innerText()).toBe("查询结果");
    expect(await countFound(page)).toBe(1);
    expect(await page.locator("tbody").innerText()).toContain(masked);
    expect(new URL(page.url()).search).toBe("");
    for (const words of [name, number]) {
      await searchFor(page, words);
      expect(await countFound(page)).toBe(1);
    }
    await page.getByRole("link", { name }).click();
    expect(await page.locator("h1").innerText()).toBe(name);
    expect(await page.locator("main").innerText()).toContain("厦门市思明区人民法院");
    expect(complaints).toEqual([]);
    const seen = { id: publicId("lst", listing.id), version: listing.version, list: "", state: "", capacity: "" };
    const day = office.today();
    const exit = { operation: "delete", ground: { code: "R1" } };
    await office.act(office.judge, seen, "exit", { exit, reasonAroseOn: day, reachedCourtOn: day, reason: "全部履行" });
    await page.reload();
    expect(await page.locator("h1").innerText()).toBe("未找到");
    await page.goto(office.service.url);
    await searchFor(page, name);
    expect(await countFound(page)).toBe(0);
    expect(await page.locator("main").innerText()).toContain("未查到正在公布的名单信息");
  });

  test.each([true, false])(
    "takes an objection, and shows where it stands and who asked (script: %s)",
    async (script) => {
      const matter = newCase();
      const { listing } = await office.publishBoth(matter);
      const code = await codeOf(listing.id);
      const document = { type: "resident_id", number: matter.number };
      expect((await office.service.post("/v1/checks", checkOf({ name: matter.name, document }))).status).toBe(200);
      const { page } = await open(`/search/listings/${listing.id}`, { script });
      await page.getByRole("link", { name: "申请纠正" }).click();
      expect(await page.getByLabel("执行案号").inputValue()).toBe(matter.caseNumber);
      await fillClaim(page, matter, code);
      await page.getByLabel("事实与理由").fill("债务早已清偿，不应列入名单。");
      await page.getByRole("button", { name: "核对并继续" }).click();
      await page.getByRole("alert").waitFor();
      expect(await page.title()).toMatch(/^错误：/);
      await page.getByRole("alert").getByRole("link", { name: /理由/ }).click();
      await page.getByLabel("不应纳入").check();
      await page.getByRole("button", { name: "核对并继续" }).click();
      await page.getByRole("button", { name: "返回修改" }).click();
      expect(await page.getByLabel("不应纳入").isChecked()).toBe(true);
      await page.getByRole("button", { name: "核对并继续" }).click();
      expect(await page.locator("dl").innerText()).toMatch(/不应纳入[^]*债务早已清偿/);
      await page.getByRole("button", { name: "提交申请" }).click();
      await page.getByText("申请已收到").first().waitFor();
      const receipt = await page.locator("code.receipt").innerText();
      expect(receipt).toMatch(/^obj_[0-9a-z]{26}$/);
      expect(page.url()).not.toContain(matter.number);
      await page.reload();
      expect(await page.locator("code.receipt").innerText()).toBe(receipt);

      await page.getByRole("link", { name: "查询办理情况" }).click();
      await page.getByLabel("回执编号").fill(receipt);
      await page.getByLabel("证件号码").fill(matter.number);
      await page.getByRole("button", { name: "查询", exact: true }).click();
      await page.getByText("审查中", { exact: true }).first().waitFor();
      await page.goto(`${office.service.url}/search/listings/${listing.id}`);
      expect(await page.locator("main").innerText()).toContain("纠正（复议）审查中");

      // The check was made on the database's own day.
      office.setClock(new Date().toISOString());
      await page.goto(`${office.service.url}/who-asked`);
      await fillClaim(page, matter, code.toLowerCase());
      await page.getByRole("button", { name: "查询", exact: true }).click();
      await page.getByText("测试单位").first().waitFor();
      expect(await page.locator("main").innerText()).toContain("政府采购供应商资格审查");
      expect(page.url()).not.toContain(matter.number);
      await fillClaim(page, matter, "0000-0000-0000-0000");
      await page.getByRole("button", { name: "查询", exact: true }).click();
      await page.getByRole("alert").waitFor();
      expect(await page.getByRole("alert").innerText()).toContain("未能核实当事人身份");
    },
  );

  test("what is found reads well: no violation, nothing cut off on a telephone", async () => {
    await office.publishBoth(newCase());
    const { page } = await open("/", { width: 360 });
    await searchFor(page, "测试甲");
    expect(await scrollsSideways(page)).toBe(false);
    expect(await violationsOf(page)).toEqual([]);
  });

  test("a keyboard alone searches and comes to what is found", async () => {
    const { listing } = await office.publishBoth(newCase());
    const { page } = await open("/");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("跳到正文");
    await page.keyboard.press("Enter");
    let focused = "";
    for (let step = 0; step < 5 && focused !== "field-name"; step++) {
      await page.keyboard.press("Tab");
      focused = await page.evaluate<string>("document.activeElement.id");
    }
    await page.keyboard.type("测试甲");
    await page.keyboard.press("Enter");
    await page.locator("tbody").waitFor();
    const link = page.locator(`a[href="/search/listings/${listing.id}"]`);
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\/listings\//);
  });

  test("asks for a little work where there were many searches, which the browser does by itself", async () => {
    const { page } = await open("/");
    const address = { name: "测试甲", list: "", province: "", court: "" };
    let status = 200;
    for (let tried = 0; tried < 25 && status === 200; tried++)
      ({ status } = await office.service.request.post("/search").type("form").send(address));
    expect(status).toBe(429);
    await searchFor(page, "测试甲");
    await expect.poll(() => page.locator("h1").innerText()).toBe("查询结果");
    const unscripted = await open("/", { script: false, width: 360 });
    await searchFor(unscripted.page, "测试甲");
    expect(await unscripted.page.locator("#challenge-state").innerText()).toContain("请等待 20 秒");
    expect(await scrollsSideways(unscripted.page)).toBe(false);
  });

  async function codeOf(listing: string): Promise<string> {
    const { body } = await office.service.request.post("/v1/party-codes").set(office.clerk.headers).send({ listing });
    return String(body.code);
  }
});
