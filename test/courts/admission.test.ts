// Agencies admitted over HTTP: agreement, purposes, keys and people, by the credit authority and each agency's liaison.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { switchOn } from "../agencies/switched-on.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";
import { signInAgencyStaff, signInStaff } from "./staff.ts";

type Headers = Record<string, string>;
let service: TestService;
let credit: Headers;
let assessor: Headers;
let liaison: Headers;
let elsewhere: Headers;
let own: string;
let aheadMs = 0;
beforeAll(async () => {
  service = await startService({ sequencer: false, now: () => new Date(Date.now() + aheadMs) });
  const authority = await service.addAgency("信用牵头部门（测试）", [PURPOSE]);
  credit = await signInAgencyStaff(service, "credit_authority", authority.agencyId);
  assessor = await signInAgencyStaff(service, "assessor", authority.agencyId);
  liaison = await signInAgencyStaff(service, "agency_liaison", service.agencyId);
  elsewhere = await signInAgencyStaff(service, "agency_liaison", authority.agencyId);
  own = `/v1/agencies/${publicId("agy", service.agencyId)}`;
});
afterAll(() => service.stop());

const post = (path: string, headers: Headers, body: object = {}) => service.request.post(path).set(headers).send(body);
const get = (path: string, headers: Headers) => service.request.get(path).set(headers);
const actionsOn = async (subject: string) =>
  (await service.sql`select action from audit_entry where subject = ${subject} order by id`).map(
    ({ action }) => action,
  );
const today = () => shanghaiDate(new Date());

describe("an agency", () => {
  test("is admitted, its agreement changed, suspended and resumed, each with its entry", async () => {
    const draft = { name: "新单位（测试）", purposes: [PURPOSE], agreementFrom: today(), agreementNumber: "协议一" };
    const { status, body } = await post("/v1/agencies", credit, draft);
    expect([status, body.agreement, body.purposes.length]).toEqual([
      201,
      { number: "协议一", from: today(), until: null },
      1,
    ]);
    expect((await post("/v1/agencies", credit, draft)).body.code).toBe("conflict");
    const path = `/v1/agencies/${body.id}`;
    const until = addDays(today(), 30);
    const changed = await post(`${path}/agreement`, credit, { agreementUntil: until, reason: "续签" });
    expect(changed.body.agreement).toEqual({ number: null, from: null, until });
    const backwards = { agreementFrom: until, agreementUntil: today(), reason: "误" };
    expect((await post(`${path}/agreement`, credit, backwards)).body.errors).toMatchObject([
      { pointer: "#/agreementUntil", code: "out_of_range" },
    ]);
    expect((await post(`${path}/suspend`, credit, { reason: "违规" })).body.state).toBe("suspended");
    expect((await post(`${path}/suspend`, credit, { reason: "违规" })).body.code).toBe("conflict");
    expect((await post(`${path}/resume`, credit, { reason: "整改" })).body.state).toBe("active");
    expect(await actionsOn(body.id)).toEqual(["agency.create", "agency.agreement", "agency.suspend", "agency.resume"]);
    const names = (await get("/v1/agencies", assessor)).body.data.map(({ name }: { name: string }) => name);
    expect(names).toContain("新单位（测试）");
    expect((await get(path, assessor)).body.id).toBe(body.id);
    expect((await post(`${path}/suspend`, assessor, { reason: "违规" })).body.code).toBe("authority");
  });

  test("loses and gets a purpose from the next check on", async () => {
    const ask = async () => (await service.post("/v1/checks", checkOf())).status;
    expect(await ask()).toBe(200);
    await post(`${own}/purposes/${PURPOSE}/withdraw`, credit, { reason: "协议变更" }).expect(200);
    expect(await ask()).toBe(403);
    expect((await post(`${own}/purposes/${PURPOSE}/withdraw`, credit, { reason: "再次" })).status).toBe(404);
    const grant = { purpose: PURPOSE, validFrom: today(), reason: "协议变更" };
    expect((await post(`${own}/purposes`, credit, grant)).status).toBe(200);
    expect(await ask()).toBe(200);
    await post(`${own}/suspend`, credit, { reason: "测试" }).expect(200);
    expect(await ask()).toBe(401);
    await post(`${own}/resume`, credit, { reason: "测试" }).expect(200);
    expect(await ask()).toBe(200);
  });
});

