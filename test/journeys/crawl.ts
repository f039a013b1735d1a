// Pages found by following links, and what is wrong with them.
import { join } from "node:path";
import type { Page } from "playwright-core";
import { violationsOf } from "../axe.ts";
import { scrollsSideways, type Visit } from "../browser.ts";
import type { Visiting } from "../inside-pages.ts";
import type { TestService } from "../service.ts";
import { openAs } from "../workbench/session.ts";
import type { PageReader } from "./furnished.ts";

/** What a first page may weigh. */
const PAGE_BYTES_MAX = 60_000;
const PHONE = 360;
/** What is left of 1,280 pixels when a reader has made everything twice as large. */
const ZOOMED = 640;
/** A file, or what a page's script puts into it. */
const NO_PAGE = /\.(css|js)$|\/progress$/;

/** A folder in which a picture of every page is kept, for people to look at. */
const PICTURES = process.env["PICTURES"];

/** GET routes of the app under these paths that may show a page, with expressions that their addresses match. */
export function pagesUnder(app: TestService["app"], area: RegExp): Map<string, RegExp> {
  const paths = app.routes.filter(({ method, path }) => method === "GET" && area.test(path)).map(({ path }) => path);
  return new Map(paths.filter((path) => !NO_PAGE.test(path)).map((path) => [path, addressesOf(path)]));
}

/** `/loads/:source{[a-z]+}` as an expression. */
function addressesOf(path: string): RegExp {
  return new RegExp(
    `^${path.replaceAll(/:\w+(?:\{([^}]*(?:\{\d+\})?[^}]*)\})?/g, (_, form?: string) => form ?? "[^/]+")}$`,
  );
}

export type Crawl = {
  visit: Visiting;
  url: string;
  pages: Map<string, RegExp>;
  readers: Record<string, PageReader>;
};

/** The faults of every page that a reader comes to, and the routes that nobody came to. */
export async function crawl({ visit, url, pages, readers }: Crawl): Promise<{ faults: string[]; unseen: string[] }> {
  const seen = new Set<string>();
  const faults: string[] = [];

  /** Resolves with where the page leads; a page of somebody else's is found by its own reader. */
  async function look(name: string, { page }: Visit, path: string, pattern: string): Promise<string[]> {
    // A file is saved, and has no answer that could be read.
    const answer = await page.goto(url + path).catch(() => null);
    if (answer?.status() === 403) return [];
    const isNew = !seen.has(pattern);
    seen.add(pattern);
    if (!answer?.headers()["content-type"]?.startsWith("text/html")) return [];
    const links = await page.evaluate<string[]>(
      `[...document.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute("href"))`,
    );
    if (isNew) {
      faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${path}: ${fault}`));
      await keepPictures(page, path);
    }
    return links;
  }

  for (const [name, { paths, headers }] of Object.entries(readers)) {
    const [start = "/"] = paths;
    const options = { width: PHONE };
    const visited = await (headers ? openAs(visit, url, { headers }, start, options) : visit(url + start, options));
    if (visited.bytes() > PAGE_BYTES_MAX) faults.push(`${name}: ${start} weighs ${visited.bytes()} bytes`);
    const passed = new Set<string>();
    const waiting = [...paths];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const bare = path.replace(/[?#].*$/, "");
      const pattern = [...pages].find(([, addresses]) => addresses.test(bare))?.[0];
      if (pattern === undefined || passed.has(pattern)) continue;
      passed.add(pattern);
      waiting.push(...(await look(name, visited, path, pattern)));
    }
    faults.push(...visited.complaints.filter((complaint) => !/403/.test(complaint)).map((it) => `${name}: ${it}`));
  }
  return { faults, unseen: [...pages.keys()].filter((pattern) => !seen.has(pattern)) };
}

async function faultsOf(page: Page): Promise<string[]> {
  const faults = await violationsOf(page);
  for (const width of [ZOOMED, PHONE]) {
    await page.setViewportSize({ width, height: 800 });
    if (await scrollsSideways(page)) faults.push(`wider than ${width} pixels`);
  }
  return faults;
}

async function keepPictures(page: Page, path: string): Promise<void> {
  if (PICTURES === undefined) return;
  await page.emulateMedia({ colorScheme: "light" });
  const name = path.replaceAll(/[?].*$|_[0-9a-z]{26}/g, "").replaceAll("/", "-");
  for (const width of [PHONE, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(PICTURES, `page${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: PHONE, height: 800 });
}
