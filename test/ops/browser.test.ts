// The pages in a real browser: everything comes from the service itself, nothing complains, and no page scrolls sideways.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { describeApi } from "../../src/app.ts";
import { startService, type TestService } from "../service.ts";

/** The npm package holds a Chromium for this platform alone. */
const hasBrowser = process.platform === "linux" && process.arch === "x64";

/** The package's own, made for functions in a cloud, but with a process a page, as elsewhere. */
const args = chromium.args.filter((argument) => argument !== "--single-process" && argument !== "--no-zygote");

describe.runIf(hasBrowser)("in a browser", () => {
  let service: TestService;
  let browser: Browser;
  /** A folder of this run: the browser is unpacked for the account that asks, and left behind it would be in another's way. */
  let folder: string;

  beforeAll(async () => {
    service = await startService();
    folder = mkdtempSync(join(tmpdir(), "shixin-browser-"));
    vi.stubEnv("TMPDIR", folder);
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args });
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens `path` and collects every complaint: console errors (a broken policy among them), failed and foreign requests. */
  async function visit(path: string, width: number) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("response", (response) => response.ok() || complaints.push(`${response.status()} ${response.url()}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(service.url) && !request.url().startsWith("data:")) complaints.push(request.url());
    });
    await page.goto(service.url + path, { waitUntil: "networkidle" });
    return { page, complaints };
  }

  const scrollsSideways = (page: Page) =>
    page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

  describe.each([360, 1440])("%i pixels wide", (width) => {
    test.each(["/", "/problems", "/problems/validation"])("the page %s is whole", async (path) => {
      const { page, complaints } = await visit(path, width);
      expect(complaints).toEqual([]);
      expect(await page.locator("h1").isVisible()).toBe(true);
      expect(await page.getByText("演示数据，均为虚构").isVisible()).toBe(true);
      expect(await scrollsSideways(page)).toBe(false);
      await page.close();
    });
  });

  test("a foreign picture, an inline script and a wide element are noticed", async () => {
    const { page, complaints } = await visit("/", 360);
    await page.evaluate(`
      document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:1/x.png" }));
      document.body.append(Object.assign(document.createElement("script"), { textContent: "0" }));
      document.querySelector("h1").style.width = "400px";`);
    await expect
      .poll(() => complaints.join("\n"))
      .toMatch(/127\.0\.0\.1:1[^]*inline script|inline script[^]*127\.0\.0\.1:1/);
    expect(await scrollsSideways(page)).toBe(true);
    await page.close();
  });

  test("the reference shows every operation", async () => {
    const { page, complaints } = await visit("/docs", 1440);
    await page.getByText("/v1/checks/batch").first().waitFor();
    const { paths } = JSON.parse(describeApi()) as { paths: Record<string, object> };
    const operations = Object.values(paths).flatMap((path) => Object.keys(path));
    expect(await page.locator(".opblock").count()).toBe(operations.length);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a keyboard reaches the content first", async () => {
    const { page } = await visit("/", 1440);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("跳到正文");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#content");
    await page.close();
  });
});
