// The keys of the pages behind the sign-in, in a real browser: what they reach, when they keep still, and their switch.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "../axe.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { type SignedInStaff, signInStaff } from "../courts/staff.ts";
import { listingOf, startService, type TestService } from "../service.ts";
import { openAs } from "../workbench/session.ts";

const LISTINGS = "/workbench/listings";

describe.runIf(hasBrowser)("single keys", () => {
  let service: TestService;
  let judge: SignedInStaff;
  const { visit } = useBrowser();

  beforeAll(async () => {
    service = await startService();
    judge = await signInStaff(service, "judge");
    for (const caseNumber of ["(2026)闽0203执90000301号", "(2026)闽0203执90000302号"])
      await service.publish(listingOf({}, { caseNumber }));
  });
  afterAll(() => service.stop());

  const open = (path: string, script = true) => openAs(visit, service.url, judge, path, { script });
  const FOCUSED = "document.activeElement.closest('tr')?.rowIndex ?? document.activeElement.name ?? null";

  test("j and k go through the rows of a list, and Enter opens one", async () => {
    const { page, complaints } = await open(LISTINGS);
    const at = () => page.evaluate(FOCUSED);
    await page.keyboard.press("k");
    expect(await at()).toBe(2);
    for (const [key, row] of [
      ["j", 2],
      ["k", 1],
      ["k", 1],
      ["j", 2],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await at()]).toEqual([key, row]);
    }
    const address = await page.evaluate<string>("document.activeElement.getAttribute('href')");
    await page.keyboard.press("Enter");
    await page.waitForURL(service.url + address);
    expect(complaints).toEqual([]);
  });

  test("a slash goes to the search, and what is typed there is text", async () => {
    const { page } = await open(LISTINGS);
    await page.keyboard.press("/");
    expect(await page.evaluate(FOCUSED)).toBe("caseNumber");
    await page.keyboard.type("j/k?");
    expect(await page.getByLabel("案号").inputValue()).toBe("j/k?");
    expect(await page.locator("dialog").isVisible()).toBe(false);
    await page.goto(`${service.url}/workbench/objections`);
    await page.keyboard.press("/");
    await page.waitForURL(`${service.url}/workbench/search`);
  });

  test("a question mark shows the keys, which axe reads, and combinations stay the browser's", async () => {
    const { page } = await open(LISTINGS);
    await page.keyboard.press("Control+/");
    expect(await page.evaluate("document.activeElement === document.body")).toBe(true);
    await page.keyboard.press("?");
    const shown = page.getByRole("dialog", { name: "快捷键" });
    expect(await shown.innerText()).toMatch(/查找[\s\S]*列表的下一行/);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press("j");
    expect(await shown.isVisible()).toBe(true);
    await shown.getByRole("button", { name: "关闭" }).click();
    expect(await shown.isVisible()).toBe(false);
  });

  test("the switch on one's account turns them off for this browser", async () => {
    const { page } = await open("/account");
    await page.getByLabel("使用单键快捷键").uncheck();
    await page.goto(service.url + LISTINGS);
    await page.keyboard.press("?");
    expect(await page.locator("dialog").isVisible()).toBe(false);
    await page.goto(`${service.url}/account`);
    expect(await page.getByLabel("使用单键快捷键").isChecked()).toBe(false);
    await page.getByLabel("使用单键快捷键").check();
    await page.locator("h1").click();
    await page.keyboard.press("?");
    expect(await page.locator("dialog").isVisible()).toBe(true);
  });

  test("without script there is no switch to promise anything", async () => {
    const { page } = await open("/account", false);
    expect(await page.getByText("使用单键快捷键").isVisible()).toBe(false);
  });
});
