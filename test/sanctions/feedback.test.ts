// The life of a feedback task over HTTP: each kind of report with its audit entry, and each refusal.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exceptionWindow } from "../../src/registry/schema.ts";
import { newUuid, publicId, uuidOf } from "../../src/platform/id.ts";
import { insertSwitchedOn, withdraw } from "../agencies/switched-on.ts";
import { PURPOSE } from "../service.ts";
import {
  ADVISORY,
  type Answer,
  CONDITIONAL,
  CONDITIONS,
  type Desk,
  listOf,
  MEASURE,
  newParty,
  openDesk,
} from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const codeOf = ({ status, body }: Answer) => [status, body["code"]];
const idOf = (value: unknown) => String((value as { id: string } | null)?.id);

describe("a hit", () => {
  test("is a task until a sanction is reported, and then rests on what was answered", async () => {
    const { party, listing, answer, task } = await desk.hit();
    const open = await desk.read(task);
    expect(open.body).toMatchObject({
      id: task,
      state: "open",
      overdue: false,
      purpose: PURPOSE,
      caseReference: party.caseReference,
      checks: 1,
      lastCheck: answer.id,
      party: { name: party.name, document: { masked: expect.stringContaining("*") } },
      feedback: null,
      answer: { id: answer.id, action: "decide" },
      history: [],
      sanctions: [],
    });
    expect(open.text).not.toContain(party.number);

    const { status, body } = await desk.report(task, desk.sanctioned(answer.id));
    expect(status).toBe(201);
    const [sanction] = listOf(body, "sanctions");
    expect(body).toMatchObject({ state: "settled", feedback: { kind: "sanctioned", check: answer.id }, history: [{}] });
    expect(sanction).toMatchObject({
      task,
      check: answer.id,
      measure: { code: MEASURE, effect: "restrict", legalBasis: "中办国办2016年意见 第1类第7项" },
      decision: { number: "厦财决〔2026〕12号", datedOn: desk.today() },
      officer: "officer 0417",
      notice: { number: "厦财告〔2026〕12号", servedHow: "in_person" },
      duration: "while_listed",
      state: "active",
      listings: [{ listing: publicId("lst", listing), grade: "exact" }],
      lifted: null,
      version: 1,
    });
    const actor = expect.stringMatching(/^agency:agy_\w+\/\w+$/);
    const feedback = idOf(body["feedback"]);
    expect(await desk.audit(task)).toMatchObject([
      { action: "feedback.give", actor, detail: { feedback, kind: "sanctioned", operator: "officer 0417" } },
    ]);
    expect(await desk.audit(idOf(sanction))).toMatchObject([
      { action: "sanction.impose", actor, detail: { feedback, check: answer.id, measure: MEASURE } },
    ]);
  });

  test("is a task until it is reported that nothing was done, and why", async () => {
    const { answer, task } = await desk.hit();
    const report = {
      kind: "not_sanctioned",
      reason: "settled",
      note: "当事人已提供结清证明",
      operator: "officer 0417",
    };
    expect(codeOf(await desk.report(task, { ...report, reason: "mercy" }))).toEqual([422, "validation"]);
    const { status, body } = await desk.report(task, report);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: "settled",
      feedback: { kind: "not_sanctioned", reason: "settled", note: report.note, check: answer.id },
      sanctions: [],
    });
  });

  test("is a task until it is reported that it was somebody else", async () => {
    const { task } = await desk.hit();
    const { status, body } = await desk.report(task, { kind: "not_the_person", operator: "officer 0417" });
    expect([status, body["state"]]).toEqual([201, "settled"]);
    expect(body).toMatchObject({ feedback: { kind: "not_the_person", reason: null } });
  });

  test.each([
    ["once", {}, "completed", null],
    ["until", { endsOn: "2999-12-31" }, "active", "2999-12-31"],
    ["while_listed", {}, "active", null],
  ])("is sanctioned %s", async (duration, rest, state, endsOn) => {
    const { answer, task } = await desk.hit();
    const { body } = await desk.report(task, desk.sanctioned(answer.id, { duration, ...rest }));
    expect(listOf(body, "sanctions")).toMatchObject([{ duration, state, endsOn }]);
  });
});

