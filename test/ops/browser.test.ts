// The pages in a real browser: everything comes from the service itself, nothing complains, and no page scrolls sideways.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../../src/app.ts";
import { hasBrowser, scrollsSideways, useBrowser } from "../browser.ts";
import { startService, type TestService } from "../service.ts";

describe.runIf(hasBrowser)("in a browser", () => {
  let service: TestService;
  const { visit } = useBrowser();
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  describe.each([360, 1440])("%i pixels wide", (width) => {
    test.each(["/", "/problems", "/problems/validation", "/docs"])("the page %s is whole", async (path) => {
      const { page, complaints } = await visit(service.url + path, { width });
      expect(complaints).toEqual([]);
      expect(await page.locator("h1").isVisible()).toBe(true);
      expect(await page.getByText("演示数据，均为虚构").isVisible()).toBe(true);
      expect(await scrollsSideways(page)).toBe(false);
    });
  });

  test("a foreign picture, an inline script and a wide element are noticed", async () => {
    const { page, complaints } = await visit(service.url, { width: 360 });
    await page.evaluate(`
      document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:1/x.png" }));
      const script = document.createElement("script");
      script.append("0");
      document.body.append(script);
      document.querySelector("h1").style.width = "400px";`);
    await expect.poll(() => complaints.join("\n")).toMatch(/script element was modified[^]*127\.0\.0\.1:1/);
    expect(await scrollsSideways(page)).toBe(true);
  });

  test("text that a script would turn into markup is refused", async () => {
    const { page } = await visit(service.url);
    await expect(page.evaluate(`document.body.innerHTML = "<b>x</b>"`)).rejects.toThrow("TrustedHTML");
  });

  test("the reference shows every operation", async () => {
    const { page, complaints } = await visit(`${service.url}/docs`);
    await page.getByText("/v1/checks/batch").first().waitFor();
    const { paths } = JSON.parse(describeApi()) as { paths: Record<string, object> };
    const operations = Object.values(paths).flatMap((path) => Object.keys(path));
    // Only those in view are drawn.
    const shown = new Set<string>();
    const scroll = async () => {
      for (const id of await page.evaluate<string[]>("[...document.querySelectorAll('.opblock')].map(({ id }) => id)"))
        shown.add(id);
      await page.mouse.wheel(0, 600);
      return shown.size;
    };
    await expect.poll(scroll, { timeout: 60_000 }).toBe(operations.length);
    expect(complaints).toEqual([]);
  });

  test("a keyboard reaches the content first", async () => {
    const { page } = await visit(service.url);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("跳到正文");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#content");
  });
});
