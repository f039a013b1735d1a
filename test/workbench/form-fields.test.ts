// The fields of a draft's form on their way: what is kept is what was typed, and what is sent is what the API reads.
import { describe, expect, test } from "vitest";
import {
  bodyOf,
  fieldsIn,
  partyCount,
  stateOf,
  withoutParty,
  withParty,
} from "../../src/workbench/drafting/form-fields.ts";
import { NewDraft } from "../../src/registry/act-request.ts";

const fields = {
  count: "2",
  caseNumber: "(2026)闽0203执90000001号",
  initiatedBy: "creditor",
  receivedOn: "2026-11-16",
  "notice/endsOn": "2026-11-01",
  "notice/warned": "true",
  "parties/0/name": "测试公司（演示）",
  "parties/0/document/type": "uscc",
  "parties/0/document/number": "91350200M000100Y43",
  "parties/0/lists": "dishonest\nconsumption_limit",
  "parties/0/listing/grounds": "G1\nG4",
  "parties/0/listing/groundAroseOn": "2026-11-02",
  "parties/0/listing/checklist/security_given": "absent",
  "parties/0/listing/checklist/not_refusing": "present",
  "parties/0/listing/term/kind": "fixed",
  "parties/0/listing/term/months": "24",
  "parties/1/name": "测试甲",
  "parties/1/document/type": "resident_id",
  "parties/1/document/number": "110101190001010014",
  "parties/1/lists": "consumption_limit",
  "parties/1/listing/groundAroseOn": "2026-11-02",
  "parties/1/limit/capacity": "legal_representative",
  "parties/1/limit/unit": "party:0",
};

describe("the body", () => {
  test("is the draft that the API reads: lists, checklist, term and unit as they were chosen", () => {
    const draft = NewDraft.parse(bodyOf(fields));
    expect(draft.parties[0]?.listing).toEqual({
      grounds: ["G1", "G4"],
      groundAroseOn: "2026-11-02",
      checklist: { security_given: false, property_controlled: null, later_in_order: null, not_refusing: true },
      term: { kind: "fixed", months: 24, extension: null, runsFrom: "publication" },
    });
    expect(draft.parties[0]?.limit).toEqual({ capacity: "debtor" });
    expect(draft.parties[1]).toMatchObject({ limit: { capacity: "legal_representative", unit: { party: 0 } } });
    expect(draft.parties[1]?.listing).toBeUndefined();
    expect(draft.notice).toEqual({ endsOn: "2026-11-01", warned: true });
  });

  test("leaves out what belongs to a fixed term where the term is open", () => {
    const open = { ...fields, "parties/0/listing/term/kind": "open" };
    expect(NewDraft.parse(bodyOf(open)).parties[0]?.listing?.term).toEqual({ kind: "open" });
  });
});

describe("parties", () => {
  test("are added up to fifty", () => {
    expect(partyCount(withParty(fields))).toBe(3);
    expect(partyCount(withParty({ ...fields, count: "50" }))).toBe(50);
    expect(partyCount({ ...fields, count: "100000" })).toBe(50);
    expect(partyCount({ count: "x" })).toBe(1);
  });

  test("that are taken out make room: the others move up, and with them the unit that is named by its place", () => {
    const three = { ...withParty(fields), "parties/2/name": "测试乙", "parties/2/limit/unit": "party:1" };
    const rest = withoutParty(three, 0);
    expect(partyCount(rest)).toBe(2);
    expect(rest["parties/0/name"]).toBe("测试甲");
    expect(rest["parties/0/limit/unit"]).toBeUndefined();
    expect(rest["parties/1/limit/unit"]).toBe("party:0");
    expect(rest["parties/2/name"]).toBeUndefined();
    expect(rest["caseNumber"]).toBe(fields.caseNumber);
  });
});

test("what a browser sends is kept by its names; the page's own fields and empty ones are not", () => {
  const form = new FormData();
  for (const [name, value] of [
    ["csrf", "token"],
    ["do", "save"],
    ["parties/0/name", "测试甲"],
    ["parties/0/sex", ""],
    ["parties/0/lists", "dishonest"],
    ["parties/0/lists", "consumption_limit"],
  ] as const)
    form.append(name, value);
  expect(fieldsIn(form)).toEqual({ "parties/0/name": "测试甲", "parties/0/lists": "dishonest\nconsumption_limit" });
});

test("a fault stands at the field that the page has for it", () => {
  const errors = [
    { pointer: "#/parties/0/listing", code: "required", detail: "" },
    { pointer: "#/parties/1/limit/unit/party", code: "unknown_reference", detail: "" },
    { pointer: "#/parties/0/name", code: "required", detail: "" },
  ];
  const refusal = { status: 422, code: "validation" as const, title: "", detail: "", errors, retryAfter: null };
  expect(stateOf(fields, refusal).refusal?.errors?.map(({ pointer }) => pointer)).toEqual([
    "#/parties/0/lists",
    "#/parties/1/limit/unit",
    "#/parties/0/name",
  ]);
});
