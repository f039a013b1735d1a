// Switching a measure on: who proposes, who approves, who may not, and what becomes of it, with the entry of each act.
import { beforeAll, describe, expect, test } from "vitest";
import { approveMeasure, createAgency, findMeasure } from "../../src/agencies/index.ts";
import {
  activateEdition,
  findUnknownMeasure,
  importEdition,
  readActiveEdition,
  readEditions,
} from "../../src/agencies/catalogue.ts";
import { shippedEdition } from "../../src/agencies/edition.ts";
import { listMeasuresInForce } from "../../src/agencies/measure-queries.ts";
import { AppError } from "../../src/platform/error.ts";
import { publicId } from "../../src/platform/id.ts";
import { useDatabase } from "../database.ts";
import { approve, localProposalOf, proposalOf, propose, switchOn, withdraw } from "./switched-on.ts";

const connection = useDatabase();
let place: { db: typeof connection.db; agencyId: string };
let agencies = 0;
async function newPlace() {
  const draft = { name: `单位${++agencies}`, purposes: ["procurement.supplier_qualification"] };
  const { id } = await connection.db.transaction((tx) => createAgency(tx, "operator:test", draft));
  return { db: connection.db, agencyId: id };
}
beforeAll(async () => {
  place = await newPlace();
});

const inForce = ({ agencyId }: typeof place) => listMeasuresInForce(connection.db, agencyId, "2026-11-22");
async function codeOf(work: Promise<unknown>): Promise<string> {
  const [outcome] = await Promise.allSettled([work]);
  const error: unknown = outcome.status === "rejected" ? outcome.reason : null;
  if (!(error instanceof AppError)) throw new Error("nothing was refused", { cause: error });
  const [fault] = error.detail.faults ?? [];
  return fault ? `${error.code} ${fault.pointer} ${fault.code}` : error.code;
}
const entriesOf = (id: string) => connection.sql`
  select action, reason, detail ->> 'authority' as authority from audit_entry
  where subject = ${publicId("ams", id)} order by at, id`;

describe("a measure", () => {
  test("is proposed with the words of the active edition, and offered once both have approved", async () => {
    const id = await propose(place);
    expect(await findMeasure(place.db, id)).toMatchObject({
      code: "OP2016-01-07",
      title: "参与政府投资项目或主要使用财政性资金项目限制",
      effect: "restrict",
      roles: ["self", "bidder", "consortium_member"],
      edition: shippedEdition.edition,
      basicListEdition: "2024",
      regulation: null,
    });
    expect(await inForce(place)).toEqual([]);
    await approve(place, id, "court");
    expect(await inForce(place)).toEqual([]);
    await approve(place, id, "credit");
    expect(await inForce(place)).toMatchObject([{ id }]);
    await withdraw(place, id);
    expect(await inForce(place)).toEqual([]);
    expect(await entriesOf(id)).toEqual([
      { action: "measure.propose", reason: null, authority: null },
      { action: "measure.approve", reason: null, authority: "court" },
      { action: "measure.approve", reason: null, authority: "credit" },
      { action: "measure.withdraw", reason: "测试", authority: null },
    ]);
  });

  test("of a regulation of its own carries it with all its words", async () => {
    const other = await newPlace();
    const id = await switchOn(other, localProposalOf());
    expect(await findMeasure(other.db, id)).toMatchObject({
      code: "LOCAL-XM-1",
      effect: "strict_review",
      edition: null,
      basicListItem: null,
      legalBasis: "测试市社会信用条例（测试1号）",
      article: "第三十条",
      regulation: { link: "https://example.invalid/1" },
    });
  });

  const stop = { code: "OP2016-07-01", purposes: ["travel.ticketing"] };
  test.each([
    ["of no edition", proposalOf({ code: "OP2016-99-01" }), "#/code not_allowed"],
    ["without a legal basis", proposalOf({ legalBasis: undefined }), "#/legalBasis required"],
    ["without an article", proposalOf({ article: " " }), "#/article too_short"],
    [
      "without its item of the national basic list",
      proposalOf({ basicList: { edition: "2024" } }),
      "#/basicList/item required",
    ],
    ["for a purpose that it does not serve", proposalOf({ purposes: ["office.lease"] }), "#/purposes/0 not_allowed"],
    ["that serves no purpose", proposalOf({ code: "OP2016-11-01" }), "#/purposes/0 not_allowed"],
    ["that ends before it begins", proposalOf({ validUntil: "2025-12-31" }), "#/validUntil out_of_range"],
    ["that stops people and names no desk", proposalOf(stop), "#/humanDesk required"],
    ["that stops nobody and names a desk", proposalOf({ humanDesk: "一号柜台" }), "#/humanDesk not_allowed"],
    ["that is local and names no regulation", { ...localProposalOf(), regulation: undefined }, "#/regulation required"],
    ["that is local under a national code", localProposalOf({ code: "OP2016-01-07" }), "#/code bad_form"],
    ["that is local without its effect", localProposalOf({ effect: undefined }), "#/effect required"],
  ])("%s is refused", async (_, json, fault) => {
    expect(await codeOf(propose(place, json))).toBe(`validation ${fault}`);
  });

  test("of an agency that nobody knows is refused", async () => {
    expect(await codeOf(propose({ ...place, agencyId: "019a0000-0000-7000-8000-000000000001" }))).toBe("not-found");
  });
});

