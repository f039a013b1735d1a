// Printed papers: what stands in them, their bytes under their hash, and who may print which.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decisionText, reconsiderationText, rejectionText, removalText } from "../../src/remedies/papers/template.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { signInStaff } from "../courts/staff.ts";
import { newCase, type Person } from "../registry/courthouse.ts";
import { type Office, openOffice } from "./registry-office.ts";

const heading = { court: "厦门市思明区人民法院", number: "(2026)闽0203执90000001号", datedOn: "2026-09-15" };
const party = {
  name: "测试甲",
  sex: "male" as const,
  documentTitle: "居民身份证号码",
  maskedNumber: "1101************14",
};
const listed = {
  caseNumberRaw: "(2026)闽0203执90000001号",
  titleMaker: "厦门市思明区人民法院",
  titleDocument: "(2025)闽0203民初90000001号民事判决书",
  obligation: "偿还借款人民币10000元",
  performance: "全部未履行",
  grounds: ["G1", "G4"],
  legalRepresentative: null,
};
const textOf = ({ paragraphs }: { paragraphs: readonly string[] }) => paragraphs.join("\n");

describe("the texts", () => {
  test("a decision names the grounds with their items, the term, and how it is objected to (arts. 1, 2, 5, 11)", () => {
    const text = textOf(decisionText(heading, party, listed, 24));
    for (const part of [
      "被执行人：测试甲，男，居民身份证号码1101************14。",
      "有履行能力而拒不履行生效法律文书确定义务，违反财产报告制度",
      "第一条第一项、第一条第四项、第二条、第五条之规定",
      "将测试甲纳入失信被执行人名单，期限二年。",
      "本决定自作出之日起生效。",
      "（三）失信信息应予删除的。",
    ])
      expect(text).toContain(part);
    expect(textOf(decisionText(heading, party, { ...listed, grounds: ["G1"] }, null))).toContain("名单。\n本决定");
  });

  test("a notice of removal cites the rule of each way off", () => {
    const ended = { list: "dishonest" as const, caseNumberRaw: listed.caseNumberRaw };
    const cited = (exitOperation: "revoke" | "delete" | "expire" | "early", exitReason: string | null = null) =>
      textOf(removalText(heading, party, { ...ended, exitOperation, exitReason }, "2026-09-30"));
    expect(cited("revoke")).toContain("第九条第一款");
    expect(cited("expire")).toContain("第十条第二款");
    expect(cited("early")).toContain("第二条第二款");
    for (const [place, item] of "一二三四五六七".split("").entries())
      expect(cited("delete", `R${place + 1}`)).toContain(`第十条第一款第${item}项`);
    const lifted = { list: "consumption_limit" as const, exitOperation: "lift" as const, exitReason: "performed" };
    const lift = textOf(removalText(heading, party, { ...ended, ...lifted }, "2026-09-30"));
    expect(lift).toContain("自2026年9月30日起，解除对你（单位）的限制消费措施");
  });

  test("a rejection says where and until when reconsideration is applied for, and its decision what becomes of it", () => {
    const reviewed = {
      list: "dishonest" as const,
      name: "测试甲",
      ground: "not_listable" as const,
      receivedOn: "2026-09-18",
      reasons: "义务尚未履行。",
    };
    expect(textOf(rejectionText(heading, reviewed))).toContain("自决定书送达之日起十日内向上一级人民法院申请复议");
    expect(textOf(rejectionText(heading, reviewed))).toContain("复议期间，不停止原决定的执行");
    const given = {
      ...reviewed,
      enforcingCourt: heading.court,
      rejectionNumber: "(2026)闽0203执异90000001号",
      filedOn: "2026-10-08",
    };
    expect(textOf(reconsiderationText(heading, { ...given, correction: null }))).toContain("维持");
    const upheld = textOf(reconsiderationText(heading, { ...given, correction: "revoke" }));
    expect(upheld).toContain("由厦门市思明区人民法院在三个工作日内撤销失信信息");
    const limit = textOf(rejectionText(heading, { ...reviewed, list: "consumption_limit" }));
    expect(limit).toContain("认为不应对其采取限制消费措施");
    expect(limit).toContain("第十八条之规定");
  });
});

