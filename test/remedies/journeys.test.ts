// The way off the list by objection, from the window to the end, over HTTP: what is answered, due and audited on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { uuidOf } from "../../src/platform/id.ts";
import { transferListing } from "../../src/registry/transfer.ts";
import { formOf, newCase } from "../registry/courthouse.ts";
import { HIGHER_COURT, type Office, openOffice, rejectionPaper } from "./registry-office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => office.setClock("2026-09-15T09:00:00+08:00"));

const actions = async (of: { id: string }) => (await office.audit(of as never)).map(({ action }) => action);

test("upheld: the listing is revoked, gone from the next check on, and on record for compensation", async () => {
  const matter = newCase();
  const { listing } = await office.publishBoth(matter);
  expect(await office.isUnderObjection(matter)).toEqual([false]);

  office.setClock("2026-09-18T10:00:00+08:00");
  const objection = await office.takeIn(listing);
  expect(objection).toMatchObject({ state: "under_review", court: "闽0203", receivedOn: "2026-09-18" });
  expect(await office.isUnderObjection(matter)).toEqual([true]);
  // Fifteen days end on 3 October, in the holiday: the last day is the first after it (CPL art. 85).
  expect(objection["clocks"]).toMatchObject([{ kind: "correction_review", dueOn: "2026-10-08", state: "running" }]);

  office.setClock("2026-09-30T16:00:00+08:00");
  const upholding = { reasons: "经查，被执行人不具有所列情形。", correction: { operation: "revoke" } };
  await office.step(office.secondJudge, objection, "uphold", upholding);
  expect(objection["clocks"]).toMatchObject([
    { kind: "correction_review", state: "stopped_in_time" },
    { kind: "correction_execution", startedOn: "2026-09-30", dueOn: "2026-10-10" },
  ]);
  expect(await office.isUnderObjection(matter)).toEqual([true]);

  await office.step(office.judge, objection, "correct", { reason: "纠正申请理由成立" });
  expect(objection).toMatchObject({
    state: "corrected",
    wrongfulListing: { publicFrom: "2026-09-15", basis: "法释〔2022〕3号第二条第十项" },
    clocks: [{ state: "stopped_in_time" }, { kind: "correction_execution", state: "stopped_in_time" }],
  });
  expect(await office.check(matter)).toMatchObject({ dishonest: "clear" });
  expect(await office.read(office.judge, listing.id)).toMatchObject({ body: { state: "ended" } });
  expect(await office.audit(objection as never)).toMatchObject([
    { action: "objection.take_in", actor: `staff:${office.clerk.actor.id}` },
    { action: "objection.uphold", actor: `staff:${office.secondJudge.actor.id}`, reason: upholding.reasons },
    { action: "objection.correct", actor: `staff:${office.judge.actor.id}`, reason: "纠正申请理由成立" },
  ]);
  expect((await actions(listing)).slice(-2)).toEqual(["listing.objection", "listing.exit"]);
});

test("upheld: what was recorded wrongly is rectified, the listing stays and the mark goes", async () => {
  const matter = newCase();
  const { listing } = await office.publishBoth(matter);
  const objection = await office.takeIn(listing, { ground: "inaccurate" });
  const correction = { operation: "rectify" };
  await office.step(office.secondJudge, objection, "uphold", { reasons: "履行情况记载有误。", correction });
  const empty = await office.tryStep(office.judge, objection, "correct", { reason: "更正" });
  expect(empty).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/corrections", code: "required" }] } });
  const corrections = { performance: "部分未履行", performedPart: "已履行4000元" };
  await office.step(office.judge, objection, "correct", { reason: "更正", corrections });
  expect(objection).toMatchObject({ state: "corrected", wrongfulListing: null });
  expect(await office.isUnderObjection(matter)).toEqual([false]);
  const { body } = await office.read(office.judge, listing.id);
  expect(JSON.stringify(body)).toContain("已履行4000元");
});

test("rejected, and left at that: the mark goes with the rejection, and the ten days end after the holiday", async () => {
  const matter = newCase();
  const { listing } = await office.publishBoth(matter);
  const objection = await office.takeIn(listing);
  office.setClock("2026-09-24T09:00:00+08:00");
  await office.rejected(objection);
  expect(objection).toMatchObject({ state: "rejected", served: { on: "2026-09-24", how: "in_person" } });
  expect(objection["review"]).toMatchObject({
    reasons: "经查，义务尚未履行。",
    paper: { sha256: rejectionPaper.sha256 },
  });
  // Ten days end on 4 October, in the holiday.
  expect(objection["clocks"]).toMatchObject([
    { kind: "correction_review", state: "stopped_in_time" },
    { kind: "reconsideration_filing", startedOn: "2026-09-24", dueOn: "2026-10-08", state: "running" },
  ]);
  expect(await office.isUnderObjection(matter)).toEqual([false]);
  office.setClock("2026-10-09T09:00:00+08:00");
  const late = { filedOn: "2026-10-09", receivedOn: "2026-10-09" };
  const refused = await office.tryStep(office.higherClerk, objection, "apply-for-reconsideration", late);
  expect(refused).toMatchObject({ status: 409, body: { code: "act-refused", refusal: { code: "filed-late" } } });
});

