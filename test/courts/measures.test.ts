// The measures of an agency over HTTP: from the liaison's proposal over both approvals to an answer, and whose they are.
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { localProposalOf, proposalOf } from "../agencies/switched-on.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";
import { signInAgencyStaff, signInStaff } from "./staff.ts";

type Headers = Record<string, string>;
let service: TestService;
let liaison: Headers;
let credit: Headers;
let president: Headers;
let path: string;
beforeAll(async () => {
  service = await startService({ sequencer: false });
  await service.publish(listingOf());
  const authority = await service.addAgency("信用牵头部门（测试）", [PURPOSE]);
  liaison = await signInAgencyStaff(service, "agency_liaison", service.agencyId);
  credit = await signInAgencyStaff(service, "credit_authority", authority.agencyId);
  president = (await signInStaff(service, "president", { court: "闽0203" })).headers;
  path = `/v1/agencies/${publicId("agy", service.agencyId)}/measures`;
});
afterAll(() => service.stop());

const post = (address: string, headers: Headers, body?: object) => {
  const request = service.request.post(address).set(headers);
  return body === undefined ? request : request.send(body);
};
const get = (address: string, headers: Headers) => service.request.get(address).set(headers);
const offered = async () => {
  const { body } = await service.post("/v1/checks", checkOf());
  return [body.action, ...body.measures.map(({ code }: { code: string }) => code)];
};

test("the liaison proposes, the credit authority and the president approve, and answers offer it until it is withdrawn", async () => {
  const proposed = await post(path, liaison, proposalOf());
  expect(proposed.status).toBe(201);
  expect(proposed.body).toMatchObject({
    state: "proposed",
    basicList: { edition: "2024", item: "（测试）" },
    approvals: { creditAuthority: null, court: null },
  });
  const measure = `${path}/${proposed.body.id}`;
  expect(await offered()).toEqual(["none"]);
  expect((await post(`${measure}/approve`, credit)).body).toMatchObject({
    state: "proposed",
    approvals: { creditAuthority: { name: "测试credit_authority", document: null }, court: null },
  });
  expect(await offered()).toEqual(["none"]);
  expect((await post(`${measure}/approve`, president)).body).toMatchObject({ state: "switched_on" });
  expect(await offered()).toEqual(["decide", "OP2016-01-07"]);
  const own = await service.get("/v1/measures");
  expect(own.body.data).toMatchObject([{ id: proposed.body.id, code: "OP2016-01-07", state: "switched_on" }]);
  const withdrawn = await post(`${measure}/withdraw`, president, { reason: "依据已废止" });
  expect(withdrawn.body).toMatchObject({ state: "withdrawn", withdrawal: { reason: "依据已废止" } });
  expect(await offered()).toEqual(["none"]);
  expect((await service.get("/v1/measures")).body.data).toEqual([]);
});

test("nobody approves what they proposed, and two of one authority are one approval", async () => {
  const { body } = await post(path, credit, localProposalOf());
  const approve = (headers: Headers) => post(`${path}/${body.id}/approve`, headers);
  expect((await approve(credit)).body).toMatchObject({ status: 409, code: "same-person" });
  const colleague = await signInAgencyStaff(service, "credit_authority", service.agencyId);
  expect((await approve(colleague)).status).toBe(200);
  const third = await signInAgencyStaff(service, "credit_authority", service.agencyId);
  expect((await approve(third)).body).toMatchObject({ status: 409, code: "conflict" });
});

test("a judge approves for the court by dated written authority only", async () => {
  const { body } = await post(path, liaison, localProposalOf({ code: "LOCAL-XM-2" }));
  const today = shanghaiDate(new Date());
  const approveAs = async (delegation: { from: string; until: string } | null) => {
    const { headers } = await signInStaff(service, "judge", { court: "闽0203", delegation });
    return (await post(`${path}/${body.id}/approve`, headers)).status;
  };
  expect(await approveAs(null)).toBe(403);
  expect(await approveAs({ from: addDays(today, -2), until: addDays(today, -1) })).toBe(403);
  expect(await approveAs({ from: today, until: today })).toBe(200);
});

test("for people of another agency, and at another agency's address, there is no such measure", async () => {
  const { body } = await post(path, liaison, localProposalOf({ code: "LOCAL-XM-3" }));
  const other = await service.addAgency("另一单位", [PURPOSE]);
  const stranger = await signInAgencyStaff(service, "agency_liaison", other.agencyId);
  const elsewhere = `/v1/agencies/${publicId("agy", other.agencyId)}/measures`;
  const reason = { reason: "测试" };
  const answers = [
    await get(path, stranger),
    await post(path, stranger, localProposalOf({ code: "LOCAL-XM-4" })),
    await post(`${path}/${body.id}/withdraw`, stranger, reason),
    await post(`${elsewhere}/${body.id}/withdraw`, president, reason),
    await post(`${elsewhere}/${body.id}/approve`, credit),
    await post(`${path}/ams_nothing/approve`, credit),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
});

test("the list is read in pages, the latest proposal first", async () => {
  const all = (await get(`${path}?limit=200`, credit)).body.data.map(({ id }: { id: string }) => id);
  expect(all.length).toBeGreaterThan(2);
  const first = await get(`${path}?limit=2`, credit);
  const rest = await get(`${path}?limit=200&cursor=${first.body.nextCursor}`, credit);
  expect([...first.body.data, ...rest.body.data].map(({ id }: { id: string }) => id)).toEqual(all);
  expect(rest.body).toMatchObject({ hasMore: false, nextCursor: null });
  expect((await get(`${path}?cursor=x`, credit)).body.code).toBe("invalid-cursor");
});

test("a faulty proposal is refused with the place of each fault", async () => {
  const { body } = await post(path, liaison, proposalOf({ article: "", validFrom: "2026-02-30" }));
  expect(body).toMatchObject({ status: 422, code: "validation" });
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(["#/validFrom", "#/article"]);
});
