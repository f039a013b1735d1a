// A real browser for the tests of pages: Chromium from npm, unpacked once a run, with one font and nobody's settings.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as playwright, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, inject, vi } from "vitest";
import { writeChineseFont } from "./chinese-font.ts";

/** The npm package holds a Chromium for this platform alone. */
export const hasBrowser = process.platform === "linux" && process.arch === "x64";

/** The package's own, made for functions in a cloud, but with a process a page, as elsewhere. */
const args = chromium.args.filter((argument) => argument !== "--single-process" && argument !== "--no-zygote");

export type VisitOptions = {
  width?: number;
  /** What the browser asks for in Accept-Language. */
  locale?: string;
  script?: boolean;
  /** Which colours the reader's system prefers. */
  scheme?: "light" | "dark";
};

export type Visit = {
  page: Page;
  /** Console errors (a broken policy among them), answers that failed, requests to elsewhere. */
  complaints: string[];
  /** What came over the wire so far, headers included. */
  bytes: () => number;
};

/** A browser of the calling file's own, from its first test to its last; every test begins without any page. */
export function useBrowser() {
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const folder = inject("browserFolder");
    // Where the package unpacks to, and playwright keeps profiles.
    vi.stubEnv("TMPDIR", folder);
    const { executablePath, fonts } = await unpack(folder);
    browser = await playwright.launch({ executablePath, args, env: { ...process.env, FONTCONFIG_FILE: fonts } });
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    vi.unstubAllEnvs();
  });

  return {
    /** Opens `url` and waits until nothing is on its way any more. */
    visit: async (
      url: string,
      { width = 1440, locale = "zh-CN", script = true, scheme = "light" }: VisitOptions = {},
    ): Promise<Visit> => {
      const viewport = { width, height: 800 };
      const context = await browser.newContext({ viewport, locale, javaScriptEnabled: script, colorScheme: scheme });
      contexts.push(context);
      const page = await context.newPage();
      const complaints: string[] = [];
      let bytes = 0;
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", ({ message }) => complaints.push(message));
      page.on(
        "response",
        (response) => response.status() < 400 || complaints.push(`${response.status()} ${response.url()}`),
      );
      page.on("request", (request) => {
        if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith("data:"))
          complaints.push(request.url());
      });
      const session = await context.newCDPSession(page);
      await session.send("Network.enable");
      session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
      await page.goto(url, { waitUntil: "networkidle" });
      return { page, complaints, bytes: () => bytes };
    },
  };
}

export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

/** The browser and its font in the folder of the run. Of the files that run at once the first unpacks, others wait. */
async function unpack(folder: string): Promise<{ executablePath: string; fonts: string }> {
  const fontFolder = join(folder, "chinese-font");
  const ready = join(folder, "ready");
  const unpacked = { executablePath: join(folder, "chromium"), fonts: join(fontFolder, "fonts.conf") };
  try {
    mkdirSync(join(folder, "unpacking"));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    while (!existsSync(ready)) await pause(50);
    return unpacked;
  }
  await chromium.executablePath();
  writeChineseFont(fontFolder);
  writeFileSync(ready, "");
  return unpacked;
}
