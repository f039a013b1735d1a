// From a listing to the last trace of what followed from it, with the webhook that an agency receives and verifies, and
// what the lists of the overdue and the courts show on the way.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile, rollbackLoad } from "../../src/feeds/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { addDays } from "../../src/platform/time.ts";
import { jsonLines, numberOf, publishedRow } from "../feeds/published-row.ts";
import { proposalOf } from "../agencies/switched-on.ts";
import { newCase } from "../registry/courthouse.ts";
import { type Agency, type City, openCity, partyOf, type Seen } from "./city.ts";

const PURPOSE = "procurement.supplier_qualification";
const NOBODY = { court: false, above: false, elsewhere: false, overall: false };
/** Those whose business it is; never another court. */
const ALL = { court: true, above: true, elsewhere: false, overall: true };
/** Past every due date here, and within the calendar of the year's end. */
const LONG_DAYS = 12;

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

/** An agency with a measure and a receiver. */
async function openBuyer(): Promise<{ agency: Agency; receiver: Awaited<ReturnType<Agency["receive"]>> }> {
  const agency = await city.openAgency("采购中心", PURPOSE);
  await agency.switchOn(proposalOf());
  return { agency, receiver: await agency.receive() };
}

/** Somebody listed, checked and sanctioned. */
async function impose(agency: Agency, caseReference = "XM-ZC-1") {
  const { matter, listing } = await city.list();
  const answer = await agency.check(partyOf(matter), caseReference);
  return { matter, listing, answer, ...(await agency.impose(answer, caseReference)) };
}

async function obligationOf(agency: Agency, sanction: string, state?: string): Promise<Seen | undefined> {
  const rows = await agency.rows(`/v1/lift-obligations?limit=200${state === undefined ? "" : `&state=${state}`}`);
  return rows.findLast((row) => row["sanction"] === sanction);
}

test("listed, checked, sanctioned, performed, removed, told, lifted: nothing is left open anywhere", async () => {
  const { agency, receiver } = await openBuyer();
  const { matter, listing } = await city.list();
  const answer = await agency.check(partyOf(matter), "XM-ZC-9");
  expect(answer).toMatchObject({
    outcome: "listed",
    action: "decide",
    matches: [{ listingId: listing.id, grade: "exact" }],
    measures: [{ code: "OP2016-01-07" }],
  });
  const [task] = await agency.tasks("XM-ZC-9");
  expect(task).toMatchObject({ state: "open", overdue: false, checks: 1, dueOn: answer["feedbackDueOn"] });

  const { kind: _, notice: served, ...decided } = agency.sanctioned(answer);
  const paper = await agency.send(`/v1/feedback-tasks/${task?.id}/notice`, { ...decided, number: served.number });
  expect([paper.status, paper.text.includes(matter.name), paper.text.includes(matter.number)]).toEqual([
    200,
    true,
    false,
  ]);
  const { sanction } = await agency.impose(answer, "XM-ZC-9");
  const ofCourt = () => city.rowsOf(`/v1/listings/${listing.id}/sanctions`, city.judge.headers);
  expect(await ofCourt()).toMatchObject([{ id: sanction, state: "active", measure: { code: "OP2016-01-07" } }]);
  expect(await city.seenBy(listing.id, "open")).toEqual({ obligation: NOBODY, removal: NOBODY });

  await city.perform(listing);
  const due = await receiver.told("lift.due", sanction);
  const ended = await receiver.told("listing.ended", listing.id);
  const bodies = receiver.received.map(({ body }) => body).join("");
  for (const secret of [matter.name, matter.number, "XM-ZC-9", "厦决"]) expect(bodies).not.toContain(secret);
  const owed = await obligationOf(agency, sanction, "open");
  expect(owed).toMatchObject({ overdue: false, listing: listing.id, court: "闽0203", notedOn: city.today() });
  expect(Object.values(due.data)).toContain(owed?.["id"]);
  expect(await city.seenBy(listing.id, "open")).toEqual({ obligation: ALL, removal: ALL });
  expect(await city.seenBy(listing.id, "overdue")).toEqual({ obligation: NOBODY, removal: NOBODY });

  const lifted = await agency.send(`/v1/lift-obligations/${String(owed?.["id"])}/lift`, agency.liftOf());
  expect([lifted.status, lifted.body["state"]]).toEqual([200, "lifted"]);
  expect((await agency.get(`/v1/sanctions/${sanction}`)).body).toMatchObject({ state: "lifted" });
  expect(await ofCourt()).toMatchObject([{ id: sanction, state: "lifted", liftedOn: city.today() }]);
  expect(await agency.rows(`/v1/notices?listing=${listing.id}`)).toMatchObject([
    { id: ended.data["notice"], state: "acknowledged", acknowledgedBy: "officer 0417" },
  ]);
  expect((await agency.tasks("XM-ZC-9"))[0]).toMatchObject({ state: "settled" });
  await city.later(LONG_DAYS, async () => {
    for (const state of ["open", "overdue"] as const)
      expect(await city.seenBy(listing.id, state)).toEqual({ obligation: NOBODY, removal: NOBODY });
  });
  expect(await agency.check(partyOf(matter), "XM-ZC-10")).toMatchObject({ outcome: "clear", action: "none" });
});

