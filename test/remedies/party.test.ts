// What a party may do for itself: apply with and without the court's code, and see who asked about it.
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseDocument } from "../../src/identity/index.ts";
import { connectSql, type Transaction } from "../../src/platform/database.ts";
import { findClaimant } from "../../src/remedies/party-code.ts";
import { receiveApplication } from "../../src/remedies/public/application.ts";
import { PartyObjection } from "../../src/remedies/public/request.ts";
import { type Case, newCase, type Seen } from "../registry/courthouse.ts";
import { type Office, openOffice } from "./registry-office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => office.setClock("2026-09-15T09:00:00+08:00"));

const applying = (matter: Case, over: object = {}) => ({
  ...office.party(matter),
  ground: "not_listable",
  caseNumber: matter.caseNumber,
  statement: "债务早已清偿。",
  ...over,
});
const apply = (matter: Case, over: object = {}) => office.postPublic("objections", applying(matter, over));

async function codeFor(listing: Seen, person = office.clerk): Promise<string> {
  const { status, body } = await office.service.request
    .post("/v1/party-codes")
    .set(person.headers)
    .send({ listing: listing.id });
  if (status !== 201) throw new Error(`code: ${status} ${JSON.stringify(body)}`);
  return body.code as string;
}

/** The texts of the statements that `work` sends. */
async function statementsOf(work: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const sql = connectSql(office.service.databaseUrl, { name: "test" });
  const db = drizzle(sql, { logger: { logQuery: (query) => void sent.push(query) } });
  try {
    await db.transaction(work);
  } finally {
    await sql.end();
  }
  return sent;
}

describe("without the code", () => {
  test("a listed party, another number and an unknown case get the same answer, and nothing is looked up", async () => {
    const matter = newCase();
    await office.publishBoth(matter);
    const stranger = newCase();
    const answers = [await apply(matter), await apply(stranger), await apply({ ...matter, number: stranger.number })];
    const shapes = answers.map(({ status, body }) => ({
      status,
      ...body,
      receipt: String(body["receipt"]).slice(0, 4),
    }));
    expect(shapes[0]).toEqual({ status: 201, receipt: "obj_", state: "unverified", takenInOn: "2026-09-15" });
    expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
    expect(await office.isUnderObjection(matter)).toEqual([false]);
  });

  test("runs the same statements for a listed party and for nobody, and none that reads the register", async () => {
    const matter = newCase();
    await office.publishBoth(matter);
    const receive = (given: Case) =>
      statementsOf((tx) =>
        receiveApplication(tx, office.service.ring, PartyObjection.parse(applying(given)), office.now()),
      );
    const [listed, nobody] = [await receive(matter), await receive(newCase())];
    expect(listed).toEqual(nobody);
    expect(listed.map((text) => /^insert into "(\w+)"/.exec(text)?.[1])).toEqual(["objection", "audit_entry"]);
  });

  test("the court places it once identity is shown, and its time runs from that day", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const { body } = await apply(matter, { contact: "厦门市测试路1号" });
    const objection = { id: String(body["receipt"]), version: 1, state: "unverified" };
    const early = { listing: listing.id, receivedOn: "2026-09-14" };
    expect(await office.tryStep(office.clerk, objection, "verify", early)).toMatchObject({ status: 422 });
    office.setClock("2026-09-21T09:00:00+08:00");
    await office.step(office.clerk, objection, "verify", { listing: listing.id, receivedOn: "2026-09-21" });
    expect(objection).toMatchObject({
      state: "under_review",
      channel: "portal",
      takenInBy: null,
      application: { party: { name: matter.name, document: { type: "resident_id" } }, contact: "厦门市测试路1号" },
      clocks: [{ kind: "correction_review", startedOn: "2026-09-21", dueOn: "2026-10-08" }],
    });
    expect(JSON.stringify(objection)).not.toContain(matter.number);
    expect(await office.isUnderObjection(matter)).toEqual([true]);
  });

  test("the court closes what nobody came for, and refuses to place what runs already", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    await office.takeIn(listing);
    const objection = { id: String((await apply(matter)).body["receipt"]), version: 1, state: "unverified" };
    const placing = { listing: listing.id, receivedOn: "2026-09-15" };
    expect(await office.tryStep(office.clerk, objection, "verify", placing)).toMatchObject({
      status: 409,
      body: { refusal: { code: "already-running" } },
    });
    await office.step(office.judge, objection, "close", { reason: "未到场核实身份" });
    expect(objection).toMatchObject({ state: "closed", listing: null });
  });

  test("what cannot be placed is refused by its place, and nothing of it is repeated", async () => {
    const matter = newCase();
    const legacy = await apply(matter, { caseNumber: "（2013）思执字第90000001号" });
    expect(legacy).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/caseNumber" }] } });
    const unreadable = await apply({ ...matter, name: "测试\u0000甲" }, { code: "0000-0000-0000-0000" });
    expect(unreadable).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/name", code: "control_character" }] },
    });
    const wrong = await apply({ ...matter, number: "110101190001010015" });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/document/number" }] } });
    expect(JSON.stringify(wrong.body)).not.toContain("110101190001010015");
  });
});

