// The pages of misuse alerts as requests: the liaison's own, the authority's of all agencies with its decisions.
import { afterAll, beforeAll, expect, test } from "vitest";
import { raiseAlert } from "../../../src/checks/misuse/alert.ts";
import { publicId } from "../../../src/platform/id.ts";
import { signInAgencyStaff } from "../../courts/staff.ts";
import { startService, type TestService } from "../../service.ts";

type Headers = Record<string, string>;

let service: TestService;
let liaison: Headers;
let authority: Headers;
let assessor: Headers;
beforeAll(async () => {
  service = await startService();
  const { agencyId } = service;
  liaison = await signInAgencyStaff(service, "agency_liaison", agencyId);
  authority = await signInAgencyStaff(service, "credit_authority", agencyId);
  assessor = await signInAgencyStaff(service, "assessor", agencyId);
});
afterAll(() => service.stop());

const see = (path: string, headers: Headers) => service.request.get(path).set({ ...headers, Accept: "text/html" });
const decide = (id: string, act: string, reason: string, headers = authority) =>
  service.request
    .post(`/authority/misuse/${id}/${act}`)
    .set({ ...headers, Accept: "text/html", "Sec-Fetch-Site": "same-origin" })
    .type("form")
    .send({ csrf: headers["X-CSRF-Token"], reason });
const raise = async (rule: "off_hours" | "canary", facts: Record<string, number>) => {
  const sighting = { agencyId: service.agencyId, keyId: "测试", rule, action: "block", facts } as const;
  const { id } = await service.db.transaction((tx) => raiseAlert(tx, sighting, new Date()));
  return publicId("mis", id);
};

test("the liaison reads on what counts an alert rests, the authority looks into it and closes it", async () => {
  const id = await raise("off_hours", { checks: 900, offHours: 777 });
  const canary = await raise("canary", { checks: 3 });
  expect((await see("/console", liaison)).text).toMatch(/<strong>1<\/strong>异常提示待核实/);
  const { text } = await see("/console/misuse", liaison);
  expect(text).toMatch(/非工作时间大量核查[\s\S]*非工作时间的 777[\s\S]*核查行为异常，已暂停[\s\S]*待核实/);
  expect(text).not.toContain("警示号码");
  expect((await see("/authority", authority)).text).toMatch(/<strong>2<\/strong>异常提示待核实/);
  expect((await see("/authority/misuse", authority)).text).toMatch(/核查警示号码[\s\S]*测试单位/);

  const empty = await decide(id, "acknowledge", "");
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining("错误：异常提示")]);
  const looked = await decide(id, "acknowledge", "已电话联系");
  expect([looked.status, looked.headers["location"]]).toEqual([
    303,
    "/authority/misuse?state=acknowledged&done=investigating",
  ]);
  expect((await see("/console/misuse?state=acknowledged", liaison)).text).toContain("已电话联系");
  expect((await decide(id, "close", "加班所致")).status).toBe(303);
  expect((await decide(id, "close", "再次")).status).toBe(409);
  expect((await see("/console/misuse?state=closed", liaison)).text).toMatch(/已办结[\s\S]*加班所致/);
  expect((await see("/console", liaison)).text).toMatch(/<strong>0<\/strong>异常提示待核实/);
  expect((await decide(canary, "close", "已核实")).status).toBe(303);
});

test("an officer, the assessor and a liaison find none of it where it is not theirs", async () => {
  const officer = await signInAgencyStaff(service, "agency_officer", service.agencyId);
  expect((await see("/console/misuse", officer)).status).toBe(403);
  expect((await see("/console", officer)).text).not.toContain("异常提示");
  expect((await see("/authority/misuse", assessor)).status).toBe(403);
  expect((await see("/authority", assessor)).text).not.toContain("异常提示");
  expect((await decide("mis_00000000000000000000000000", "close", "x", liaison)).status).toBe(403);
});