describe("an approval", () => {
  const approveAs = (id: string, authority: "credit" | "court", person: string) =>
    place.db.transaction((tx) =>
      approveMeasure(
        tx,
        { auditName: "operator:test" },
        { id, authority, person, name: "测试", document: null, now: new Date() },
      ),
    );

  test("is not the proposer's, and not the other approver's", async () => {
    const id = await propose(place);
    expect(await codeOf(approveAs(id, "credit", "person:提出人"))).toBe("same-person");
    await approveAs(id, "credit", "person:甲");
    expect(await codeOf(approveAs(id, "court", "person:甲"))).toBe("same-person");
    expect(await codeOf(approveAs(id, "credit", "person:乙"))).toBe("conflict");
    await approveAs(id, "court", "person:乙");
    expect(await inForce(place)).toMatchObject([{ id }]);
    await withdraw(place, id);
  });

  test("of what is withdrawn is refused, and nothing is withdrawn twice", async () => {
    const id = await propose(place);
    const outcomes = await Promise.allSettled([withdraw(place, id), withdraw(place, id)]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled", "rejected"]));
    expect(await codeOf(approve(place, id, "court"))).toBe("conflict");
    expect(await codeOf(withdraw(place, id))).toBe("conflict");
    expect(await codeOf(withdraw(place, "019a0000-0000-7000-8000-000000000001"))).toBe("not-found");
    expect(await codeOf(approve(place, "019a0000-0000-7000-8000-000000000001", "court"))).toBe("not-found");
  });

  test("given twice at once is given once", async () => {
    const id = await propose(place);
    const outcomes = await Promise.allSettled(["甲", "乙"].map((name) => approveAs(id, "credit", `person:${name}`)));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["fulfilled", "rejected"]));
  });

  test("by both at once, of one person, does not switch on", async () => {
    const id = await propose(place);
    await Promise.allSettled((["credit", "court"] as const).map((authority) => approveAs(id, authority, "person:甲")));
    expect(await inForce(place)).toEqual([]);
  });

  test("does not switch a code on twice for an agency", async () => {
    const other = await newPlace();
    const first = await switchOn(other);
    const second = await propose(other);
    await approve(other, second, "credit");
    expect(await codeOf(approve(other, second, "court"))).toBe("conflict");
    await withdraw(other, first);
    await approve(other, second, "court");
    expect(await inForce(other)).toMatchObject([{ id: second }]);
  });
});

describe("an edition", () => {
  const edition = (name: string, over: object = {}) => ({ ...shippedEdition, edition: name, ...over });
  const take = (json: unknown) => place.db.transaction((tx) => importEdition(tx, "operator:test", json));
  const [measure] = shippedEdition.measures;
  const further = { ...measure, code: "NEW2027-1", purposes: ["procurement.supplier_qualification"] };

  test("is imported once, becomes the active one, and can be left again", async () => {
    expect(await codeOf(propose(place, proposalOf({ code: "NEW2027-1" })))).toContain("validation");
    await take(edition("2027", { measures: [...shippedEdition.measures, further] }));
    expect((await readActiveEdition(place.db)).edition).toBe("2027");
    const id = await propose(place, proposalOf({ code: "NEW2027-1" }));
    expect((await findMeasure(place.db, id))?.edition).toBe("2027");
    expect(await codeOf(take(edition("2027")))).toBe("conflict");
    expect(await codeOf(take(edition(shippedEdition.edition)))).toBe("conflict");
    const activate = (name: string) => place.db.transaction((tx) => activateEdition(tx, "operator:test", name, "测试"));
    await activate(shippedEdition.edition);
    expect((await readEditions(place.db)).map(({ name, active }) => [name, active])).toEqual([
      [shippedEdition.edition, true],
      ["2027", false],
    ]);
    expect(await codeOf(activate("1999"))).toBe("not-found");
    const entries =
      await connection.sql`select action from audit_entry where action like 'catalogue.%' order by at, id`;
    expect(entries.map(({ action }) => action as string)).toEqual(["catalogue.import", "catalogue.activate"]);
  });

  test("makes its codes known to whoever names measures, as local ones are", async () => {
    const known = ["LIM2015-1", "NEW2027-1", "LOCAL-XM-1"];
    expect(await findUnknownMeasure(place.db, known)).toBe(-1);
    expect(await findUnknownMeasure(place.db, [...known, "LOCAL-XM-2"])).toBe(3);
  });

  test.each([
    ["an unknown effect", { measures: [{ ...measure, effect: "punish" }] }, "#/measures/0/effect not_allowed"],
    ["an unknown purpose", { measures: [{ ...measure, purposes: ["x.y"] }] }, "#/measures/0/purposes/0 not_allowed"],
    ["an unknown list", { measures: [{ ...measure, lists: ["black"] }] }, "#/measures/0/lists/0 not_allowed"],
    ["an unknown role", { measures: [{ ...measure, roles: ["child"] }] }, "#/measures/0/roles/0 not_allowed"],
    [
      "an unknown kind of party",
      { measures: [{ ...measure, subjectKinds: ["dog"] }] },
      "#/measures/0/subjectKinds/0 not_allowed",
    ],
    ["a code twice", { measures: [measure, measure] }, "#/measures/1/code not_allowed"],
    ["a local code", { measures: [{ ...measure, code: "LOCAL-1" }] }, "#/measures/0/code bad_form"],
    [
      "an unknown instrument",
      { instruments: [{ id: "X", title: "X" }], measures: [measure] },
      "#/measures/0/instrument not_allowed",
    ],
    ["other purposes", { purposes: [] }, "#/purposes not_allowed"],
  ])("with %s is refused", async (_, over, fault) => {
    expect(await codeOf(take(edition("bad", over)))).toBe(`validation ${fault}`);
  });
});