describe("a review", () => {
  /** The number is the listed one's, the name is not; the court is asked. */
  async function ask() {
    const { agency, receiver } = await openBuyer();
    const { matter, listing } = await city.list();
    const party = partyOf({ ...matter, name: "测试乙" });
    const answer = await agency.check(party, "XM-ZC-1");
    expect(answer).toMatchObject({ outcome: "review", action: "verify_identity", measures: [] });
    const [task] = await agency.tasks("XM-ZC-1");
    const early = await agency.report(String(task?.id), agency.sanctioned(answer, { measure: "OP2016-01-07" }));
    expect([early.status, early.body["code"]]).toEqual([409, "identity-not-confirmed"]);
    const question = { checkId: answer.id, listingId: listing.id, proofs: ["id_document"] };
    const { status, body } = await agency.send("/v1/identity-requests", question);
    expect(status).toBe(201);
    const path = `/v1/identity-requests/${String(body["id"])}`;
    const settle = async (finding: string) => {
      const seen = await city.service.request.get(path).set(city.judge.headers);
      const headers = { ...city.judge.headers, "If-Match": `"v${String(seen.body.version)}"` };
      const answered = await city.send(headers, `${path}/answer`, { finding, reasons: "经与执行卷宗核对" });
      expect(answered.status).toBe(200);
      await receiver.told("identity.settled", String(body["id"]));
    };
    return { agency, receiver, listing, party, settle, task: String(task?.id) };
  }

  test("that the court finds to be the listed one is sanctioned, and lifted, as any other", async () => {
    const { agency, receiver, listing, party, settle } = await ask();
    await settle("same");
    const again = await agency.check(party, "XM-ZC-1");
    expect(again).toMatchObject({ outcome: "listed", action: "decide" });
    const { sanction } = await agency.impose(again, "XM-ZC-1");
    await city.perform(await city.reread(listing));
    await receiver.told("lift.due", sanction);
    const owed = await obligationOf(agency, sanction, "open");
    const lifted = await agency.send(`/v1/lift-obligations/${String(owed?.["id"])}/lift`, agency.liftOf());
    expect(lifted.body).toMatchObject({ state: "lifted", overdue: false });
  });

  test("that is not the person ends there: no sanction, nothing owed, and clear from then on", async () => {
    const { agency, receiver, listing, party, settle, task } = await ask();
    await settle("different");
    const told = await agency.report(task, { kind: "not_the_person" });
    expect([told.status, told.body["state"]]).toEqual([201, "settled"]);
    expect(await agency.check(party, "XM-ZC-1")).toMatchObject({ outcome: "clear", action: "none", matches: [] });
    await city.perform(await city.reread(listing));
    await receiver.told("listing.ended", listing.id);
    expect(await agency.rows("/v1/lift-obligations")).toEqual([]);
    expect(await city.rowsOf(`/v1/listings/${listing.id}/sanctions`, city.judge.headers)).toEqual([]);
    await city.later(LONG_DAYS, async () => {
      expect((await city.seenBy(listing.id, "overdue")).obligation).toEqual(NOBODY);
    });
  });
});

test("a re-listing before the lift is told, takes the obligation off every list, and is owed again at its own end", async () => {
  const { agency, receiver } = await openBuyer();
  const { matter, listing, sanction } = await impose(agency);
  const watching = { purpose: PURPOSE, caseReference: "XM-ZC-1", expiresOn: addDays(city.today(), 200) };
  const watched = await agency.send("/v1/watches", { ...watching, subjects: [partyOf(matter)] });
  expect(watched.status).toBeLessThan(300);
  await city.perform(listing);
  await receiver.told("lift.due", sanction);
  expect((await city.seenBy(listing.id, "open")).obligation).toEqual(ALL);

  const { listing: newer } = await city.list({ ...newCase(), name: matter.name, number: matter.number });
  await receiver.told("lift.cancelled", sanction);
  await receiver.told("listing.listed", newer.id);
  expect(await obligationOf(agency, sanction)).toMatchObject({ state: "cancelled", cancelled: { listing: newer.id } });
  expect((await city.seenBy(listing.id, "open")).obligation).toEqual(NOBODY);
  await city.perform(newer);
  await receiver.told("lift.due", newer.id);
  expect((await city.seenBy(newer.id, "open")).obligation).toEqual(ALL);
});

