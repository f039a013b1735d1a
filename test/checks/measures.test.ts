// What an answer offers its agency, and what the agency then owes: measures, action, hits and feedback tasks.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newUuid, publicId, uuidOf } from "../../src/platform/id.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { exceptionWindow } from "../../src/registry/schema.ts";
import { insertSwitchedOn, switchOn } from "../agencies/switched-on.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

const today = shanghaiDate(new Date());
const TICKET = "travel.ticketing";
const person = (name: string, number: string) => ({ name, document: { type: "resident_id", number } });
const listed = (name: string, number: string) => ({ name, document: { kind: "resident_id", number } });

let service: TestService;
let measureId: string;
beforeAll(async () => {
  service = await startService({ now: () => new Date("2026-09-28T10:00:00+08:00") });
  measureId = await switchOn(service);
  await service.publish(listingOf());
});
afterAll(() => service.stop());

let matters = 0;
const newMatter = () => `M-${++matters}`;
const check = (subject: object = {}, rest: object = {}) =>
  service.post("/v1/checks", checkOf(subject, { caseReference: newMatter(), ...rest }));

type Task = { id: string; checks: number; dueOn: string | null; first: string; last: string };
async function tasksOf(caseReference: string): Promise<Task[]> {
  return service.sql<Task[]>`
    select id, checks, due_on::text as "dueOn", first_check_id as first, last_check_id as last
    from feedback_task where case_reference = ${caseReference}`;
}

describe("an exact match", () => {
  test("offers what is switched on, opens a task and leaves a hit", async () => {
    const caseReference = newMatter();
    const { status, body } = await check({}, { caseReference });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: "listed",
      action: "decide",
      firstStop: null,
      measures: [
        {
          id: publicId("ams", measureId),
          code: "OP2016-01-07",
          title: "参与政府投资项目或主要使用财政性资金项目限制",
          effect: "restrict",
          legalBasis: "中办国办2016年意见 第1类第7项",
          decision: "officer",
          conditions: [],
        },
      ],
    });
    // Ten working days over the National Day.
    expect(body.feedbackDueOn).toBe("2026-10-16");
    const id = uuidOf("chk", body.id);
    expect(await tasksOf(caseReference)).toEqual([{ id, checks: 1, dueOn: body.feedbackDueOn, first: id, last: id }]);
    const hits = await service.sql`select listing_id as listing, purpose, grade from hit where check_id = ${id}`;
    expect(hits).toEqual([{ listing: uuidOf("lst", body.matches[0].listingId), purpose: PURPOSE, grade: "exact" }]);
    const { body: recorded } = await service.get(`/v1/checks/${body.id}`);
    expect(recorded).toMatchObject(body);
  });

  const before = { validFrom: addDays(today, -2), validUntil: addDays(today, -1) };
  const later = { validFrom: addDays(today, 1) };
  const withdrawal = { withdrawnBy: "operator:test", withdrawnAt: new Date(), withdrawalReason: "测试" };
  test.each([
    ["of a role that it does not name", {}, { role: "legal_representative" }],
    ["for a purpose that it does not name", { purposes: ["office.lease"] }, {}],
    ["on a list that it does not concern", { lists: ["consumption_limit"] }, {}],
    ["of a person, where it concerns organisations", { subjectKinds: ["legal_person"] }, {}],
    ["before its first day", later, {}],
    ["after its last day", before, {}],
    ["without the court's approval", { courtApproval: null }, {}],
    ["without the credit authority's approval", { creditApproval: null }, {}],
    ["after its withdrawal", withdrawal, {}],
  ])("%s is offered nothing, and nothing is to be done", async (_, over, subject) => {
    const other = await service.addAgency(`单位${newMatter()}`, [PURPOSE]);
    const bearer = other.key;
    await insertSwitchedOn({ ...service, agencyId: other.agencyId }, over);
    const caseReference = newMatter();
    const { body } = await service.post("/v1/checks", checkOf(subject, { caseReference }), bearer);
    expect(body).toMatchObject({ outcome: "listed", action: "none", measures: [], feedbackDueOn: null });
    expect(await tasksOf(caseReference)).toEqual([]);
    const hits = await service.sql`select 1 from hit where check_id = ${uuidOf("chk", body.id)}`;
    expect(hits).toHaveLength(1);
  });

  test("is offered to the agency on its first and last day, and no other agency's", async () => {
    const [own, other] = [await service.addAgency("单位甲", [PURPOSE]), await service.addAgency("单位乙", [PURPOSE])];
    await insertSwitchedOn({ ...service, agencyId: own.agencyId }, { validFrom: today, validUntil: today });
    const asked = await Promise.all([own, other].map(({ key }) => service.post("/v1/checks", checkOf(), key)));
    expect(asked.map(({ body }) => [body.action, body.measures.length])).toEqual([
      ["decide", 1],
      ["none", 0],
    ]);
  });

  test("holds up where a measure says so, with the words and the desk where a person looks", async () => {
    const first = { code: "LIM2015-1", decision: "first_stop", humanDesk: "三号柜台（演示）" } as const;
    const travel = { purposes: [TICKET], lists: ["dishonest", "consumption_limit"] };
    await insertSwitchedOn(service, { ...first, ...travel });
    await insertSwitchedOn(service, { code: "OP2016-07-01", ...travel, conditions: ["须由人工复核"] });
    const { body } = await check({}, { purpose: TICKET });
    expect(body).toMatchObject({
      action: "first_stop",
      firstStop: { text: "先行拦截，可当场申请人工复核", humanDesk: "三号柜台（演示）" },
      feedbackDueOn: "2026-09-28",
    });
    expect(body.measures.map(({ code }: { code: string }) => code)).toEqual(["LIM2015-1", "OP2016-07-01"]);
  });
});

