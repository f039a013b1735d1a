// The check over HTTP on a real database: outcomes, grades, roles, lists and terms, and the record each one leaves.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { endByCourt } from "../registry/ending.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

const today = shanghaiDate(new Date());
const person = (name: string, number: string, rest: object = {}) => ({
  name,
  document: { type: "resident_id", number },
  ...rest,
});
const listed = (name: string, number: string) => ({ name, document: { kind: "resident_id", number } });

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
});
afterAll(() => service.stop());

const check = (subject: object = {}, rest: object = {}) => service.post("/v1/checks", checkOf(subject, rest));

async function recorded(): Promise<number> {
  const [row] = await service.sql`select count(*)::int as n from check_record`;
  return row?.["n"] as number;
}

describe("a single check", () => {
  test("of a listed number and name is listed, with the listing and the record's id", async () => {
    const before = await recorded();
    const { status, body } = await check({ role: "bidder", reference: "A" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^chk_[0-9a-z]{26}$/),
      outcome: "listed",
      lists: { dishonest: "listed" },
      action: "none",
      matcherVersion: 1,
      comparedDocuments: ["resident_id"],
      measures: [],
      feedbackDueOn: null,
      receipt: expect.stringMatching(/^\/v1\/checks\/chk_[0-9a-z]{26}\/receipt$/),
    });
    expect(body.matches).toEqual([
      {
        listingId: expect.stringMatching(/^lst_[0-9a-z]{26}$/),
        list: "dishonest",
        grade: "exact",
        comparedFields: ["document", "name"],
        court: { code: "闽0203", name: "厦门市思明区人民法院" },
        caseNumber: "(2019)闽0203执90000001号",
        grounds: ["G1"],
        publishedOn: "2026-03-04",
        term: { kind: "open", endsOn: null },
        capacity: "debtor",
        underObjection: false,
      },
    ]);
    expect(body.checkedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/);
    expect(Date.parse(body.validUntil) - Date.parse(body.checkedAt)).toBe(24 * 3_600_000);
    expect(await recorded()).toBe(before + 1);
  });

  test("of an unlisted party is clear, says what was compared, and is recorded all the same", async () => {
    const before = await recorded();
    const { body } = await check(person("测试乙", "35021119000102008X"));
    expect(body).toMatchObject({ outcome: "clear", lists: { dishonest: "clear" }, action: "none", matches: [] });
    expect(body.comparedDocuments).toEqual(["resident_id"]);
    expect(await recorded()).toBe(before + 1);
  });

  test("of a listed number with another name is review, and does not tell the listed name", async () => {
    const { body, text } = await check({ name: "测试乙" });
    expect(body).toMatchObject({ outcome: "review", lists: { dishonest: "review" }, action: "none" });
    expect(body.matches[0]).toMatchObject({ grade: "conflict", comparedFields: ["document", "name"] });
    expect(text).not.toContain("测试甲");
  });

  test("finds a party by a former name that the asker knows", async () => {
    expect((await check({ name: "测试新名", formerNames: ["测试甲"] })).body.outcome).toBe("listed");
  });

  test("accepts the fifteen-digit form of a number", async () => {
    const { body } = await check(person("测试甲", "110101000101001"));
    expect(body.outcome).toBe("listed");
  });

  test("treats spaces, full-width characters and dot variants of a name as the same name", async () => {
    await service.publish(
      listingOf(listed("阿·测试", "350203190003151024"), { caseNumber: "(2020)闽0203执90000021号" }),
    );
    for (const name of ["阿·测试", "阿•测试", "阿．测试", "阿 测试"])
      expect((await check(person(name, "350203190003151024"))).body.outcome).toBe("listed");
  });

  test("of a masked row with the same name is review, with another name clear", async () => {
    const party = { name: "测试丁", document: { masked: "3502061900****0033" } };
    await service.publish(listingOf(party, { caseNumber: "(2020)闽0203执90000022号" }));
    const { body } = await check(person("测试丁", "350206190004100033"));
    expect(body).toMatchObject({ outcome: "review", action: "none" });
    expect(body.matches[0]).toMatchObject({ grade: "probable", comparedFields: ["masked_document", "name"] });
    expect((await check(person("测试戊", "350206190004100033"))).body.outcome).toBe("clear");
  });

  test("finds a company by its unified code and by the organisation code inside it", async () => {
    const party = { name: "测试建设有限公司（演示）", document: { kind: "uscc", number: "91350200MA0000007F" } };
    await service.publish(listingOf(party, { caseNumber: "(2020)闽0203执90000023号" }));
    for (const document of [
      { type: "uscc", number: "91350200MA0000007F" },
      { type: "organization_code", number: "MA000000-7" },
    ]) {
      const { body } = await check({ name: "测试建设有限公司(演示)", document });
      expect(body).toMatchObject({ outcome: "listed", matches: [{ grade: "exact" }] });
      expect(body.matches).toHaveLength(1);
    }
    const branch = { name: "测试建设有限公司分公司（演示）", document: { type: "uscc", number: "91350200MA0000007F" } };
    expect((await check(branch)).body.outcome).toBe("review");
  });

  test("answers with every listing of a party, one match each", async () => {
    const party = listed("测试子", "350203190010110095");
    await service.publish(listingOf(party, { caseNumber: "(2020)闽0203执90000024号" }));
    await service.publish(
      listingOf(party, { caseNumber: "(2021)闽0206执90000025号", court: { name: "厦门市湖里区人民法院" } }),
    );
    const { body } = await check(person("测试子", "350203190010110095"));
    expect(new Set(body.matches.map((match: { caseNumber: string }) => match.caseNumber))).toEqual(
      new Set(["(2020)闽0203执90000024号", "(2021)闽0206执90000025号"]),
    );
  });
});

