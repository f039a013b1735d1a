// Five matters as a clerk handles them, from the first question to the end that the law gives them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { usccOf } from "../../src/identity/index.ts";
import { localProposalOf } from "../agencies/switched-on.ts";
import { newCase } from "../registry/courthouse.ts";
import { listingOf } from "../service.ts";
import { type CheckView, type City, openCity, partyOf } from "./city.ts";

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

const national = { basicList: { edition: "2024", item: "（测试）" } };
const desk = "3号窗口（演示）";

test("a housing-fund loan: the spouse's listing is looked at strictly, and is gone when the money is paid", async () => {
  const fund = await city.openAgency("住房公积金中心", "housing_fund.loan");
  await fund.switchOn(localProposalOf({ roles: ["self", "co_applicant"] }));
  const receiver = await fund.receive();
  const { matter: spouse, listing } = await city.list();
  const applicant = partyOf(newCase());
  const partner = { ...partyOf(spouse), role: "co_applicant" };
  const matter = "XM-GJJ-2026-7";
  const ask = async (subject: object, previous?: CheckView) =>
    fund.check(subject, matter, previous ? { previousCheckId: previous.id } : {});

  const accepted = [await ask(applicant), await ask(partner)] as const;
  expect(accepted[0]).toMatchObject({ outcome: "clear", action: "none", feedbackDueOn: null });
  expect(accepted[1]).toMatchObject({
    outcome: "listed",
    action: "decide",
    measures: [{ code: "LOCAL-XM-1", effect: "strict_review", decision: "officer" }],
  });
  const approved = [await ask(applicant, accepted[0]), await ask(partner, accepted[1])] as const;
  expect(approved[1]).toMatchObject({ outcome: "listed", action: "decide" });
  const [task, ...others] = await fund.tasks(matter);
  expect([task?.["checks"], task?.["lastCheck"], others]).toEqual([2, approved[1].id, []]);
  const { sanction } = await fund.impose(approved[1], matter, { notice: undefined });

  await city.perform(listing);
  await receiver.told("lift.due", sanction);
  const paidOut = [await ask(applicant, approved[0]), await ask(partner, approved[1])] as const;
  for (const answer of paidOut) expect(answer).toMatchObject({ outcome: "clear", action: "none", measures: [] });
  const [owed] = await fund.rows("/v1/lift-obligations?state=open");
  const lifted = await fund.send(`/v1/lift-obligations/${String(owed?.["id"])}/lift`, fund.liftOf());
  expect(lifted.body).toMatchObject({ sanction, state: "lifted" });

  for (const place of [0, 1] as const) {
    const [first, second, third] = [accepted[place], approved[place], paidOut[place]];
    const chain = await Promise.all([third, second, first].map(({ id }) => fund.get(`/v1/checks/${id}`)));
    expect(chain.map(({ body }) => body["previousCheckId"])).toEqual([second.id, first.id, null]);
    expect(chain[0]?.body).toMatchObject({ subject: { role: place === 0 ? "self" : "co_applicant" } });
  }
});

test("a consortium: who is only limited in consumption may bid, and who is dishonest is found as its member", async () => {
  const buyer = await city.openAgency("采购中心", "procurement.supplier_qualification");
  await buyer.switchOn({
    ...national,
    code: "OP2016-01-07",
    legalBasis: "中办国办2016年意见",
    article: "第1类第7项",
  });
  const bidders = [1, 2, 3].map((place) => ({
    name: `测试投标${place}有限公司`,
    document: { type: "uscc", number: usccOf(`91350200MA000000${place}`) },
    role: "consortium_member",
    reference: `bidder ${place}`,
  }));
  const heads = bidders.map(({ reference }) => ({ ...newCase(), reference }));
  const [limited] = heads;
  if (!limited) throw new Error("no bidders");
  await city.limit(limited);
  const subjects = [
    ...bidders,
    ...heads.map((head) => ({ ...partyOf(head), role: "legal_representative", onBehalfOf: head.reference })),
  ];
  const ask = async (caseReference: string): Promise<CheckView[]> => {
    const asked = { purpose: "procurement.supplier_qualification", caseReference, subjects };
    const { status, body } = await buyer.send("/v1/checks/batch", asked);
    expect(status).toBe(200);
    return body["results"] as CheckView[];
  };

  const opened = await ask("XM-CG-1");
  expect(opened.map(({ outcome, action }) => [outcome, action])).toEqual(subjects.map(() => ["clear", "none"]));
  expect(opened.map(({ lists }) => lists)).toEqual(subjects.map(() => ({ dishonest: "clear" })));
  expect(await buyer.tasks("XM-CG-1")).toEqual([]);

  const [, second] = bidders;
  const document = { kind: "uscc" as const, number: String(second?.document.number) };
  await city.service.publish(listingOf({ name: String(second?.name), document }));
  const evaluated = await ask("XM-CG-1");
  expect(evaluated.map(({ action }) => action)).toEqual(["none", "decide", "none", "none", "none", "none"]);
  expect(evaluated[1]).toMatchObject({ outcome: "listed", measures: [{ code: "OP2016-01-07" }] });
  expect(await buyer.tasks("XM-CG-1")).toMatchObject([{ checks: 1, party: { name: second?.name } }]);
});