describe("reconsideration at the next higher court (art. 12)", () => {
  const applied = async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const objection = await office.takeIn(listing);
    office.setClock("2026-09-24T09:00:00+08:00");
    await office.rejected(objection);
    // Posted on the last day, at the court four days later: in time.
    office.setClock("2026-10-12T09:00:00+08:00");
    const given = { filedOn: "2026-10-08", receivedOn: "2026-10-12" };
    await office.step(office.higherClerk, objection, "apply-for-reconsideration", given);
    return { matter, listing, objection };
  };
  const paper = { number: "(2026)闽02执复90000001号", datedOn: "2026-10-20", sha256: "ef".repeat(32) };

  test("suspends nothing, is shown in every answer, and is due in fifteen days", async () => {
    const { matter, objection } = await applied();
    expect(objection).toMatchObject({
      state: "under_reconsideration",
      reconsideration: { court: HIGHER_COURT, filedOn: "2026-10-08", receivedOn: "2026-10-12", outcome: null },
    });
    expect(objection["clocks"]).toMatchObject([
      { kind: "correction_review" },
      { kind: "reconsideration_filing", state: "stopped_in_time" },
      { kind: "reconsideration_decision", court: HIGHER_COURT, startedOn: "2026-10-12", dueOn: "2026-10-27" },
    ]);
    expect(await office.check(matter)).toMatchObject({ dishonest: "listed" });
    expect(await office.isUnderObjection(matter)).toEqual([true]);
  });

  test("upheld: the enforcing court carries out what the higher one orders", async () => {
    const { matter, objection } = await applied();
    const decision = { reasons: "应予删除。", paper, correction: { operation: "revoke" } };
    await office.step(office.higherJudge, objection, "uphold-reconsideration", decision);
    expect(objection).toMatchObject({ state: "upheld", reconsideration: { outcome: "upheld" } });
    const byHigher = await office.tryStep(office.higherJudge, objection, "correct", { reason: "撤销" });
    expect(byHigher).toMatchObject({ status: 403, body: { code: "jurisdiction" } });
    await office.step(office.judge, objection, "correct", { reason: "依复议决定撤销" });
    expect(await office.check(matter)).toMatchObject({ dishonest: "clear" });
    expect(await actions(objection)).toEqual([
      "objection.take_in",
      "objection.reject",
      "objection.record_service",
      "objection.apply_for_reconsideration",
      "objection.uphold_reconsideration",
      "objection.correct",
    ]);
  });

  test("rejected: final, and the mark goes", async () => {
    const { matter, objection } = await applied();
    await office.step(office.higherJudge, objection, "reject-reconsideration", { reasons: "原决定并无不当。", paper });
    expect(objection).toMatchObject({ state: "finally_rejected", reconsideration: { outcome: "rejected" } });
    expect(await office.isUnderObjection(matter)).toEqual([false]);
    const again = { filedOn: "2026-10-12", receivedOn: "2026-10-12" };
    const refused = await office.tryStep(office.higherClerk, objection, "apply-for-reconsideration", again);
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: "wrong-state" } } });
  });

  test("is taken in and decided there alone", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const objection = await office.takeIn(listing);
    await office.rejected(objection);
    const today = office.today();
    const given = { filedOn: today, receivedOn: today };
    for (const [person, status] of [
      [office.clerk, 403],
      [office.elsewhere, 404],
    ] as const) {
      const refused = await office.tryStep(person, objection, "apply-for-reconsideration", given);
      expect(refused.status).toBe(status);
    }
  });
});