describe("printing", () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());
  beforeEach(() => office.setClock("2026-09-15T09:00:00+08:00"));

  const print = (person: Person, order: object) =>
    office.service.request
      .post("/v1/papers")
      .set(person.headers)
      .send({ number: "(2026)闽0203执90000001号之一", datedOn: "2026-09-15", ...order });
  let numbers = 0;
  const newNumber = () => ({ number: `(2026)闽0203执${90_001_000 + ++numbers}号` });

  test("binds the papers of a list, each as it was printed alone, or none", async () => {
    const orders = [];
    for (const kind of ["decision", "limit_order"]) {
      const { listing, limit } = await office.publishBoth(newCase());
      orders.push({ kind, subject: kind === "decision" ? listing.id : limit.id, ...newNumber() });
    }
    const printed = [];
    for (const order of orders) printed.push(await print(office.clerk, order));
    const papers = printed.map(({ headers }) => headers["paper-id"]);
    const bind = (person: Person, ids: unknown[]) =>
      office.service.request.post("/v1/papers/sheaf").set(person.headers).send({ papers: ids });
    const { status, text, headers } = await bind(office.clerk, papers);
    expect(status).toBe(200);
    const bodies = [...text.matchAll(/<section class="paper">([^]*?)<\/section>/g)].map(([, body]) => body);
    expect(bodies).toEqual(printed.map((paper) => /<main>([^]*)<\/main>/.exec(paper.text)?.[1]));
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
    expect(headers["content-security-policy"]).toContain(createHash("sha256").update(style).digest("base64"));
    expect(headers["cache-control"]).toBe("no-store");

    expect((await bind(office.clerk, [])).status).toBe(422);
    expect((await bind(office.clerk, [...papers, `pap_${"0".repeat(26)}`])).status).toBe(404);
    const { headers: foreign } = await signInStaff(office.service, "clerk", { court: "闽01" });
    const stolen = office.service.request.post("/v1/papers/sheaf").set(foreign);
    expect((await stolen.send({ papers })).status).toBe(404);
    await office.service
      .sql`update listing set name = '测试改名' where id = ${uuidOf("lst", orders[0]?.subject ?? "")}`;
    expect((await bind(office.clerk, papers)).body.code).toBe("conflict");
  });

  test("gives bytes whose SHA-256 is kept with number and day, and the same bytes again", async () => {
    const { listing } = await office.publishBoth(newCase());
    const order = { kind: "decision", subject: listing.id, ...newNumber() };
    const { status, text, headers } = await print(office.clerk, order);
    expect(status).toBe(201);
    const digest = createHash("sha256").update(text).digest();
    expect(headers["repr-digest"]).toBe(`sha256=:${digest.toString("base64")}:`.replace("sha256", "sha-256"));
    expect(headers["content-type"]).toBe("text/html; charset=UTF-8");
    expect(text).toContain("失信决定书");
    expect(text).toContain("二〇二六年九月十五日");
    expect(text).toContain("演示数据，均为虚构");
    expect(text).not.toMatch(/<(?:link|script|img)\\b/);
    const again = await print(office.clerk, order);
    expect([again.text, again.headers["paper-id"]]).toEqual([text, headers["paper-id"]]);
    const { body } = await office.service.request.get(`/v1/papers?subject=${listing.id}`).set(office.judge.headers);
    const kept = { kind: "decision", number: order.number, datedOn: "2026-09-15", sha256: digest.toString("hex") };
    expect(body).toMatchObject({ data: [{ ...kept, id: headers["paper-id"], subject: listing.id }] });
    expect(await office.audit(listing)).toContainEqual(expect.objectContaining({ action: "paper.print" }));
  });

  test("carries a policy that lets its own stylesheet in and nothing else", async () => {
    const { limit } = await office.publishBoth(newCase());
    const { text, headers } = await print(office.clerk, { kind: "limit_order", subject: limit.id, ...newNumber() });
    const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers["content-security-policy"]).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(text).toContain("（九）乘坐G字头动车组列车全部座位");
  });

  test("escapes whatever a name or a reason holds", async () => {
    const hostile = { ...newCase(), name: `测试<script>alert("甲")</script>` };
    const { listing } = await office.publishBoth(hostile);
    const decision = await print(office.clerk, { kind: "decision", subject: listing.id, ...newNumber() });
    expect(decision.text).toContain("测试&lt;script&gt;alert(&quot;甲&quot;)&lt;/script&gt;");
    expect(decision.text).not.toContain("<script");
    const objection = await office.takeIn(listing);
    const reasons = `</p><img src=x onerror=alert(1)>`;
    const order = { kind: "rejection", subject: objection.id, reasons, ...newNumber() };
    const rejection = await print(office.judge, order);
    expect(rejection.text).toContain("&lt;img src=x");
    expect(rejection.text).not.toContain("<img");
  });

  test("never holds a whole number", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const { text } = await print(office.clerk, { kind: "decision", subject: listing.id, ...newNumber() });
    expect(text).toContain(`${matter.number.slice(0, 4)}************${matter.number.slice(-2)}`);
    expect(text).not.toContain(matter.number);
  });

  test("refuses another text under a number that is taken, and a paper about what is not so", async () => {
    const { listing, limit } = await office.publishBoth(newCase());
    const taken = newNumber();
    expect((await print(office.clerk, { kind: "decision", subject: listing.id, ...taken })).status).toBe(201);
    for (const order of [
      { kind: "limit_order", subject: limit.id, ...taken },
      { kind: "limit_order", subject: listing.id, ...newNumber() },
      { kind: "decision", subject: limit.id, ...newNumber() },
      { kind: "removal_notice", subject: listing.id, ...newNumber() },
    ])
      expect((await print(office.clerk, order)).status, `a paper of kind ${order.kind}`).toBe(409);
    expect((await print(office.clerk, { kind: "rejection", subject: listing.id, ...newNumber() })).status).toBe(404);
  });

  test("is for the court whose paper it is: the rejection of the one, the reconsideration of the one above", async () => {
    const { listing } = await office.publishBoth(newCase());
    const objection = await office.takeIn(listing);
    const reasons = "义务尚未履行。";
    const rejection = { kind: "rejection", subject: objection.id, reasons };
    expect((await print(office.elsewhere, { ...rejection, ...newNumber() })).status).toBe(404);
    expect((await print(office.higherJudge, { ...rejection, ...newNumber() })).status).toBe(403);
    const order = { kind: "reconsideration_decision", subject: objection.id, reasons };
    expect((await print(office.higherJudge, { ...order, ...newNumber() })).status).toBe(409);
    await office.rejected(objection);
    const today = office.today();
    await office.step(office.higherClerk, objection, "apply-for-reconsideration", {
      filedOn: today,
      receivedOn: today,
    });
    const printed = await print(office.higherJudge, { ...order, correction: "revoke", ...newNumber() });
    expect(printed.status).toBe(201);
    expect(printed.text).toContain("复议决定书");
    expect((await print(office.judge, { ...order, ...newNumber() })).status).toBe(404);
  });
});