describe("with the code that the court gave on paper", () => {
  test("the review begins at once, with the mark and the clock", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const code = await codeFor(listing);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    const { status, body } = await apply(matter, { code: code.toLowerCase().replaceAll("-", " ") });
    expect({ status, body }).toMatchObject({ status: 201, body: { state: "under_review" } });
    expect(await office.isUnderObjection(matter)).toEqual([true]);
    const audit = await office.audit({ id: String(body["receipt"]) } as never);
    expect(audit).toMatchObject([{ action: "objection.take_in", actor: "party" }]);
    expect(await office.audit(listing)).toContainEqual(expect.objectContaining({ action: "party_code.issue" }));
  });

  test("a notice of performance starts the time for deletion", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const notice = { kind: "performance_notice", ground: "deletable", statement: "已履行，申请删除。" };
    await apply(matter, { ...notice, code: await codeFor(listing) });
    expect(await office.clocks(listing)).toContainEqual(
      expect.objectContaining({ kind: "deletion", startedOn: "2026-09-15", stopped: false }),
    );
  });

  test("another number, another name, another's code and no code at all are told apart by nothing", async () => {
    const [mine, other] = [newCase(), newCase()];
    const { listing } = await office.publishBoth(mine);
    const { listing: theirs } = await office.publishBoth(other);
    const code = await codeFor(listing);
    const guesses = [
      apply({ ...mine, number: other.number }, { code }),
      apply({ ...mine, name: "测试乙" }, { code }),
      apply(mine, { code: await codeFor(theirs) }),
      apply(newCase(), { code }),
      apply(mine, { code: "0000-0000-0000-0000" }),
      apply(mine, { code: "" }),
    ];
    const answers = (await Promise.all(guesses)).map(({ status, body }) => {
      const { instance: _, requestId: __, ...rest } = body;
      return JSON.stringify({ status, ...rest });
    });
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"code":"party-not-verified"');
  });

  test("is looked for in one statement, the same whatever of the claim is wrong", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const code = await codeFor(listing);
    const find = (given: Case, typed: string) => {
      const parsed = parseDocument("resident_id", given.number);
      if (!parsed.ok) throw new Error("the test's own number is faulty");
      const claim = { name: given.name, document: parsed.document, code: typed };
      return statementsOf((tx) => findClaimant(tx, office.service.ring, claim));
    };
    const right = await find(matter, code);
    expect(right).toHaveLength(1);
    expect(await find(matter, "no code at all")).toEqual(right);
    expect(await find(newCase(), code)).toEqual(right);
  });

  test("a new code ends the one before it; only the court that enforces gives one", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const [first, second] = [await codeFor(listing), await codeFor(listing)];
    expect((await apply(matter, { code: first })).status).toBe(403);
    expect((await apply(matter, { code: second })).status).toBe(201);
    await expect(codeFor(listing, office.elsewhere)).rejects.toThrow("404");
    await expect(codeFor(listing, office.higherClerk)).rejects.toThrow("403");
  });
});