describe("the party's own notice that it has performed", () => {
  const notice = { kind: "performance_notice", ground: "deletable", statement: "已履行，申请删除。", channel: "post" };

  test("starts the time for deletion on the day it reached the court, and is no objection", async () => {
    const matter = newCase();
    const { listing, limit } = await office.publishBoth(matter);
    office.setClock("2026-09-30T09:00:00+08:00");
    const objection = await office.takeIn(listing, { ...notice, receivedOn: "2026-09-29" });
    expect(await office.isUnderObjection(matter)).toEqual([false]);
    expect(await office.clocks(listing)).toContainEqual({
      kind: "deletion",
      startedOn: "2026-09-29",
      dueOn: "2026-10-09",
      stopped: false,
    });
    const correction = { operation: "delete", ground: { code: "R1" } };
    await office.step(office.secondJudge, objection, "uphold", { reasons: "款项已到账。", correction });
    await office.step(office.judge, objection, "correct", { reason: "已履行完毕", reasonAroseOn: "2026-09-28" });
    expect(await office.check(matter)).toMatchObject({ dishonest: "clear" });
    expect(await office.clocks(listing)).not.toContainEqual(
      expect.objectContaining({ stopped: false, kind: "deletion" }),
    );
    expect(objection).toMatchObject({ state: "corrected", wrongfulListing: null });
    expect(limit.state).toBe("published");
  });

  test("does not delete a listing with a term: no time runs, and deletion is refused with its article", async () => {
    const matter = newCase();
    const term = { kind: "fixed", months: 24, extension: null };
    const { listing } = await office.publishBoth(matter, { listing: { grounds: ["G4"], term } });
    const objection = await office.takeIn(listing, notice);
    expect(await office.clocks(listing)).not.toContainEqual(expect.objectContaining({ kind: "deletion" }));
    const correction = { operation: "delete", ground: { code: "R1" } };
    await office.step(office.secondJudge, objection, "uphold", { reasons: "款项已到账。", correction });
    const refused = await office.tryStep(office.judge, objection, "correct", { reason: "已履行完毕" });
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: "term-fixed" } } });
    expect(await office.check(matter)).toMatchObject({ dishonest: "listed" });
  });

  test("turned down stops that time; no reconsideration follows", async () => {
    const matter = newCase();
    const { listing } = await office.publishBoth(matter);
    const objection = await office.takeIn(listing, notice);
    await office.rejected(objection);
    expect(await office.clocks(listing)).toContainEqual(expect.objectContaining({ kind: "deletion", stopped: true }));
    const today = office.today();
    const given = { filedOn: today, receivedOn: today };
    const refused = await office.tryStep(office.higherClerk, objection, "apply-for-reconsideration", given);
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: "no-reconsideration" } } });
  });
});

test("taken back: nothing runs any more, and the party may apply again", async () => {
  const matter = newCase();
  const { listing } = await office.publishBoth(matter);
  const objection = await office.takeIn(listing);
  const second = await office.tryTakeIn(office.clerk, listing);
  expect(second).toMatchObject({ status: 409, body: { refusal: { code: "already-running" } } });
  await office.step(office.clerk, objection, "withdraw", { reason: "申请人撤回" });
  expect(await office.isUnderObjection(matter)).toEqual([false]);
  expect(objection["clocks"]).toMatchObject([{ state: "stopped_in_time" }]);
  await office.takeIn(listing);
  expect(await office.isUnderObjection(matter)).toEqual([true]);
});

describe("on the limit", () => {
  const limited = async () => {
    const matter = newCase();
    const [limit] = await office.draft(formOf(matter, { listing: false }));
    if (!limit) throw new Error("the form did not give a draft");
    await office.publish(limit);
    return { matter, limit };
  };

  test("an objection is corrected alike: what should not be is revoked", async () => {
    const { matter, limit } = await limited();
    const objection = await office.takeIn(limit);
    expect(objection).toMatchObject({ list: "consumption_limit", state: "under_review" });
    const revoke = { operation: "revoke" };
    await office.step(office.secondJudge, objection, "uphold", { reasons: "不应限制。", correction: revoke });
    await office.step(office.judge, objection, "correct", { reason: "纠正申请理由成立" });
    expect(await office.check(matter)).toEqual({ dishonest: "clear", consumption_limit: "clear" });
    expect(objection["wrongfulListing"]).toMatchObject({ publicFrom: "2026-09-15" });
  });

  test("performance lifts, and nothing is deleted", async () => {
    const { matter, limit } = await limited();
    const notice = { kind: "performance_notice", ground: "deletable", statement: "已履行。" };
    const objection = await office.takeIn(limit, notice);
    const deletion = { operation: "delete", ground: { code: "R1" } };
    const refused = await office.tryStep(office.judge, objection, "uphold", {
      reasons: "已履行。",
      correction: deletion,
    });
    expect(refused).toMatchObject({ status: 409, body: { refusal: { code: "other-correction" } } });
    const lift = { operation: "lift", ground: "performed" };
    await office.step(office.judge, objection, "uphold", { reasons: "已履行。", correction: lift });
    await office.step(office.judge, objection, "correct", { reason: "已履行" });
    expect(await office.check(matter)).toEqual({ dishonest: "clear", consumption_limit: "clear" });
  });
});

test("a case that another court takes over takes its objection and its clocks along", async () => {
  const matter = newCase();
  const { listing } = await office.publishBoth(matter);
  const objection = await office.takeIn(listing);
  const taking = await office.staff("judge", { court: "闽0206" });
  await office.reread(listing);
  const target = { id: uuidOf("lst", listing.id) ?? "", version: listing.version, now: office.now() };
  const transfer = { court: "闽0206", reason: "指定执行" };
  await office.service.db.transaction((tx) => transferListing(tx, office.president.actor, target, transfer));
  const get = (person: { headers: Record<string, string> }) =>
    office.service.request.get(`/v1/objections/${objection.id}`).set(person.headers);
  expect((await get(office.judge)).status).toBe(404);
  expect((await get(taking)).body).toMatchObject({ court: "闽0206", clocks: [{ court: "闽0206" }] });
  await office.step(taking, objection, "uphold", { reasons: "理由成立。", correction: { operation: "revoke" } });
  await office.step(taking, objection, "correct", { reason: "纠正" });
  expect(await office.check(matter)).toMatchObject({ dishonest: "clear" });
});