test("the roll-back of a load ends what the load listed: told, owed, and on the court's list", async () => {
  const { agency, receiver } = await openBuyer();
  const folder = mkdtempSync(join(tmpdir(), "shixin-journey-"));
  const { databaseUrl: url, ring: keyRing } = city.service;
  try {
    const file = join(folder, "list.jsonl");
    writeFileSync(file, jsonLines([publishedRow(1)]));
    const loaded = await importFile({
      url,
      keyRing,
      actor: "operator:test",
      source: "national",
      mode: "delta",
      file,
      expected: 1,
      asOf: new Date(),
      gates: { shrink: 1e9, churn: 1e9, unknownCourts: 1 },
      rejectedTo: join(folder, "rejected.jsonl"),
    });
    const answer = await agency.check(partyOf({ name: "测试甲", number: numberOf(1) }), "XM-ZC-1");
    const { sanction } = await agency.impose(answer, "XM-ZC-1");
    const id = uuidOf("lod", loaded.id) ?? "";
    await rollbackLoad({ url, id, actor: "operator:second", reason: "文件有误" });
    const due = await receiver.told("lift.due", sanction);
    const listing = String(answer.matches[0]?.listingId);
    expect(Object.values(due.data)).toContain(listing);
    expect(await obligationOf(agency, sanction, "open")).toMatchObject({ listing });
    expect((await city.seenBy(listing, "open")).obligation).toEqual(ALL);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a dead webhook is disabled and loses nothing: the feed has it, the day passes, and a replay sends it again", async () => {
  const { agency, receiver } = await openBuyer();
  const { listing, sanction } = await impose(agency);
  receiver.answer(410);
  await city.perform(listing);
  const stateOf = async () => (await agency.get(`/v1/webhooks/${receiver.endpoint}`)).body;
  await expect.poll(stateOf, { timeout: 20_000 }).toMatchObject({ state: "disabled", disabledBy: "gone" });
  const typesOf = async () => new Set((await agency.rows("/v1/events?after=oldest")).map(({ type }) => type));
  const types = new Set(["lift.due", "listing.ended", "webhook.disabled"]);
  await expect.poll(typesOf, { timeout: 20_000 }).toEqual(types);
  await city.later(LONG_DAYS, async () => {
    expect(await obligationOf(agency, sanction, "overdue")).toMatchObject({ state: "open", overdue: true });
    expect(await city.seenBy(listing.id, "overdue")).toEqual({ obligation: ALL, removal: ALL });
  });

  receiver.answer(204);
  receiver.received.length = 0;
  const enabled = await agency.send(`/v1/webhooks/${receiver.endpoint}/enable`);
  expect(enabled.status).toBe(200);
  await receiver.told("lift.due", sanction);
  await receiver.told("listing.ended", listing.id);
  const first = await agency.get("/v1/events?after=oldest&limit=1");
  const idsOf = () => receiver.received.map(({ id }) => id);
  const before = idsOf();
  const replayed = await agency.send(`/v1/webhooks/${receiver.endpoint}/replay`, { after: first.body["resumeToken"] });
  expect(replayed.status).toBe(200);
  await receiver.until(before.length + 1);
  expect(before, "under the id that it had").toContain(idsOf().at(-1));
});

test("an agency that never acknowledges is overdue for its court, the one above and the authority, until the court acts", async () => {
  const { agency, receiver } = await openBuyer();
  const { listing, sanction } = await impose(agency);
  await city.perform(listing);
  await receiver.told("lift.due", sanction);
  await receiver.told("listing.ended", listing.id);
  expect(await city.seenBy(listing.id, "overdue")).toEqual({ obligation: NOBODY, removal: NOBODY });
  await city.later(LONG_DAYS, async () => {
    expect(await city.seenBy(listing.id, "overdue")).toEqual({ obligation: ALL, removal: ALL });
    expect(await agency.rows(`/v1/notices?state=overdue&listing=${listing.id}`)).toHaveLength(1);
    const owed = await obligationOf(agency, sanction, "overdue");
    const path = `/v1/lift-obligations/${String(owed?.["id"])}/close`;
    const body = { documentNumber: "(2026)闽0203执90000001号通知书", reason: "单位已撤销，无从解除" };
    expect(await city.send(city.judge.headers, path, body)).toMatchObject({ status: 200, body: { state: "closed" } });
    const left = await city.seenBy(listing.id, "overdue");
    expect(left, "what the court closes, the agency has not acknowledged").toEqual({
      obligation: NOBODY,
      removal: ALL,
    });
    const [notice] = await agency.rows(`/v1/notices?state=overdue&listing=${listing.id}`);
    await agency.send(`/v1/notices/${String(notice?.["id"])}/acknowledge`);
    expect((await city.seenBy(listing.id, "overdue")).removal).toEqual(NOBODY);
  });
});
