// The check over HTTP on a real database: outcomes, grades, roles, lists, terms, and the record each one leaves.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.publish(listingOf());
});
afterAll(() => service.stop());

const check = (subject: object = {}, rest: object = {}) => service.post("/v1/checks", checkOf(subject, rest));
const records = () => service.sql`select count(*)::int as n from check_record`.then(([row]) => row?.["n"] as number);

describe("a single check", () => {
  test("of a listed number and name is listed, with the listing and the record's id", async () => {
    const { status, body } = await check({ role: "bidder", reference: "A" });
    if (status !== 200) process.stderr.write(service.logged());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: "listed",
      lists: { dishonest: "listed" },
      action: "none",
      registerPosition: 1,
      matcherVersion: 1,
      comparedDocuments: ["resident_id"],
      measures: [],
      feedbackDueOn: null,
      receipt: null,
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
    expect(Date.parse(body.validUntil) - Date.parse(body.checkedAt)).toBe(24 * 3_600_000);
    expect(body.checkedAt).toMatch(/\+08:00$/);
  });
});

test("records", async () => {
  const before = await records();
  await check();
  expect(await records()).toBe(before + 1);
});