describe("no sanction is recorded", () => {
  const noTrace = async (task: string) => {
    const { body } = await desk.read(task);
    expect(body).toMatchObject({ feedback: null, history: [], sanctions: [] });
    expect(await desk.audit(task)).toEqual([]);
  };

  test.each([
    ["of a measure that the answer did not offer", { measure: "OP2016-09-01" }, [409, "measure-not-offered"]],
    ["without the notice to the person", { notice: undefined }, [422, "notice-required"]],
    ["with conditions that nobody confirmed", { measure: CONDITIONAL }, [422, "conditions-not-confirmed"]],
    [
      "with some of the conditions confirmed",
      { measure: CONDITIONAL, confirmedConditions: CONDITIONS.slice(1) },
      [422, "conditions-not-confirmed"],
    ],
    ["with a proof of identity that is not needed", { identityProof: proofOf("id_history") }, [422, "validation"]],
    ["of a decision of tomorrow", { decision: { number: "一号", datedOn: "2999-01-01" } }, [422, "validation"]],
    [
      "of a decision older than the check",
      { decision: { number: "一号", datedOn: "2020-01-01" } },
      [422, "validation"],
    ],
    ["until a day that is not said", { duration: "until" }, [422, "validation"]],
    ["while listed, until a day", { endsOn: "2999-01-01" }, [422, "validation"]],
    ["until a day that has passed", { duration: "until", endsOn: "2020-01-01" }, [422, "validation"]],
    [
      "with a notice that is served tomorrow",
      { notice: { number: "一号", servedOn: "2999-01-01", servedHow: "post" } },
      [422, "validation"],
    ],
    ["with a notice and an exception from it", { noticeException: exceptionOf("confidential") }, [422, "validation"]],
    ["with somebody's number in its text", { officer: "110101190001010014" }, [422, "validation"]],
    ["that names the check of another matter", { check: publicId("chk", newUuid()) }, [422, "validation"]],
    [
      "that replaces a report of which there is none",
      { replaces: publicId("fbk", newUuid()) },
      [409, "feedback-given"],
    ],
    [
      "that ends sanctions of which there are none",
      { formerSanctions: { outcome: "carried_over" } },
      [422, "validation"],
    ],
  ])("%s", async (_, over, refusal) => {
    const { answer, task } = await desk.hit();
    const refused = await desk.report(task, desk.sanctioned(answer.id, over));
    expect(codeOf(refused)).toEqual(refusal);
    expect(refused.text).not.toContain("110101190001010014");
    await noTrace(task);
  });

  test("without notice, and the refusal names the article; a statute's exception or an effect that refuses nothing needs none", async () => {
    const { answer, task } = await desk.hit();
    const untold = desk.sanctioned(answer.id, { notice: undefined });
    const { body } = await desk.report(task, untold);
    expect(body["refusal"]).toEqual({ code: "notice-required", article: "个人信息保护法第三十五条" });
    const excepted = { ...untold, noticeException: exceptionOf("would_hinder") };
    const { status, body: told } = await desk.report(task, excepted);
    expect(status).toBe(201);
    expect(listOf(told, "sanctions")).toMatchObject([{ notice: null, noticeException: exceptionOf("would_hinder") }]);
    const other = await desk.hit();
    const advisory = desk.sanctioned(other.answer.id, { measure: ADVISORY, notice: undefined });
    expect((await desk.report(other.task, advisory)).status).toBe(201);
  });

  test("with all conditions confirmed it is", async () => {
    const { answer, task } = await desk.hit();
    const report = desk.sanctioned(answer.id, { measure: CONDITIONAL, confirmedConditions: CONDITIONS.toReversed() });
    const { status, body } = await desk.report(task, report);
    expect(status).toBe(201);
    expect(listOf(body, "sanctions")).toMatchObject([{ conditions: CONDITIONS }]);
  });

  test("on a listing that has ended meanwhile", async () => {
    const { listing, answer, task } = await desk.hit();
    await desk.endListing(listing);
    expect(codeOf(await desk.report(task, desk.sanctioned(answer.id)))).toEqual([409, "listing-ended"]);
    await noTrace(task);
    const { status } = await desk.report(task, {
      kind: "not_sanctioned",
      reason: "listing_ended",
      operator: "officer",
    });
    expect(status).toBe(201);
  });

  test("on a listing that names somebody else by now", async () => {
    const { listing, answer, task } = await desk.hit();
    await desk.service.sql`update listing set name = '测试乙', name_keys = '{测试乙}' where id = ${listing}`;
    expect(codeOf(await desk.report(task, desk.sanctioned(answer.id)))).toEqual([409, "identity-not-confirmed"]);
    await noTrace(task);
  });

  test("of a measure that was withdrawn meanwhile, or stands in another approval now", async () => {
    const { service } = desk;
    const code = "OP2016-02-01";
    const id = await insertSwitchedOn(service, { code });
    const { answer, task } = await desk.hit();
    await withdraw(service, id);
    const report = desk.sanctioned(answer.id, { measure: code });
    expect(codeOf(await desk.report(task, report))).toEqual([409, "measure-not-offered"]);
    await insertSwitchedOn(service, { code });
    expect(codeOf(await desk.report(task, report))).toEqual([409, "measure-not-offered"]);
    const { party } = await desk.hit();
    const again = await desk.check(party);
    expect((await desk.report(again.task, desk.sanctioned(again.answer.id, { measure: code }))).status).toBe(201);
  });

  test("of a measure that a court has excepted meanwhile", async () => {
    const { listing, answer, task } = await desk.hit();
    const [row] = await desk.service.sql`select subject_id as id from listing where id = ${listing}`;
    const days = { startsOn: desk.today(), endsOn: desk.today() };
    const window = {
      id: newUuid(),
      listingId: listing,
      subjectId: row?.["id"],
      measures: [MEASURE],
      openedBy: "acc_test",
    };
    await desk.service.db.insert(exceptionWindow).values({ ...window, ...days });
    expect(codeOf(await desk.report(task, desk.sanctioned(answer.id)))).toEqual([409, "measure-not-offered"]);
    await noTrace(task);
  });

  test("by another agency, for whom the task does not exist", async () => {
    const { answer, task } = await desk.hit();
    const { key } = await desk.service.addAgency("旁观单位", [PURPOSE]);
    expect(codeOf(await desk.report(task, desk.sanctioned(answer.id), key))).toEqual([404, "not-found"]);
    expect((await desk.service.get(`/v1/feedback-tasks/${task}`, key)).status).toBe(404);
  });
});