describe("a match that is not exact", () => {
  test("asks for the identity where a measure could apply, offers nothing and opens a task", async () => {
    const caseReference = newMatter();
    const { body } = await check({ name: "测试乙" }, { caseReference });
    expect(body).toMatchObject({ outcome: "review", action: "verify_identity", measures: [], firstStop: null });
    expect(await tasksOf(caseReference)).toMatchObject([{ checks: 1, dueOn: body.feedbackDueOn }]);
  });

  test("asks for nothing where no measure could", async () => {
    const { body } = await check({ name: "测试乙" }, { purpose: "office.lease" });
    expect(body).toMatchObject({ outcome: "clear", action: "none" });
    const caseReference = newMatter();
    const agent = await check({ name: "测试乙", role: "agent" }, { caseReference });
    expect(agent.body).toMatchObject({ outcome: "review", action: "none", feedbackDueOn: null });
    expect(await tasksOf(caseReference)).toEqual([]);
  });

  test("never holds anybody up", async () => {
    const { body } = await check({ name: "测试乙" }, { purpose: TICKET });
    expect(body).toMatchObject({ outcome: "review", action: "verify_identity", measures: [], firstStop: null });
  });
});

describe("an exception window", () => {
  const traveller = "350211190006180058";
  const open = { startsOn: today, endsOn: today, openedBy: "acc_test", measures: ["LIM2015-1"] };
  async function publishBoth(number: string, caseNumber: string) {
    const party = listed("测试庚", number);
    await service.publish(listingOf(party, { caseNumber }));
    return service.publish(listingOf(party, { caseNumber, list: "consumption_limit" }));
  }
  const windowOf = async (listingId: string, over: object = {}) => {
    const [row] = await service.sql`select subject_id as id from listing where id = ${listingId}`;
    await service.db
      .insert(exceptionWindow)
      .values({ id: newUuid(), listingId, subjectId: row?.["id"], ...open, ...over });
  };
  const codes = async (number: string) => {
    const { body } = await check(person("测试庚", number), { purpose: TICKET });
    return body.measures.map(({ code }: { code: string }) => code);
  };

  test("takes its measures out of the answer on both lists, from its first day through its last", async () => {
    const limit = await publishBoth(traveller, "(2023)闽0206执90000006号");
    expect(await codes(traveller)).toEqual(["LIM2015-1", "OP2016-07-01"]);
    await windowOf(limit.id, { startsOn: addDays(today, 1), endsOn: addDays(today, 1) });
    await windowOf(limit.id, { startsOn: addDays(today, -2), endsOn: addDays(today, -1) });
    await windowOf(limit.id, { closedAt: new Date(), closedBy: "acc_test" });
    expect(await codes(traveller)).toEqual(["LIM2015-1", "OP2016-07-01"]);
    await windowOf(limit.id);
    expect(await codes(traveller)).toEqual(["OP2016-07-01"]);
    await windowOf(limit.id, { measures: ["OP2016-07-01"] });
    const { body } = await check(person("测试庚", traveller), { purpose: TICKET });
    expect(body).toMatchObject({ outcome: "listed", action: "none", measures: [], feedbackDueOn: null });
  });

  test("is nobody else's", async () => {
    const { body } = await check({}, { purpose: TICKET });
    expect(body.action).toBe("first_stop");
  });
});
