// The notice to the person: what stands in it, for each duration and list, and that it is printed the same before and after.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NoticeFacts, noticeText } from "../../src/sanctions/notice/template.ts";
import { type Desk, listOf, openDesk } from "./desk.ts";

const facts: NoticeFacts = {
  agency: "厦门市财政局（演示）",
  number: "厦财告〔2026〕12号",
  party: { name: "测试甲", documentTitle: "居民身份证", maskedNumber: "1101************14", isPerson: true },
  listings: [{ list: "dishonest", courtName: "厦门市思明区人民法院", caseNumber: "(2026)闽0203执90000001号" }],
  purpose: "政府采购供应商资格审查",
  caseReference: "XM-ZC-2026-00123",
  measure: { title: "限制参加政府采购", effect: "restrict", legalBasis: "《意见》第1类第7项" },
  decision: { number: "厦财决〔2026〕12号", datedOn: "2026-11-23" },
  duration: "while_listed",
  endsOn: null,
  liftWithinWorkingDays: 3,
  hearing: null,
  officer: "officer 0417",
};
const textOf = (over: Partial<NoticeFacts> = {}) => noticeText({ ...facts, ...over }).paragraphs.join("\n");

describe("the text", () => {
  test("names measure, article, court, case, how to be heard and how to correct", () => {
    const text = textOf();
    for (const part of [
      "测试甲，居民身份证1101************14：",
      "经核查，你因厦门市思明区人民法院(2026)闽0203执90000001号一案被纳入失信被执行人名单。",
      "办理“政府采购供应商资格审查”（事项编号XM-ZC-2026-00123）时，依照《意见》第1类第7项之规定",
      "作出厦财决〔2026〕12号决定",
      "限制参加政府采购。",
      "你有权要求本单位对上述决定予以说明，并可以陈述、申辩；",
      "第十一条之规定，向厦门市思明区人民法院书面申请纠正。",
    ])
      expect(text).toContain(part);
  });

  test("says when it ends", () => {
    expect(textOf()).toContain("本措施在你列入名单期间有效；你移出名单的，本单位自移出之日起3个工作日内解除。");
    expect(textOf({ duration: "once" })).toContain("本措施仅适用于本次事项。你移出名单后，可以重新申请。");
    const until = textOf({ duration: "until", endsOn: "2027-01-31", liftWithinWorkingDays: 0 });
    expect(until).toContain("本措施至2027年1月31日止；你在此之前移出名单的，本单位于移出当日解除。");
  });

  test("says where the person is heard, addresses organisations as such, and cites the rule of each list", () => {
    const limit = {
      list: "consumption_limit" as const,
      courtName: "厦门市中级人民法院",
      caseNumber: "(2026)闽02执90000002号",
    };
    const text = textOf({
      hearing: "收到之日起五日内，政府采购监管处",
      party: { ...facts.party, isPerson: false },
      listings: [...facts.listings, limit],
    });
    expect(text).toContain("可以陈述、申辩（收到之日起五日内，政府采购监管处）；");
    expect(text).toContain("对你单位采取以下惩戒措施");
    expect(text).toContain("(2026)闽02执90000002号一案被采取限制消费措施");
    expect(text).toContain(
      "第十一条、善意文明执行意见（法发〔2019〕35号）第十八条之规定，向厦门市思明区人民法院、厦门市中级人民法院",
    );
  });
});

describe("over HTTP", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  const orderOf = (report: Record<string, unknown>, over: object = {}) => {
    const { check, measure, decision, duration, operator } = report;
    return { check, measure, decision, duration, operator, number: "厦财告〔2026〕12号", ...over };
  };

  test("is printed before it is served, and is the same paper once the sanction is recorded", async () => {
    const { party, answer, task } = await desk.hit();
    const report = desk.sanctioned(answer.id);
    const draft = await desk.service.post(`/v1/feedback-tasks/${task}/notice`, orderOf(report));
    expect([draft.status, draft.headers["content-type"]]).toEqual([200, "text/html; charset=UTF-8"]);
    for (const part of ["惩戒告知书", "厦财告〔2026〕12号", "测试单位", party.caseNumber, "演示数据，均为虚构"])
      expect(draft.text).toContain(part);
    expect(draft.text).not.toContain(party.number);
    expect((await desk.read(task)).body).toMatchObject({ state: "open", sanctions: [] });
    expect((await desk.audit(task)).map(({ action }) => action)).toEqual(["notice.print"]);
    const { body } = await desk.report(task, report);
    const id = String(listOf(body, "sanctions")[0]?.["id"]);
    const printed = await desk.service.get(`/v1/sanctions/${id}/notice`);
    expect(printed.text).toBe(draft.text);
    expect(printed.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("is refused wherever the sanction would be", async () => {
    const { listing, answer, task } = await desk.hit();
    const order = (over: object) =>
      desk.service.post(`/v1/feedback-tasks/${task}/notice`, orderOf(desk.sanctioned(answer.id), over));
    expect((await order({ measure: "OP2016-09-01" })).body.code).toBe("measure-not-offered");
    expect((await order({ duration: "until" })).body.errors).toMatchObject([{ pointer: "#/endsOn" }]);
    await desk.endListing(listing);
    expect((await order({})).body.code).toBe("listing-ended");
  });

  test("does not exist where a statute let it go without one", async () => {
    const { answer, task } = await desk.hit();
    const noticeException = { code: "confidential", article: "保守国家秘密法" };
    const { body } = await desk.report(task, desk.sanctioned(answer.id, { notice: undefined, noticeException }));
    const id = String(listOf(body, "sanctions")[0]?.["id"]);
    expect((await desk.service.get(`/v1/sanctions/${id}/notice`)).body.code).toBe("conflict");
  });
});