describe("a match that is not exact", () => {
  const review = () => desk.hit({ name: "测试乙" });

  test("is no ground until the officer has settled who it is", async () => {
    const { listing, answer, task } = await review();
    const report = desk.sanctioned(answer.id);
    expect(codeOf(await desk.report(task, report))).toEqual([409, "identity-not-confirmed"]);
    const { status, body } = await desk.report(task, { ...report, identityProof: proofOf("id_history") });
    expect(status).toBe(201);
    expect(listOf(body, "sanctions")).toMatchObject([
      {
        identityProof: proofOf("id_history"),
        listings: [{ listing: publicId("lst", listing), grade: "conflict" }],
        measure: { code: MEASURE },
      },
    ]);
  });

  test("is offered nothing that an exact one would not be", async () => {
    const { answer, task } = await review();
    const report = desk.sanctioned(answer.id, { measure: "OP2016-09-01", identityProof: proofOf("registry_extract") });
    expect(codeOf(await desk.report(task, report))).toEqual([409, "measure-not-offered"]);
    await insertSwitchedOn(desk.service, { code: "OP2016-09-02", roles: ["agent"] });
    const ofAgents = { ...report, measure: "OP2016-09-02" };
    expect(codeOf(await desk.report(task, ofAgents))).toEqual([409, "measure-not-offered"]);
  });

  test("is none by a proof where the number was masked: that is for the court", async () => {
    const party = newParty();
    const masked = `${party.number.slice(0, 10)}****${party.number.slice(-4)}`;
    await desk.publish(party, {
      party: { name: party.name, document: { masked } },
    });
    const { answer, task } = await desk.check(party);
    expect(answer).toMatchObject({ outcome: "review", matches: [{ grade: "probable" }] });
    const report = desk.sanctioned(answer.id, { identityProof: proofOf("id_history") });
    expect(codeOf(await desk.report(task, report))).toEqual([409, "identity-not-confirmed"]);
  });
});

test("an answer is acted on within its hours of use, and then asked for again", async () => {
  const { party, answer, task } = await desk.hit();
  desk.wait(25);
  try {
    const report = { ...desk.sanctioned(answer.id), decision: { number: "一号", datedOn: desk.today() } };
    expect(codeOf(await desk.report(task, report))).toEqual([409, "answer-expired"]);
    // PostgreSQL's clock did not move: the new check is as old as the first one to the service.
    const again = await desk.check(party);
    expect(uuidOf("chk", again.answer.id)).not.toBeNull();
    expect((await desk.read(task)).body).toMatchObject({ checks: 2, lastCheck: again.answer.id });
  } finally {
    desk.wait(-25);
  }
  expect((await desk.report(task, desk.sanctioned(answer.id))).status).toBe(201);
});

function proofOf(kind: "id_history" | "registry_extract") {
  return { kind, number: "思公户证〔2026〕3号" };
}

function exceptionOf(code: string) {
  return { code, article: "个人信息保护法第三十五条" };
}
