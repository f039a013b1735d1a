// The audit tab of every object: what was done stands in it, and it opens to whom the object opens, and to no other.
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { objects } from "../access/object.ts";
import { propose } from "../agencies/switched-on.ts";
import { type SignedInStaff, signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import { PURPOSE, startService, type TestService } from "../service.ts";

type Headers = Record<string, string>;

let service: TestService;
let auditor: SignedInStaff;
let higher: SignedInStaff;
let elsewhere: SignedInStaff;
beforeAll(async () => {
  service = await startService();
  [auditor, higher, elsewhere] = await Promise.all([
    signInStaff(service, "auditor"),
    signInStaff(service, "auditor", { court: "闽02" }),
    signInStaff(service, "auditor", { court: "闽01" }),
  ]);
});
afterAll(() => service.stop());

const see = (path: string, headers: Headers) => service.request.get(path).set({ ...headers, Accept: "text/html" });

async function make(collection: string): Promise<string> {
  const object = objects[collection];
  if (object?.of !== "court") throw new Error(`${collection} makes nothing`);
  return String(await object.make(service, "闽0203", ""));
}

const tabs = [
  { collection: "/v1/objections", page: "/workbench/objections", act: "收到纠正申请" },
  { collection: "/v1/staff", page: "/workbench/staff", act: "新增账号" },
  { collection: "/v1/identity-requests", page: "/workbench/identity-requests", act: "单位请求核实身份" },
];

test.each(tabs)("the tab of $page tells who did what, to its court and the court above", async (tab) => {
  const id = await make(tab.collection);
  for (const { headers } of [auditor, higher]) {
    const { status, text } = await see(`${tab.page}/${id}/audit`, headers);
    expect([status, text]).toEqual([200, expect.stringContaining(`>${tab.act}</td>`)]);
  }
  expect((await see(`${tab.page}/${id}/audit`, elsewhere.headers)).status).toBe(404);
  expect((await see(`${tab.page}/${id}`, auditor.headers)).text ?? "").not.toContain("undefined");
});

test("a trail goes on page by page, the newest first", async () => {
  const administrator = await signInStaff(service, "security_admin");
  const id = await make("/v1/staff");
  const reset = service.request.post(`/v1/staff/${id}/reset`).set(administrator.headers);
  expect((await reset.send({ reason: "手机遗失" })).status).toBe(200);
  const first = await service.request.get(`/v1/staff/${id}/audit?limit=1`).set(auditor.headers);
  expect(first.body).toMatchObject({ hasMore: true, data: [{ action: "account.reset", reason: "手机遗失" }] });
  expect(first.body.data[0].name).toBe("测试security_admin");
  const rest = `/workbench/staff/${id}/audit?cursor=${first.body.nextCursor}`;
  const { text } = await see(rest, auditor.headers);
  expect(text).toContain("新增账号");
  expect(text).not.toContain("重置账号");
  const other = `/v1/staff/${await make("/v1/staff")}/audit?cursor=${first.body.nextCursor}`;
  expect((await service.request.get(other).set(auditor.headers)).body.code).toBe("invalid-cursor");
});

test("the searches in a court's name are seen by its president and auditor alone", async () => {
  const judge = await signInStaff(service, "judge");
  const search = service.request.post("/v1/listings/search").set(judge.headers);
  expect((await search.send({ name: "测试某" })).status).toBe(200);
  const path = `/workbench/courts/${encodeURIComponent("闽0203")}`;
  expect((await see(`${path}/audit`, auditor.headers)).text).toMatch(/测试judge[\s\S]*在辖区内查找/);
  expect((await see(path, auditor.headers)).text).toContain(`${path}/audit`);
  expect((await see(`${path}/audit`, elsewhere.headers)).status).toBe(404);
  expect((await see(`${path}/audit`, judge.headers)).status).toBe(403);
  expect((await see(path, judge.headers)).text).not.toContain("/audit");
});

test("an agency and its people have theirs, for who oversees and for its own liaison", async () => {
  const { agencyId } = await service.addAgency("留痕单位（测试）", [PURPOSE]);
  const { agencyId: other } = await service.addAgency("旁单位（测试）", [PURPOSE]);
  const authority = await signInAgencyStaff(service, "credit_authority", other);
  const { body: agencies } = await service.request.get("/v1/agencies?limit=200").set(authority);
  const id = agencies.data.find(({ name }: { name: string }) => name === "留痕单位（测试）").id;
  const suspend = service.request.post(`/v1/agencies/${id}/suspend`).set(authority);
  expect((await suspend.send({ reason: "协议到期" })).status).toBe(200);
  expect((await see(`/authority/agencies/${id}/audit`, authority)).text).toMatch(
    /暂停共享[\s\S]*协议到期[\s\S]*接入共享单位/,
  );

  const draft = { login: "liuhen.1", name: "经办（测试）", role: "agency_officer" };
  const created = await service.request.post(`/v1/agencies/${id}/accounts`).set(authority).send(draft);
  const account = created.body.account.id;
  expect((await see(`/authority/agencies/${id}/people`, authority)).text).toContain(`people/${account}/audit`);
  expect((await see(`/authority/agencies/${id}/people/${account}/audit`, authority)).text).toContain("新增账号");
  const issued = await service.request
    .post(`/v1/agencies/${id}/keys`)
    .set(authority)
    .send({ note: "受理系统", scopes: ["checks:read"] });
  const keyPage = `/authority/agencies/${id}/keys/${issued.body.id}/audit`;
  expect((await see(keyPage, authority)).text).toContain("签发密钥");
  expect((await see(`/authority/agencies/${id}/keys`, authority)).text).toContain(keyPage);
  const resume = service.request.post(`/v1/agencies/${id}/resume`).set(authority);
  expect((await resume.send({ reason: "续签" })).status).toBe(200);
  const own = await signInAgencyStaff(service, "agency_liaison", agencyId);
  const foreign = await signInAgencyStaff(service, "agency_liaison", other);
  expect((await see(`/console/people/${account}/audit`, own)).text).toContain("新增账号");
  expect((await see(`/console/people/${account}/audit`, foreign)).status).toBe(404);
  expect((await see(`/authority/agencies/${id}/audit`, own)).status).toBe(403);
  expect((await see(`/console/keys/${issued.body.id}/audit`, own)).text).toContain("签发密钥");
  expect((await see(`/console/keys/${issued.body.id}/audit`, foreign)).status).toBe(404);

  const measure = publicId("ams", await propose(service));
  const first = await signInAgencyStaff(service, "agency_liaison", service.agencyId);
  expect((await see(`/console/measures/${measure}/audit`, first)).text).toContain("提出启用");
  expect((await see("/console/measures", first)).text).toContain(`/console/measures/${measure}/audit`);
  expect((await see(`/console/measures/${measure}/audit`, own)).status).toBe(404);
});
