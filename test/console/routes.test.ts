// The console's pages as requests: whose they are, whose forms are taken, what they never show.
import { afterAll, beforeAll, expect, test } from "vitest";
import { switchOn } from "../agencies/switched-on.ts";
import { signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

type Headers = Record<string, string>;
const HOSTILE = `<img src=x onerror=alert(1)>"'`;

let service: TestService;
let officer: Headers;
let elsewhere: Headers;
beforeAll(async () => {
  service = await startService();
  await switchOn(service);
  officer = await signInAgencyStaff(service, "agency_officer", service.agencyId);
  const other = await service.addAgency("旁单位（测试）", [PURPOSE]);
  elsewhere = await signInAgencyStaff(service, "agency_officer", other.agencyId);
});
afterAll(() => service.stop());

const see = (path: string, headers: Headers) => service.request.get(path).set({ ...headers, Accept: "text/html" });
const send = (path: string, headers: Headers, fields: Record<string, string>) =>
  service.request
    .post(path)
    .set({ ...headers, Accept: "text/html", "Sec-Fetch-Site": "same-origin" })
    .type("form")
    .send(fields);
const question = (over: Record<string, string> = {}) => ({
  purpose: PURPOSE,
  caseReference: "XM-2026-PAGE",
  "subject/name": "测试甲",
  "subject/document/type": "resident_id",
  "subject/document/number": "110101190001010014",
  "subject/role": "self",
  ...over,
});
const tokenOf = ({ "X-CSRF-Token": token = "" }: Headers) => ({ csrf: token });

test("nobody is let in without a session, and nobody of a court", async () => {
  const answer = await see("/console/check", {});
  expect([answer.status, answer.headers["location"]]).toEqual([303, "/sign-in?to=%2Fconsole%2Fcheck"]);
  const { headers } = await signInStaff(service, "judge");
  expect((await see("/console", headers)).status).toBe(403);
});

test("ASVS 3.5.1: a form is taken with its token alone, and only from our own page", async () => {
  const count = async () => Number((await service.sql`select count(*) from check_record`)[0]?.["count"]);
  const before = await count();
  expect((await send("/console/check", officer, question())).status).toBe(403);
  const foreign = { ...officer, "Sec-Fetch-Site": "cross-site" };
  const crossed = await service.request
    .post("/console/check")
    .set(foreign)
    .type("form")
    .send({ ...question(), ...tokenOf(officer) });
  expect(crossed.status).toBe(403);
  expect(await count()).toBe(before);
  const asked = await send("/console/check", officer, { ...question(), ...tokenOf(officer) });
  expect([asked.status, asked.headers["location"]]).toEqual([303, expect.stringMatching(/^\/console\/checks\/chk_/)]);
  expect(await count()).toBe(before + 1);
});

test("another agency's checks, tasks and certificates are not there", async () => {
  await service.publish(listingOf());
  const { body } = await service.post("/v1/checks", checkOf());
  const task = (await service.get(`/v1/feedback-tasks?check=${body.id}`)).body.data[0];
  const paths = [`/console/checks/${body.id}`, `/console/checks/${body.id}/certificate`, `/console/tasks/${task.id}`];
  for (const path of paths) {
    expect([path, (await see(path, officer)).status]).toEqual([path, 200]);
    expect([path, (await see(path, elsewhere)).status]).toEqual([path, 404]);
  }
});

test("what was typed, listed or asked stays text", async () => {
  const name = `测试${HOSTILE}`;
  const document = { kind: "resident_id" as const, number: "35021119000102008X" };
  const court = { name: `法院${HOSTILE}` };
  await service.publish(listingOf({ name, document }, { caseNumber: "(2026)闽0203执90000201号", court }));
  const given = { "subject/name": name, "subject/document/number": document.number };
  const asked = await send("/console/check", officer, { ...question(given), ...tokenOf(officer) });
  const refused = await send("/console/check", officer, {
    ...question({ "subject/name": name, "subject/document/number": HOSTILE }),
    ...tokenOf(officer),
  });
  expect(refused.status).toBe(422);
  const shown = [
    refused.text,
    (await see(String(asked.headers["location"]), officer)).text,
    (await see("/console/checks", officer)).text,
    (await see("/console/tasks", officer)).text,
    (await see(`/console/tasks?state=${encodeURIComponent(HOSTILE)}&done=${encodeURIComponent(HOSTILE)}`, officer))
      .text,
  ];
  for (const text of shown) expect(text).not.toContain("<img");
  expect(shown.filter((text) => text.includes("测试&lt;img"))).toHaveLength(5);
});

test("ASVS 14.3.2: every page goes out unkept, framed by nobody, with nothing inline", async () => {
  for (const path of ["/console", "/console/check", "/console/checks", "/console/tasks", "/console/watches"]) {
    const { headers, text } = await see(path, officer);
    expect(headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|<[^>]*\s(?:style|on\w+)=/);
  }
});

test("no page shows a number whole, and no address holds one", async () => {
  const asked = await send("/console/check", officer, { ...question(), ...tokenOf(officer) });
  const address = String(asked.headers["location"]);
  for (const path of [address, "/console/checks", "/console/tasks", "/console"]) {
    expect((await see(path, officer)).text).not.toContain("110101190001010014");
    expect(path).not.toContain("110101190001010014");
  }
});