describe("what a check sees", () => {
  test("is the lists of its purpose and no other", async () => {
    const party = listed("测试己", "350203190005200045");
    await service.publish(
      listingOf(party, {
        list: "consumption_limit",
        capacity: "legal_representative",
        caseNumber: "(2020)闽0203执90000031号",
      }),
    );
    const subject = person("测试己", "350203190005200045");
    const procurement = await check(subject);
    expect(procurement.body).toMatchObject({ outcome: "clear", lists: { dishonest: "clear" } });
    expect(procurement.body.lists).not.toHaveProperty("consumption_limit");
    const office = await check(subject, { purpose: "office.lease" });
    expect(office.body).toMatchObject({ outcome: "listed", lists: { consumption_limit: "listed" } });
    expect(office.body.matches[0].capacity).toBe("legal_representative");
    const ticket = await check(subject, { purpose: "travel.ticketing" });
    expect(ticket.body).toMatchObject({
      outcome: "listed",
      lists: { dishonest: "clear", consumption_limit: "listed" },
    });
    expect(Date.parse(ticket.body.validUntil) - Date.parse(ticket.body.checkedAt)).toBe(3_600_000);
  });

  test("is a fixed term through its last day and not beyond", async () => {
    const draft = (number: string, caseNumber: string, endsOn: string) =>
      listingOf(listed("测试丙", number), { caseNumber, grounds: ["G4"], term: { endsOn, runsFrom: "publication" } });
    await service.publish(draft("350203190002010027", "(2024)闽0203执90000033号", today));
    await service.publish(draft("350205190009300089", "(2024)闽0203执90000034号", addDays(today, -1)));
    const last = await check(person("测试丙", "350203190002010027"));
    expect(last.body).toMatchObject({ outcome: "listed", matches: [{ term: { kind: "fixed", endsOn: today } }] });
    expect((await check(person("测试丙", "350205190009300089"))).body.outcome).toBe("clear");
  });

  test("ends with the listing", async () => {
    const party = listed("测试壬", "350213190008250075");
    const { id } = await service.publish(listingOf(party, { caseNumber: "(2020)闽0203执90000035号" }));
    const subject = person("测试壬", "350213190008250075");
    const before = await check(subject);
    await service.db.transaction((tx) => endByCourt(tx, id));
    const after = await check(subject);
    expect([before.body.outcome, after.body.outcome]).toEqual(["listed", "clear"]);
    expect(after.body.registerPosition).toBe(before.body.registerPosition + 1);
  });
});