describe("a liaison", () => {
  test("issues a key that works, rolls it and revokes it, each with its entry", async () => {
    const issued = await post(`${own}/keys`, liaison, { note: "受理系统" });
    expect(issued.status).toBe(201);
    const { id, key } = issued.body;
    expect((await service.post("/v1/checks", checkOf(), key)).status).toBe(200);
    const rolled = await post(`${own}/keys/${id}/roll`, liaison, { overlapMinutes: 0 });
    expect((await service.post("/v1/checks", checkOf(), key)).status).toBe(401);
    expect((await service.post("/v1/checks", checkOf(), rolled.body.key)).status).toBe(200);
    const revocation = { reason: "停用系统" };
    expect((await post(`${own}/keys/${rolled.body.id}/revoke`, liaison, revocation)).body.state).toBe("revoked");
    expect((await post(`${own}/keys/${rolled.body.id}/revoke`, liaison, revocation)).body.code).toBe("conflict");
    expect((await service.post("/v1/checks", checkOf(), rolled.body.key)).status).toBe(401);
    expect(await actionsOn(id)).toEqual(["key.issue", "key.roll"]);
    expect(await actionsOn(rolled.body.id)).toEqual(["key.issue", "key.revoke"]);
    const listed = await get(`${own}/keys`, liaison);
    expect(listed.text).not.toContain(rolled.body.key);
    expect(listed.body.data.map((row: { id: string }) => row.id)).toContain(id);
  });

  test("grants no sending of files, and the credit authority does", async () => {
    const wide = { note: "报送系统", scopes: ["feeds:write"] };
    expect((await post(`${own}/keys`, liaison, wide)).body.errors).toMatchObject([{ pointer: "#/scopes" }]);
    expect((await post(`${own}/keys`, credit, wide)).body.scopes).toEqual(["feeds:write"]);
  });

  test("sees and touches no key and nobody of another agency", async () => {
    const { body } = await get(`${own}/keys`, liaison);
    const [{ id }] = body.data;
    expect((await get(`${own}/keys`, elsewhere)).status).toBe(404);
    expect((await get(`${own}/accounts`, elsewhere)).status).toBe(404);
    expect((await post(`${own}/keys/${id}/revoke`, elsewhere, { reason: "测试" })).status).toBe(404);
    const others = `/v1/agencies/${(await service.addAgency("旁单位", [PURPOSE])).agencyId}`;
    expect((await post(`${others}/keys/${id}/revoke`, credit, { reason: "测试" })).status).toBe(404);
  });

  test("neither rolls the key of the console nor renews one that is open", async () => {
    const console = `${own}/console-keys/agency_officer`;
    const renewed = await post(console, liaison);
    expect([renewed.status, renewed.body.console, "key" in renewed.body]).toEqual([201, "agency_officer", false]);
    expect((await post(console, liaison)).body.code).toBe("conflict");
    expect((await post(`${own}/keys/${renewed.body.id}/roll`, liaison, {})).body.code).toBe("conflict");
  });

  test("creates officers only, and disables and resets them", async () => {
    const draft = (role: string) => ({ login: `person.${role.slice(7)}`, name: "测试人员", role });
    expect((await post(`${own}/accounts`, liaison, draft("agency_liaison"))).body.code).toBe("authority");
    const made = await post(`${own}/accounts`, credit, draft("agency_liaison"));
    const officer = await post(`${own}/accounts`, liaison, draft("agency_officer"));
    expect([made.status, officer.status, typeof officer.body.enrolmentCode]).toEqual([201, 201, "string"]);
    const acts = `${own}/accounts/${officer.body.account.id}`;
    expect((await post(`${acts}/reset`, liaison, { reason: "丢失" })).body.account.state).toBe("to_enrol");
    expect((await post(`${acts}/disable`, liaison, { reason: "离职" })).body.state).toBe("disabled");
    const above = `${own}/accounts/${made.body.account.id}/disable`;
    expect((await post(above, liaison, { reason: "测试" })).body.code).toBe("authority");
    const president = await signInStaff(service, "president");
    const court = `${own}/accounts/${president.actor.id}/disable`;
    expect((await post(court, credit, { reason: "测试" })).status).toBe(404);
  });
});

test("whoever oversees sees what every agency owes, and nothing of the matter", async () => {
  await switchOn(service);
  await service.publish(listingOf());
  const { body } = await service.post("/v1/checks", checkOf({}, { caseReference: "XM-2026-OVERSEEN" }));
  expect(body.action).toBe("decide");
  const seen = async (state: string) => (await get(`/v1/oversight/feedback-tasks?state=${state}`, assessor)).body.data;
  expect(await seen("overdue")).toEqual([]);
  const [task] = await seen("open");
  expect(task).toMatchObject({ agency: { name: "测试单位" }, purpose: PURPOSE, overdue: false });
  expect(JSON.stringify(task)).not.toMatch(/测试甲|XM-2026-OVERSEEN/);
  aheadMs = 60 * 86_400_000;
  expect(await seen("overdue")).toMatchObject([{ id: task.id, overdue: true }]);
  aheadMs = 0;
  expect((await get("/v1/oversight/identity-requests", assessor)).body.data).toEqual([]);
  expect((await get("/v1/measures/awaiting", assessor)).body.data).toEqual([]);
});

test("an agency reads the task in which a check counts", async () => {
  const { body } = await service.post("/v1/checks", checkOf({}, { caseReference: "XM-2026-OVERSEEN" }));
  const { data } = (await service.get(`/v1/feedback-tasks?check=${body.id}`)).body;
  expect(data).toMatchObject([{ caseReference: "XM-2026-OVERSEEN", lastCheck: body.id, checks: 2 }]);
  const clear = await service.post(
    "/v1/checks",
    checkOf({ name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } }),
  );
  expect((await service.get(`/v1/feedback-tasks?check=${clear.body.id}`)).body.data).toEqual([]);
});

test("an agency reads the checks of one batch, and of the days until one", async () => {
  const subject = { name: "测试乙", document: { type: "resident_id", number: "35021119000102008X" } };
  const { subject: _, ...matter } = checkOf();
  const batch = await service.post("/v1/checks/batch", { ...matter, subjects: [subject, subject] });
  const read = async (query: string) => (await service.get(`/v1/checks?${query}`)).body.data;
  expect((await read(`batch=${batch.body.id}`)).map(({ batchId }: { batchId: string }) => batchId)).toEqual([
    batch.body.id,
    batch.body.id,
  ]);
  expect((await read(`until=${today()}`)).length).toBeGreaterThan(2);
  expect(await read(`until=${addDays(today(), -1)}`)).toEqual([]);
});