test("a tax refund: the hit is shown with its court, nothing is withheld, and nothing can be", async () => {
  const office = await city.openAgency("税务局", "tax.refund");
  const { matter, listing } = await city.list();
  const answer = await office.check(partyOf(matter), "XM-TS-1");
  expect(answer).toMatchObject({
    outcome: "listed",
    action: "none",
    measures: [],
    firstStop: null,
    feedbackDueOn: null,
    matches: [
      {
        listingId: listing.id,
        court: { code: "闽0203", name: "厦门市思明区人民法院" },
        caseNumber: matter.caseNumber,
      },
    ],
  });
  const court = await office.get(`/v1/courts/${encodeURIComponent(String(answer.matches[0]?.court["code"]))}`);
  expect(court.body).toMatchObject({ name: "厦门市思明区人民法院", higherCourt: "闽02" });
  expect(await office.tasks("XM-TS-1")).toEqual([]);
  const withheld = await office.propose({
    ...national,
    code: "OP2016-01-07",
    legalBasis: "中办国办2016年意见",
    article: "第1类第7项",
  });
  expect([withheld.status, withheld.body["errors"]]).toEqual([
    422,
    [expect.objectContaining({ pointer: "#/purposes/0" })],
  ]);
});

test("a director's filing: it is refused only where somebody has confirmed the debt, and the person was told", async () => {
  const registrar = await city.openAgency("市场监督管理局", "company.director_filing");
  await registrar.switchOn({
    ...national,
    code: "STAT-COMPANY-178-5",
    legalBasis: "公司法（2023）",
    article: "第178条第1款第5项",
  });
  const ask = async (caseReference: string) => {
    const { matter } = await city.list();
    const answer = await registrar.check({ ...partyOf(matter), role: "director" }, caseReference);
    const [task] = await registrar.tasks(caseReference);
    return { answer, task: String(task?.id) };
  };
  const { answer, task } = await ask("XM-DJ-1");
  expect(answer).toMatchObject({ action: "decide", measures: [{ code: "STAT-COMPANY-178-5", effect: "prohibit" }] });
  const conditions = answer.measures[0]?.conditions;
  expect(conditions).toHaveLength(1);
  const given = registrar.sanctioned(answer);
  const told = await registrar.report(task, given);
  expect([told.status, told.body["code"]]).toEqual([422, "conditions-not-confirmed"]);
  const confirmed = { ...given, confirmedConditions: conditions };
  expect((await registrar.report(task, { ...confirmed, notice: undefined })).body["code"]).toBe("notice-required");
  const { status, body } = await registrar.report(task, confirmed);
  expect([status, body["sanctions"]]).toMatchObject([201, [{ conditions, state: "active" }]]);

  const small = await ask("XM-DJ-2");
  const filed = await registrar.report(small.task, { kind: "not_sanctioned", reason: "condition_not_met" });
  expect([filed.status, filed.body["sanctions"]]).toEqual([201, []]);
});

test("a ticket gate: eleven tries are one task, a person looks at once, and who has the court's leave travels", async () => {
  const gate = await city.openAgency("车站（演示）", "travel.ticketing");
  const law = { legalBasis: "限制消费规定", article: "第3条第9项" };
  await gate.switchOn({ ...national, ...law, code: "LIM2015-9", humanDesk: desk });
  await gate.switchOn({ ...national, ...law, code: "OP2016-07-01", humanDesk: desk });
  const { matter, limit } = await city.list();
  const passenger = partyOf(matter);
  const tries = await Promise.all(Array.from({ length: 11 }, () => gate.check(passenger, "G1234 2026-11-22")));
  for (const answer of tries)
    expect(answer).toMatchObject({
      outcome: "listed",
      action: "first_stop",
      firstStop: { text: expect.any(String), humanDesk: desk },
      measures: [{ code: "LIM2015-9", decision: "first_stop" }, { code: "OP2016-07-01" }],
    });
  const [task, ...others] = await gate.tasks("G1234 2026-11-22");
  expect([task?.["checks"], task?.["state"], others]).toEqual([11, "open", []]);
  expect(await gate.rows("/v1/sanctions"), "nothing by automation alone").toEqual([]);
  const last = tries.find(({ id }) => id === task?.["lastCheck"]) as CheckView;
  const { sanction } = await gate.impose(last, "G1234 2026-11-22", { duration: "once" });
  expect((await gate.get(`/v1/sanctions/${sanction}`)).body).toMatchObject({ state: "completed" });
  expect(await gate.tasks("G1234 2026-11-22")).toMatchObject([{ state: "settled", checks: 11 }]);

  const window = { measures: ["LIM2015-9", "OP2016-07-01"], from: city.today(), until: city.today() };
  await city.act(city.president, limit, "open-window", { window, reason: "父病危，赴京探望" });
  expect(await gate.check(passenger, "G1236 2026-11-22")).toMatchObject({
    outcome: "listed",
    action: "none",
    measures: [],
    firstStop: null,
  });
  expect(await gate.tasks("G1236 2026-11-22")).toEqual([]);
});
