// Every page there is, found by following links as each reader: no violation in either theme, nothing cut off on a
// telephone or at twice the size, nothing from elsewhere, and first pages that are light.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, useBrowser } from "../browser.ts";
import { crawl, pagesUnder } from "./crawl.ts";
import { type Furnished, openFurnishedCity } from "./furnished.ts";

const PUBLIC = /^\/(?:$|sign-in|enrol|search|remedies|objections|who-asked|figures|verify|docs|problems)/;

describe.runIf(hasBrowser)("every page", () => {
  let furnished: Furnished;
  const { visit } = useBrowser();
  beforeAll(async () => {
    furnished = await openFurnishedCity();
  });
  afterAll(() => furnished.city.close());

  const areas: [string, RegExp, (keyof Furnished["readers"])[]][] = [
    ["portal", PUBLIC, ["public"]],
    ["workbench", /^\/(?:account|workbench|operator)/, ["clerk", "judge", "president", "auditor", "security"]],
    ["console", /^\/console/, ["officer", "liaison"]],
    ["authority", /^\/authority/, ["authority"]],
  ];
  test.each(areas)("of the %s reads well", async (_, area, names) => {
    const { city, readers } = furnished;
    const { app, url } = city.service;
    const found = await crawl({
      visit,
      url,
      pages: pagesUnder(app, area),
      readers: Object.fromEntries(names.map((name) => [name, readers[name]])),
    });
    expect(found).toEqual({ faults: [], unseen: [] });
  });
});
