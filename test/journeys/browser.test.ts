// The whole chain through the pages alone, with script and without: from a clerk's draft to the lifting of what followed
// from it; and an objection from the portal to the court's decision.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createLog } from "../../src/platform/log.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { startLifting } from "../../src/sanctions/index.ts";
import { switchOn } from "../agencies/switched-on.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { checkParty, liftFirst, openReport, reportWithNotice } from "../console/counter.ts";
import { enrolled, type Person, testClock } from "../courts/accounts/person.ts";
import { signInBrowser } from "../portal/account/browser-sign-in.ts";
import { countFound, fileObjection, searchFor } from "../portal/list/visitor.ts";
import { endByCourt } from "../registry/ending.ts";
import { type Courthouse, newCase, openCourthouse } from "../registry/courthouse.ts";
import { listingOf } from "../service.ts";
import {
  draftCase,
  endPaid,
  issuePartyCode,
  printPaper,
  publishDecided,
  signDrafts,
  upholdObjection,
} from "../workbench/desk.ts";

const OFF_THE_LIST = "测试已移出";
const MINOR = "测试未成年";

describe.runIf(hasBrowser)("through the pages alone", () => {
  const clock = testClock();
  const { visit } = useBrowser();
  let house: Courthouse;
  let lifting: ReturnType<typeof startLifting>;
  let clerk: Person;
  let judge: Person;
  let president: Person;
  let officer: Person;
  const today = () => shanghaiDate(clock.now());
  const addressOf = (path: string) => house.service.url + path;

  beforeAll(async () => {
    house = await openCourthouse(undefined, { now: clock.now });
    const { service } = house;
    lifting = startLifting({ db: service.db, log: createLog(), now: clock.now });
    await switchOn(service);
    clerk = await enrolled(service, clock, { role: "clerk", name: "测试书记员" });
    judge = await enrolled(service, clock, { role: "judge", name: "测试法官" });
    president = await enrolled(service, clock, { role: "president", name: "测试院长" });
    officer = await enrolled(service, clock, { role: "agency_officer", agencyId: service.agencyId });
    await publishHidden();
  });
  afterAll(async () => {
    await lifting.stop();
    await house.close();
  });

  /** One who was listed, and one who never should have been (art. 4): a court entered an adult's age, and mended it. */
  async function publishHidden(): Promise<void> {
    const { service } = house;
    const [gone, minor] = [newCase(), newCase()];
    const partyOf = (name: string, number: string) => ({ name, document: { kind: "resident_id" as const, number } });
    const ended = await service.publish(listingOf(partyOf(OFF_THE_LIST, gone.number), { caseNumber: gone.caseNumber }));
    await service.db.transaction((tx) => endByCourt(tx, ended.id));
    const young = await service.publish(listingOf(partyOf(MINOR, minor.number), { caseNumber: minor.caseNumber }));
    await service.sql`update listing set age_at_publication = 17 where id = ${young.id}`;
  }

  async function enter(person: Person, path: string, script: boolean) {
    const visited = await visit(addressOf(path), { script });
    await signInBrowser(visited.page, person, clock);
    await visited.page.waitForLoadState("networkidle");
    return visited;
  }

  async function countNamed(page: Page, name: string): Promise<number> {
    await page.goto(addressOf("/"));
    await searchFor(page, name);
    return countFound(page);
  }

  /** The drafts of that case on the clerk's list. */
  async function draftsOf(page: Page, caseNumber: string) {
    await page.goto(addressOf("/workbench/listings?state=draft"));
    const rows = await page.getByRole("row").filter({ hasText: caseNumber }).all();
    return Promise.all(
      rows.map(async (row) => {
        const path = (await row.getByRole("link").getAttribute("href")) ?? "";
        const list = (await row.innerText()).includes("限制消费") ? "consumption_limit" : "dishonest";
        return { id: path.slice(path.lastIndexOf("/") + 1), list, url: addressOf(path) };
      }),
    );
  }

  /** The platform follows the register a moment later. */
  const untilLiftIsDue = (page: Page) =>
    vi.waitFor(
      async () => {
        await page.goto(addressOf("/console"));
        const due = page.getByRole("region", { name: "名单移出后应当解除的惩戒" }).getByRole("link");
        expect(await due.count()).toBeGreaterThan(0);
      },
      { timeout: 20_000, interval: 200 },
    );

  test.each([true, false])(
    "drafted, decided, published, found, hit, reported, removed, gone, lifted (script: %s)",
    async (script) => {
      const matter = { ...newCase(), name: script ? "测试链甲" : "测试链乙" };
      const desk = await enter(clerk, "/workbench/drafting", script);
      await draftCase(desk.page, matter, today());
      const drafts = await draftsOf(desk.page, matter.caseNumber);
      expect(drafts.map(({ list }) => list).toSorted()).toEqual(["consumption_limit", "dishonest"]);
      for (const { list, url } of drafts) {
        await desk.page.goto(url);
        await printPaper(desk.page, `${list === "dishonest" ? "决定书" : "限制消费令"}${matter.caseNumber}`, today());
      }
      const visitor = await visit(addressOf("/"), { script });
      expect(await countNamed(visitor.page, matter.name), "a draft").toBe(0);

      const signing = await enter(president, "/workbench/decisions", script);
      await signDrafts(
        signing.page,
        drafts.map(({ id }) => id),
        president,
        clock,
      );
      for (const { url } of drafts) await publishDecided(signing.page, url, today());

      expect(await countNamed(visitor.page, matter.name)).toBe(2);
      const others = [`${matter.name}丙`, matter.name.slice(0, 3), OFF_THE_LIST, MINOR];
      for (const name of others) expect([name, await countNamed(visitor.page, name)]).toEqual([name, 0]);

      const counter = await enter(officer, "/console/check", script);
      const asked = { ...matter, type: "resident_id" as const, matter: `XM-2026-CHAIN-${script}` };
      await checkParty(counter.page, asked);
      expect(await counter.page.locator("main").innerText()).toContain("命中（列入名单）");
      await openReport(counter.page, today());
      await reportWithNotice(counter.page, today());

      for (const { url, list } of drafts) await endPaid(signing.page, url, today(), list);
      expect(await countNamed(visitor.page, matter.name)).toBe(0);
      await untilLiftIsDue(counter.page);
      await liftFirst(counter.page, today());
      await counter.page.goto(addressOf("/console/check"));
      await checkParty(counter.page, asked);
      expect(await counter.page.locator("main").innerText()).toContain("未查到有效名单信息");
      for (const { complaints } of [desk, visitor, signing, counter]) expect(complaints).toEqual([]);
    },
  );

  test.each([true, false])(
    "an objection from the portal's form to the court's decision (script: %s)",
    async (script) => {
      const matter = newCase();
      const form = { receivedOn: addDays(today(), -3), notice: { endsOn: addDays(today(), -20), warned: true } };
      const { listing } = await house.publishBoth(matter, { form, listing: { groundAroseOn: addDays(today(), -10) } });
      const desk = await enter(judge, `/workbench/listings/${listing.id}`, script);
      const code = await issuePartyCode(desk.page);
      const party = await visit(addressOf(`/search/listings/${listing.id}`), { script });
      const receipt = await fileObjection(party.page, matter, code);

      await desk.page.goto(addressOf("/workbench/objections"));
      await desk.page.getByRole("link", { name: matter.caseNumber }).click();
      await desk.page.waitForURL(new RegExp(receipt));
      await upholdObjection(desk.page);
      await party.page.goto(addressOf("/objections/standing"));
      await party.page.getByLabel("回执编号").fill(receipt);
      await party.page.getByLabel("证件号码").fill(matter.number);
      await party.page.getByRole("button", { name: "查询", exact: true }).click();
      await party.page.getByText("已纠正").first().waitFor();
      const answer = await party.page.goto(addressOf(`/search/listings/${listing.id}`));
      expect(answer?.status()).toBe(404);
      expect(desk.complaints).toEqual([]);
    },
  );
});