describe("where an application stands", () => {
  const look = ({ number }: Pick<Case, "number">, receipt: unknown) =>
    office.postPublic("objections/standing", { receipt, document: { type: "resident_id", number } });

  test("is told to whoever has the receipt and the number, from receipt to rejection", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const { receipt } = (await apply(matter)).body;
    const standing = {
      receipt,
      kind: "correction",
      list: "dishonest",
      caseNumber: matter.caseNumber,
      court: "闽0203",
      state: "unverified",
      takenInOn: "2026-09-15",
      receivedOn: null,
      dueOn: null,
      decidedOn: null,
      servedOn: null,
    };
    expect(await look(matter, receipt)).toMatchObject({ status: 200, body: standing });
    expect((await look(matter, receipt)).body).toEqual(standing);
    const objection = { id: String(receipt), version: 1, state: "unverified" };
    await office.step(office.clerk, objection, "verify", { listing: listing.id, receivedOn: "2026-09-15" });
    const underReview = { ...standing, state: "under_review", receivedOn: "2026-09-15", dueOn: "2026-09-30" };
    expect((await look(matter, receipt)).body).toEqual(underReview);
    await office.rejected(objection);
    const rejected = {
      ...underReview,
      state: "rejected",
      dueOn: null,
      decidedOn: "2026-09-15",
      servedOn: "2026-09-15",
    };
    expect((await look(matter, receipt)).body).toEqual(rejected);
  });

  test("is told of what staff took in, by a number that the register knows the party by", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const { id } = await office.takeIn(listing);
    expect(await look(matter, id)).toMatchObject({ status: 200, body: { state: "under_review" } });
  });

  test("of a notice of performance shows the time for deletion", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const notice = { kind: "performance_notice", ground: "deletable", statement: "已履行，申请删除。" };
    const { body } = await apply(matter, { ...notice, code: await codeFor(listing) });
    expect((await look(matter, body["receipt"])).body).toMatchObject({
      kind: "performance_notice",
      dueOn: "2026-09-18",
    });
  });

  test("another's number, another's receipt and no receipt at all are told apart by nothing", async () => {
    const [mine, other] = [newCase(), newCase()];
    const { receipt } = (await apply(mine)).body;
    const guesses = [look(other, receipt), look(mine, `obj_${"0".repeat(26)}`), look(mine, "none")];
    const answers = (await Promise.all(guesses)).map(({ status, body }) => {
      const { instance: _, requestId: __, ...rest } = body;
      return JSON.stringify({ status, ...rest });
    });
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"code":"party-not-verified"');
  });
});

describe("who asked about me", () => {
  const ask = (matter: Case, code: string, over: object = {}) =>
    office.postPublic("who-asked", { ...office.party(matter), code, ...over });

  test("names agency, instant, purpose and answer, newest first and page by page", async () => {
    const matter = newCase();
    await office.check(matter);
    const { listing } = await office.publishBoth(matter);
    await office.isUnderObjection(matter);
    await office.check(newCase());
    office.setClock(new Date(Date.now() + 60_000).toISOString());
    const code = await codeFor(listing);
    const { status, body } = await ask(matter, code);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: [
        { agency: "测试单位", purpose: { code: "procurement.supplier_qualification" }, outcome: "listed" },
        { agency: "测试单位", purpose: { code: "travel.ticketing" }, outcome: "clear" },
      ],
      hasMore: false,
      withheld: { checks: 0, until: null },
    });
    const first = await ask(matter, code, { limit: 1 });
    const second = await ask(matter, code, { limit: 1, cursor: first.body["nextCursor"] });
    expect([first.body["data"], second.body["data"]].flat()).toEqual(body["data"]);
    expect(JSON.stringify(body)).not.toContain("officer 0417");
  });

  test("counts what the law withholds, says until when, and shows it then", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const { key } = await office.service.addAgency("边检总站（演示）", ["exit.border_control"]);
    const checking = {
      purpose: "exit.border_control",
      caseReference: "BJ-1",
      operator: "officer 1",
      subject: office.party(matter),
    };
    expect((await office.service.post("/v1/checks", checking, key)).status).toBe(200);
    const at = (days: number) => office.setClock(new Date(Date.now() + days * 86_400_000).toISOString());
    const code = await codeFor(listing);
    at(29);
    const before = await ask(matter, code);
    expect(before.body).toMatchObject({ data: [], withheld: { checks: 1 } });
    const until = new Date((before.body["withheld"] as { until: string }).until).getTime();
    expect(Math.round((until - Date.now()) / 86_400_000)).toBe(30);
    at(31);
    expect((await ask(matter, code)).body).toMatchObject({
      data: [{ agency: "边检总站（演示）" }],
      withheld: { checks: 0, until: null },
    });
  });

  test("still answers after the removal, and answers nobody else", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const code = await codeFor(listing);
    const today = office.today();
    const exit = { operation: "delete", ground: { code: "R1" } };
    await office.act(office.judge, listing, "exit", {
      exit,
      reasonAroseOn: today,
      reachedCourtOn: today,
      reason: "已履行",
    });
    expect((await ask(matter, code)).status).toBe(200);
    expect(await ask(newCase(), code)).toMatchObject({ status: 403, body: { code: "party-not-verified" } });
  });
});
